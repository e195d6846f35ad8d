"""Meetings, their agendas, votes and conditions in the REST API, with the same confidentiality as in the pages."""

from typing import Any, Literal

from django.http import HttpRequest

from mainstay.authorisation.meetings import queries
from mainstay.authorisation.meetings.api_shapes import CONDITIONS, ITEMS, MEETINGS, VOTES
from mainstay.authorisation.meetings.operations.concluding import close_meeting, release_meeting
from mainstay.authorisation.meetings.operations.preparing import (
    edit_meeting,
    freeze_meeting,
    plan_meeting,
    set_agenda,
)
from mainstay.authorisation.meetings.operations.reminding import remind_within
from mainstay.authorisation.meetings.operations.session import (
    cast_vote,
    decide_item,
    meet_condition,
    open_meeting,
    set_condition,
)
from mainstay.authorisation.models import AgendaItem, Condition, Meeting, Vote
from mainstay.core.api.finding import found
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Reason, Sent, Told, Username, YesNo, text
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.governance.boards.api import BoardKey
from mainstay.governance.models import Board
from mainstay.portfolio.api.finding import named_person, named_project

routes = Routes("Meetings")
ONE = "/meetings/{meeting_id}"
ITEM = "/agenda-items/{item_id}"


class MeetingPlan(Sent):
    """A sitting of a board."""

    board: BoardKey
    title: text(160, least=1)
    held_on: Day
    place_or_link: text(200) = ""


class MeetingEdit(Changes):
    """Changes to a meeting; who is present is said while it sits, the minutes are written once it is closed."""

    title: text(160, least=1) = ""
    held_on: Day | None = None
    place_or_link: text(200) = ""
    minutes: text(100_000) = ""
    present: list[Username] = []
    reason: Reason = ""


class AgendaEntry(Sent):
    """One of: an item that stays, what waits for the board, or a question of its own."""

    item: Id | None = None
    scenario: Id | None = None
    gate_review: Id | None = None
    project: Code | None = None
    title: text(200) = ""


class AgendaSet(Sent):
    """The whole agenda in order."""

    items: list[AgendaEntry]


class MeetingOpen(Sent):
    """Who is present."""

    present: list[Username]


class VoteCast(Sent):
    """A vote with its reason."""

    choice: Literal["approve", "conditions", "defer", "reject", "abstain", "recused"]
    reason: text(5_000) = ""


class ItemDecide(Sent):
    """What the votes decide, with the reason of the board."""

    verdict: Literal["go", "conditional", "hold", "recycle", "stop"]
    reason: text(5_000, least=1)


class ConditionSet(Sent):
    """What must still be done, by whom and until when."""

    text: text(500, least=1)
    owner: Username
    due_date: Day
    blocks: YesNo = True
    project: Code | None = None


class Notices(Told):
    """How many notices were left."""

    count: int


class ConditionMeet(Sent):
    """By what one sees that it is met."""

    evidence: text(500, least=1)


def _meetings(request: HttpRequest, meeting_id: int | None = None) -> Any:
    rows = Meeting.objects.visible_to(request.user)
    return rows if meeting_id is None else rows.filter(pk=meeting_id)


def _keys(usernames: list[str]) -> list[int]:
    return list(Person.objects.filter(username__in=usernames).values_list("pk", flat=True))


@routes.reads("/meetings", "meetings", MEETINGS.Page, is_list=True)
def meetings(request: HttpRequest, query: MEETINGS.Asked) -> Any:
    """List the meetings of your boards, those you prepare, and those whose minutes are released."""
    return MEETINGS.page(request, _meetings(request), query)


@routes.reads(ONE, "meeting", MEETINGS.One, versioned=True)
def meeting(request: HttpRequest, meeting_id: Id) -> Any:
    """Read a meeting."""
    return MEETINGS.one(request, _meetings(request, meeting_id))


@routes.does(
    "POST", "/meetings", Verb.MEETING_PLAN, MEETINGS.One, status=201,
    example={"board": "investment", "title": "December sitting", "held_on": "2026-12-04"},
)  # fmt: skip
def plan(request: HttpRequest, body: MeetingPlan) -> Any:
    """Plan a meeting."""
    sent = body.model_dump()
    board = found(Board.objects.visible_to(request.user).filter(key=sent.pop("board")))
    made = plan_meeting(board, actor=request.user, **sent)
    row = MEETINGS.one(request, _meetings(request, made.pk)).body
    return Answer(row, location=f"/api/v1/meetings/{made.pk}")


@routes.does(
    "PATCH", ONE, Verb.MEETING_EDIT, MEETINGS.One, precondition="required", example={"place_or_link": "Hall"}
)
def edit(request: HttpRequest, meeting_id: Id, body: MeetingEdit) -> Any:
    """Change a meeting, say who is present while it sits, or write the minutes once it is closed."""
    sent, rows = body.sent_only(), _meetings(request, meeting_id)
    if "present" in sent:
        sent["present"] = _keys(sent["present"])
    edit_meeting(found(rows), actor=request.user, expected_version=request.expected_version, **sent)
    return MEETINGS.one(request, rows)


@routes.does(
    "PUT", f"{ONE}/agenda", Verb.AGENDA_SET, MEETINGS.One, precondition="required",
    example={"items": [{"title": "Any other business"}]},
)  # fmt: skip
def agenda(request: HttpRequest, meeting_id: Id, body: AgendaSet) -> Any:
    """Say what stands on the agenda, in order."""
    items, rows = [entry.model_dump() for entry in body.items], _meetings(request, meeting_id)
    set_agenda(found(rows), actor=request.user, items=items, expected_version=request.expected_version)
    return MEETINGS.one(request, rows)


