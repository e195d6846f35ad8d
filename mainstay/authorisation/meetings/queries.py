"""What the pages of the committee room read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from mainstay.authorisation.meetings.papers import paper_of
from mainstay.authorisation.meetings.quorum import Quorum, counted
from mainstay.authorisation.meetings.voting import conflict_on, presides, quorum_of
from mainstay.authorisation.models import AgendaItem, Attendance, Choice, Condition, Meeting, MeetingState, Vote
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.governance.boards.queries import seats_of

MOST_SHOWN = 500
SITS = frozenset({MeetingState.OPEN.value})
PREPARED = frozenset({MeetingState.PLANNED.value, MeetingState.FROZEN.value})


def meetings_for(user: Any, as_of: datetime | None = None) -> Any:
    """The meetings a person may see, the latest first."""
    rows = Meeting.objects.as_of(as_of).visible_to(user).select_related("board__portfolio")
    return rows.order_by("-held_on", "-row_id" if as_of else "-pk")


def with_counts(meetings: list[Any], as_of: datetime | None = None) -> list[Any]:
    """The same meetings, each with how many items stand on its agenda (`item_count`) and are `decided`."""
    rows = AgendaItem.objects.as_of(as_of).filter(meeting__in=[row.row_id for row in meetings]).order_by()
    counts = rows.values("meeting_id").annotate(of=Count("pk"), decided=Count("pk", filter=~Q(verdict="")))
    known = {one["meeting_id"]: (one["of"], one["decided"]) for one in counts}
    for row in meetings:
        row.item_count, row.decided = known.get(row.row_id, (0, 0))
    return meetings


def meeting_for(user: Any, meeting_id: int, as_of: datetime | None = None) -> Any:
    """A meeting the person may see, as known at a moment."""
    meeting = meetings_for(user, as_of).identified_by([meeting_id]).first()
    if meeting is None:
        raise Missing("There is no such meeting, or it is not open to you.")
    return meeting


def items_for(user: Any, meeting: Any, as_of: datetime | None = None) -> list[Any]:
    """The agenda of a meeting, as far as the person may see it."""
    rows = AgendaItem.objects.as_of(as_of).visible_to(user).filter(meeting=meeting.row_id)
    rows = rows.select_related("project", "scenario", "gate_review", "decision")
    return list(rows.order_by("position", "row_id" if as_of else "pk"))


def item_for(user: Any, item_id: int, as_of: datetime | None = None) -> Any:
    """An agenda item the person may see, as known at a moment."""
    rows = AgendaItem.objects.as_of(as_of).visible_to(user).identified_by([item_id])
    item = rows.select_related("meeting__board__portfolio", "project", "scenario", "gate_review__project").first()
    if item is None:
        raise Missing("There is no such agenda item, or it is not open to you.")
    return item


def votes_for(user: Any, item: Any, as_of: datetime | None = None) -> list[Any]:
    """The votes on an item, as far as the person may see them."""
    rows = Vote.objects.as_of(as_of).visible_to(user).filter(item=item.row_id)
    return list(rows.select_related("person").order_by("person__name"))


def sits_on(user: Any, meeting: Meeting) -> bool:
    """Whether somebody sits on the board of a meeting."""
    return bool(meeting.board.seats.filter(person_id=user.pk, ends_on=None).exists())


def people_of(meeting: Any, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """Who sat on the board of a meeting, and who of them was present once it had begun."""
    rows = Attendance.objects.filter(meeting=meeting.row_id) if meeting.state not in PREPARED else []
    present = {row.person_id for row in rows}
    seats = [seat for seat in seats_of(meeting.board, as_of) if seat.ends_on is None]
    return [{"seat": seat, "is_present": seat.person_id in present} for seat in seats]


def attendance_of(meeting: Any, people: list[dict[str, Any]]) -> Quorum:
    """How many of the people of a board are present, whatever the item."""
    voters = [one["is_present"] for one in people if one["seat"].has_vote]
    return Quorum(len(voters), sum(voters), sum(voters), meeting.board.quorum)


@dataclass(frozen=True)
class Standing:
    """How an item stands for one reader."""

    quorum: Quorum
    votes: list[Vote]
    own: Vote | None
    conflict: str
    may_vote: bool
    may_decide: bool

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often each choice was made, in words."""
        found = counted(vote.choice for vote in self.votes)
        return [(Choice(choice).label, count) for choice, count in found.items() if count]


def standing_of(item: Any, user: Any, as_of: datetime | None = None) -> Standing:
    """How an item stands: quorum, votes, and what the reader may do; nothing can be done in the past."""
    votes = votes_for(user, item, as_of)
    sits = as_of is None and item.meeting.state == MeetingState.OPEN and not item.verdict
    conflict = conflict_on(item, user)
    present = item.meeting.attendances.filter(person_id=user.pk, has_vote=True).exists()
    may = sits and present and access.may(user, Verb.VOTE_CAST, item.scope)
    return Standing(
        quorum_of(item, as_of),
        votes,
        next((vote for vote in votes if vote.person_id == user.pk), None),
        conflict,
        may and not conflict,
        sits and access.may(user, Verb.ITEM_DECIDE, item.scope) and presides(item, user),
    )


def changed_since(item: AgendaItem) -> list[str]:
    """Which parts of a frozen paper would read differently today."""
    if not item.paper or item.verdict:
        return []
    then = {part["key"]: part for part in item.paper["parts"]}
    now = {part["key"]: part for part in paper_of(item)["parts"]}
    names = {key: part["title"] for key, part in (now | then).items()}
    return [names[key] for key in names if then.get(key) != now.get(key)]


def conditions_for(user: Any) -> Any:
    """The conditions a person may see or owns, those not met first."""
    own = Condition.objects.in_force().filter(owner_id=user.pk).values("pk")
    rows = Condition.objects.filter(Q(pk__in=Condition.objects.visible_to(user).values("pk")) | Q(pk__in=own))
    return rows.select_related("project", "owner", "item__meeting").order_by("met_at", "due_date", "pk")


def condition_for(user: Any, condition_id: int) -> Condition:
    """A condition the person may see or owns."""
    row = conditions_for(user).filter(pk=condition_id).first()
    if row is None:
        raise Missing("There is no such condition, or it is not open to you.")
    return row
