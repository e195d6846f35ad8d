"""What the pages of the committee room read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from mainstay.authorisation.meetings.papers import paper_of
from mainstay.authorisation.meetings.quorum import Quorum, counted
from mainstay.authorisation.meetings.voting import conflict_on, presides, quorum_of
from mainstay.authorisation.models import AgendaItem, Choice, Condition, Meeting, MeetingState, Vote
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.governance.boards.queries import seats_of

MOST_SHOWN = 500
SITS = frozenset({MeetingState.OPEN.value})
PREPARED = frozenset({MeetingState.PLANNED.value, MeetingState.FROZEN.value})


def meetings_for(user: Any) -> Any:
    """The meetings a person may see, the latest first."""
    rows = Meeting.objects.visible_to(user).select_related("board__portfolio")
    return rows.annotate(decided=Count("items", filter=~Q(items__verdict="")), item_count=Count("items"))


def meeting_for(user: Any, meeting_id: int) -> Meeting:
    """A meeting the person may see."""
    meeting = meetings_for(user).filter(pk=meeting_id).first()
    if meeting is None:
        raise Missing("There is no such meeting, or it is not open to you.")
    return meeting


def items_for(user: Any, meeting: Meeting) -> list[AgendaItem]:
    """The agenda of a meeting, as far as the person may see it."""
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    return list(rows.select_related("project", "scenario", "gate_review", "decision").order_by("position", "pk"))


def item_for(user: Any, item_id: int) -> AgendaItem:
    """An agenda item the person may see."""
    rows = AgendaItem.objects.visible_to(user).filter(pk=item_id)
    item = rows.select_related("meeting__board__portfolio", "project", "scenario", "gate_review__project").first()
    if item is None:
        raise Missing("There is no such agenda item, or it is not open to you.")
    return item


def votes_for(user: Any, item: AgendaItem) -> list[Vote]:
    """The votes on an item, as far as the person may see them."""
    return list(Vote.objects.visible_to(user).filter(item=item).select_related("person").order_by("person__name"))


def sits_on(user: Any, meeting: Meeting) -> bool:
    """Whether somebody sits on the board of a meeting."""
    return bool(meeting.board.seats.filter(person_id=user.pk, ends_on=None).exists())


def people_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Who sits on the board of a meeting, and who of them is present."""
    present = set(meeting.attendances.values_list("person", flat=True))
    seats = [seat for seat in seats_of(meeting.board) if seat.ends_on is None]
    return [{"seat": seat, "is_present": seat.person_id in present} for seat in seats]


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


def standing_of(item: AgendaItem, user: Any) -> Standing:
    """How an item stands: quorum, votes, and what the reader may do."""
    votes = votes_for(user, item)
    sits = item.meeting.state == MeetingState.OPEN and not item.verdict
    conflict = conflict_on(item, user)
    present = item.meeting.attendances.filter(person_id=user.pk, has_vote=True).exists()
    may = sits and present and access.may(user, Verb.VOTE_CAST, item.scope)
    return Standing(
        quorum_of(item),
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