@routes.does("POST", f"{ONE}/freeze", Verb.MEETING_FREEZE, MEETINGS.One, precondition="possible")
def freeze(request: HttpRequest, meeting_id: Id) -> Any:
    """Freeze the pre-read; its papers no longer change."""
    rows = _meetings(request, meeting_id)
    freeze_meeting(found(rows), actor=request.user, expected_version=request.expected_version)
    return MEETINGS.one(request, rows)


@routes.does("POST", f"{ONE}/open", Verb.MEETING_OPEN, MEETINGS.One, precondition="possible", example={"present": []})
def open_one(request: HttpRequest, meeting_id: Id, body: MeetingOpen) -> Any:
    """Open a meeting with who is present."""
    rows, version = _meetings(request, meeting_id), request.expected_version
    open_meeting(found(rows), actor=request.user, present=_keys(body.present), expected_version=version)
    return MEETINGS.one(request, rows)


@routes.does("POST", f"{ONE}/close", Verb.MEETING_CLOSE, MEETINGS.One, precondition="possible")
def close(request: HttpRequest, meeting_id: Id) -> Any:
    """Close a meeting; its minutes are drafted."""
    rows = _meetings(request, meeting_id)
    close_meeting(found(rows), actor=request.user, expected_version=request.expected_version)
    return MEETINGS.one(request, rows)


@routes.does("POST", f"{ONE}/release", Verb.MEETING_RELEASE, MEETINGS.One, precondition="possible")
def release(request: HttpRequest, meeting_id: Id) -> Any:
    """Release the minutes; what was decided takes effect, all of it or nothing."""
    rows = _meetings(request, meeting_id)
    release_meeting(found(rows), actor=request.user, expected_version=request.expected_version)
    return MEETINGS.one(request, rows)


@routes.reads("/agenda-items", "agendaitems", ITEMS.Page, is_list=True)
def items(request: HttpRequest, query: ITEMS.Asked) -> Any:
    """List agenda items with their papers and outcomes."""
    return ITEMS.page(request, AgendaItem.objects.visible_to(request.user), query)


@routes.reads("/votes", "votes", VOTES.Page, is_list=True)
def votes(request: HttpRequest, query: VOTES.Asked) -> Any:
    """List votes; before the minutes are released those of your own boards."""
    return VOTES.page(request, Vote.objects.visible_to(request.user), query)


@routes.does("POST", f"{ITEM}/votes", Verb.VOTE_CAST, VOTES.One, status=201, example={"choice": "approve"})
def vote(request: HttpRequest, item_id: Id, body: VoteCast) -> Any:
    """Vote on an item, or change the vote before it is decided."""
    made = cast_vote(queries.item_for(request.user, item_id), actor=request.user, **body.model_dump())
    return VOTES.one(request, Vote.objects.filter(pk=made.pk))


@routes.does(
    "POST", f"{ITEM}/verdict", Verb.ITEM_DECIDE, ITEMS.One, precondition="possible",
    example={"verdict": "go", "reason": "Worth it"},
)  # fmt: skip
def decide(request: HttpRequest, item_id: Id, body: ItemDecide) -> Any:
    """Put on record what the votes decide."""
    item, version = queries.item_for(request.user, item_id), request.expected_version
    decide_item(item, actor=request.user, expected_version=version, **body.model_dump())
    return ITEMS.one(request, AgendaItem.objects.filter(pk=item.pk))


@routes.reads("/conditions", "conditions", CONDITIONS.Page, is_list=True)
def conditions(request: HttpRequest, query: CONDITIONS.Asked) -> Any:
    """List conditions."""
    return CONDITIONS.page(request, Condition.objects.visible_to(request.user), query)


@routes.does(
    "POST", f"{ITEM}/conditions", Verb.CONDITION_SET, CONDITIONS.One, status=201,
    example={"text": "Pilot result", "owner": "jonas", "due_date": "2027-06-30"},
)  # fmt: skip
def set_one(request: HttpRequest, item_id: Id, body: ConditionSet) -> Any:
    """Write a condition of an item while the board sits."""
    sent, item = body.model_dump(), queries.item_for(request.user, item_id)
    sent["owner"] = named_person(request, "owner", sent["owner"])
    sent["project"] = named_project(request, "project", sent["project"]) if sent["project"] else None
    made = set_condition(item, actor=request.user, **sent)
    return CONDITIONS.one(request, Condition.objects.filter(pk=made.pk))


@routes.does(
    "POST", "/conditions/{condition_id}/meet", Verb.CONDITION_MEET, CONDITIONS.One, precondition="possible",
    example={"evidence": "Report of 12 June"},
)  # fmt: skip
def meet(request: HttpRequest, condition_id: Id, body: ConditionMeet) -> Any:
    """Say that a condition is met, with the evidence."""
    row, version = queries.condition_for(request.user, condition_id), request.expected_version
    meet_condition(row, actor=request.user, expected_version=version, evidence=body.evidence)
    return CONDITIONS.one(request, Condition.objects.filter(pk=row.pk))


@routes.does("POST", "/condition-reminders", Verb.CONDITIONS_REMIND, Notices)
def remind(request: HttpRequest) -> Any:
    """Remind the owners of conditions that are due within a week or overdue; each is told once a week."""
    return {"count": remind_within(request.user)}
