"""The committee room in the permission table: before the release nothing is seen outside the board."""

from datetime import date
from typing import Any

from mainstay.authorisation.meetings.operations.preparing import freeze_meeting, plan_meeting, set_agenda
from mainstay.authorisation.meetings.operations.session import cast_vote, open_meeting, set_condition
from mainstay.authorisation.models import GateReview
from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.models import Board
from tests.permissions.rows import SIGNED_IN, Room, Row

# Those who prepare meetings of the board, and those with a seat on it.
_ROOM = (Verb.MEETING_PLAN, Verb.VOTE_CAST)
_MEETING = {"meeting_id": "meeting"}
_ITEM = {"item_id": "agenda_item"}
_SENT = {"title": "Sitting", "held_on": "2026-12-05", "board": "network"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A meeting that sits, inside and in the confidential part, with a vote that nobody outside may read."""
    inside = _sitting("network", "Sitting of Networks", world.meters, "board_member", "zq8vote")
    outside = _sitting("zq7board", "zq7secret sitting", world.heron, "dora", "")
    return inside, outside


def _sitting(board_key: str, title: str, project: Any, voter: str, mark: str) -> dict[str, Any]:
    board = Board.objects.get(key=board_key)
    meeting = plan_meeting(board, actor=MAINSTAY, title=title, held_on=date(2026, 12, 4))
    set_agenda(meeting, actor=MAINSTAY, items=[{"title": f"Question: {title}"}])
    freeze_meeting(meeting, actor=MAINSTAY)
    seats = [seat.person_id for seat in board.seats.all()]
    open_meeting(meeting, actor=MAINSTAY, present=seats)
    item = meeting.items.get()
    if mark:
        cast_vote(item, actor=Person.objects.get(username=voter), choice="reject", reason=mark)
    review = GateReview.objects.get(project=project)
    terms = {"owner": Person.objects.get(username="dora"), "due_date": date(2027, 6, 30)}
    condition = set_condition(review, actor=MAINSTAY, text=f"Condition: {title}", **terms)
    return {"meeting": meeting.pk, "agenda_item": item.pk, "condition": condition.pk}


ROOM = Room(
    pages={
        "meetings": Row(SIGNED_IN),
        "meeting_new": Row(Verb.MEETING_PLAN, Verb.MEETING_PLAN, place="somewhere", sent=_SENT),
        "meeting": Row(_ROOM, arguments=_MEETING),
        "meeting_edit": Row(Verb.MEETING_EDIT, Verb.MEETING_EDIT, arguments=_MEETING, sent=_SENT),
        "meeting_minutes": Row(_ROOM, Verb.MEETING_EDIT, arguments=_MEETING, sent={"minutes": "As agreed"}),
        "meeting_pack": Row(_ROOM, arguments=_MEETING),
        "meeting_agenda": Row(Verb.AGENDA_SET, Verb.AGENDA_SET, arguments=_MEETING, sent={"title": "More"}),
        "meeting_freezing": Row(None, Verb.MEETING_FREEZE, arguments=_MEETING),
        "meeting_opening": Row(None, Verb.MEETING_OPEN, arguments=_MEETING),
        "meeting_attendance": Row(None, Verb.MEETING_EDIT, arguments=_MEETING),
        "meeting_closing": Row(None, Verb.MEETING_CLOSE, arguments=_MEETING),
        "meeting_release": Row(None, Verb.MEETING_RELEASE, arguments=_MEETING),
        "agenda_item": Row(_ROOM, arguments=_ITEM),
        "item_vote": Row(None, Verb.VOTE_CAST, arguments=_ITEM, sent={"choice": "approve"}),
        "item_verdict": Row(None, Verb.ITEM_DECIDE, arguments=_ITEM, sent={"verdict": "hold", "reason": "Later"}),
        "item_condition": Row(None, Verb.CONDITION_SET, arguments=_ITEM, sent={"text": "More"}),
        "conditions": Row(SIGNED_IN),
        "condition_reminders": Row(None, Verb.CONDITIONS_REMIND, place="somewhere"),
        "condition_meet": Row(
            None, Verb.PROJECT_EDIT, arguments={"condition_id": "condition"}, sent={"evidence": "Seen"}
        ),
    },
    arguments={"meeting_id": "meeting", "item_id": "agenda_item", "condition_id": "condition"},
    sent={
        "meeting.plan": _SENT,
        "meeting.edit": {"place_or_link": "Hall"},
        "agenda.set": {"items": [{"title": "More"}]},
        "meeting.open": {"present": []},
        "vote.cast": {"choice": "approve"},
        "item.decide": {"verdict": "hold", "reason": "Later"},
        "condition.set": {"text": "Pilot", "owner": "dora", "due_date": "2027-06-30"},
        "condition.meet": {"evidence": "Seen"},
    },
    reads={"see.meeting": _ROOM},
    otherwise={"condition.meet": Verb.PROJECT_EDIT},
    guarded={Verb.VOTE_CAST: ("zq8vote",)},
    placed=frozenset({"meeting", "agenda_item", "condition"}),
    furnish=furnish,
)
