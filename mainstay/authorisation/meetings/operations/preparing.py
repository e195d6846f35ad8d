"""Planning a meeting, its agenda, and freezing the pre-read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.meetings.agenda import subject_of
from mainstay.authorisation.meetings.papers import fingerprint, paper_of
from mainstay.authorisation.models import AgendaItem, Attendance, Meeting, MeetingState
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"title", "held_on", "place_or_link", "minutes"})
MOST_ITEMS = 60
CHANGEABLE = {
    MeetingState.PLANNED: FIELDS - {"minutes"},
    MeetingState.FROZEN: frozenset({"held_on", "place_or_link"}),
    MeetingState.OPEN: frozenset({"place_or_link"}),
    MeetingState.CLOSED: frozenset({"minutes"}),
    MeetingState.RELEASED: frozenset(),
}


@operation(Verb.MEETING_PLAN)
def plan_meeting(
    board: Board, *, actor: Actor, title: str, held_on: date, place_or_link: str = "", reason: str = ""
) -> Meeting:
    """Plan a sitting of a board."""
    if not board.is_active:
        raise Impossible(f"{board.name} is out of use; it no longer meets.")
    meeting = Meeting(board=board, title=title.strip(), held_on=held_on, place_or_link=place_or_link)
    return history.create(meeting)


@operation(Verb.MEETING_EDIT)
def edit_meeting(
    meeting: Meeting,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    present: Sequence[int] | None = None,
    **changes: Any,
) -> Meeting:
    """Change a meeting as far as it has not come too far; then who is present, then the minutes."""
    allowed = CHANGEABLE[MeetingState(meeting.state)]
    if late := sorted(changes.keys() & FIELDS - allowed):
        raise Impossible(f"{meeting.title} is {_state(meeting)}; {', '.join(late)} can no longer be changed.")
    if present is not None:
        if meeting.state != MeetingState.OPEN:
            raise Impossible("Who is present is noted while the meeting sits.")
        attend(meeting, present)
    change(meeting, FIELDS, changes)
    return history.save_whole(meeting)


@operation(Verb.AGENDA_SET)
def set_agenda(
    meeting: Meeting,
    *,
    actor: Actor,
    items: Sequence[dict[str, Any]],
    expected_version: int | None = None,
    reason: str = "",
) -> Meeting:
    """Say what stands on the agenda, in order: items that stay, and what comes on from the queue or as a question."""
    if meeting.state != MeetingState.PLANNED:
        raise Impossible(f"{meeting.title} is {_state(meeting)}; its agenda stands.")
    if len(items) > MOST_ITEMS:
        raise ValidationError({"items": f"At most {MOST_ITEMS} items stand on an agenda."})
    known = {item.pk: item for item in meeting.items.all()}
    kept = set()
    for position, wanted in enumerate(items, 1):
        item = known.get(wanted.get("item") or 0) or AgendaItem(meeting=meeting, **subject_of(meeting, wanted, actor))
        item.position = position
        kept.add((history.save if item.pk else history.create)(item).pk)
    for pk in known.keys() - kept:
        history.remove(known[pk])
    return history.save_whole(meeting)


@operation(Verb.MEETING_FREEZE)
def freeze_meeting(
    meeting: Meeting, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Meeting:
    """Freeze the pre-read: from now on every paper stays as it is, with its fingerprint."""
    if meeting.state != MeetingState.PLANNED:
        raise Impossible(f"{meeting.title} is {_state(meeting)}; its pre-read is frozen once.")
    items = list(meeting.items.select_related("project", "scenario", "gate_review"))
    if not items:
        raise Impossible("Nothing stands on the agenda; there is no pre-read to freeze.")
    for item in items:
        item.paper = paper_of(item)
        item.paper_sha256 = fingerprint(item.paper)
        history.save(item)
    meeting.state, meeting.frozen_at = MeetingState.FROZEN, surrounding().now()
    return history.save(meeting)


def attend(meeting: Meeting, present: Sequence[int]) -> None:
    """Note who is present: people with a seat on the board."""
    seats = {seat.person_id: seat for seat in meeting.board.seats.filter(ends_on=None)}
    if strangers := set(present) - seats.keys():
        raise ValidationError({"present": f"{len(strangers)} of them hold no seat on {meeting.board.name}."})
    known = {row.person_id: row for row in meeting.attendances.all()}
    for person_id in known.keys() - set(present):
        history.remove(known[person_id])
    new = set(present) - known.keys()
    history.create_many(
        [Attendance(meeting=meeting, person_id=pk, has_vote=seats[pk].has_vote) for pk in sorted(new)]
    )


def _state(meeting: Meeting) -> str:
    return meeting.get_state_display().lower()
