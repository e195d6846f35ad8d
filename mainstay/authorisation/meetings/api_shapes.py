"""What the REST API tells of meetings, agenda items, votes and conditions."""

from typing import Any

from mainstay.authorisation.models import Choice, MeetingState, Verdict
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource

ID = number("id", "The row's number.", lookup="pk", example=1)
MEETINGS = Resource(
    "Meeting",
    (
        ID,
        Field("board", Kind.TEXT, "The key of the board.", "board__key", example="investment"),
        Field("title", Kind.TEXT, "What it is called.", example="December sitting"),
        Field("held_on", Kind.DAY, "The day.", example="2026-12-04"),
        Field("place_or_link", Kind.TEXT, "Where."),
        Field("state", Kind.CHOICE, "How far it has come.", choices=tuple(MeetingState.values), example="planned"),
        Field("frozen_at", Kind.MOMENT, "When the pre-read was frozen.", may_be_missing=True),
        Field("closed_at", Kind.MOMENT, "When it was closed.", may_be_missing=True),
        Field("minutes", Kind.TEXT, "The minutes."),
        VERSION,
    ),
    key="id",
    order=("-held_on", "-id"),
)
ITEMS = Resource(
    "AgendaItem",
    (
        ID,
        number("meeting", "The number of its meeting.", lookup="meeting_id", example=1),
        Field("position", Kind.WHOLE, "Its place on the agenda.", example=1),
        Field("title", Kind.TEXT, "What it is called."),
        Field("scenario", Kind.WHOLE, "The scenario it is about.", "scenario_id", may_be_missing=True),
        Field("project", Kind.TEXT, "The code of the project it is about.", "project__code", may_be_missing=True),
        Field("gate_review", Kind.WHOLE, "The gate review it is about.", "gate_review_id", may_be_missing=True),
        Field("paper", Kind.DATA, "The paper as frozen.", schema=dict[str, Any]),
        Field("paper_sha256", Kind.TEXT, "The fingerprint of the paper."),
        Field("verdict", Kind.CHOICE, "What was decided.", choices=("", *Verdict.values), example=""),
        Field("reason", Kind.TEXT, "Why."),
        Field("decided_at", Kind.MOMENT, "When it was decided.", may_be_missing=True),
        Field("decision", Kind.WHOLE, "The decision on record.", "decision_id", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("meeting", "position", "id"),
)
VOTES = Resource(
    "Vote",
    (
        ID,
        number("item", "The number of the agenda item.", lookup="item_id", example=1),
        Field("person", Kind.TEXT, "Who voted, by sign-in name.", "person__username", example="helen"),
        Field("choice", Kind.CHOICE, "How.", choices=tuple(Choice.values), example="approve"),
        Field("reason", Kind.TEXT, "Why."),
        Field("cast_at", Kind.MOMENT, "When."),
        VERSION,
    ),
    key="id",
    order=("item", "id"),
)
CONDITIONS = Resource(
    "Condition",
    (
        ID,
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("item", Kind.WHOLE, "The agenda item it belongs to.", "item_id", may_be_missing=True),
        Field("gate_review", Kind.WHOLE, "The gate review it belongs to.", "gate_review_id", may_be_missing=True),
        Field("text", Kind.TEXT, "What must be done."),
        Field("owner", Kind.TEXT, "By whom, by sign-in name.", "owner__username", example="jonas"),
        Field("due_date", Kind.DAY, "Until when.", example="2027-06-30"),
        Field("blocks", Kind.YES_NO, "Whether it blocks the next stage until met.", example=True),
        Field("met_at", Kind.MOMENT, "When it was met.", may_be_missing=True),
        Field("evidence", Kind.TEXT, "By what one sees it."),
        Field("external_key", Kind.TEXT, "The key in the source."),
        VERSION,
    ),
    key="id",
    order=("due_date", "id"),
)
