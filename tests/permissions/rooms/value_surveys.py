"""Surveys of customers in the permission table."""

from datetime import date
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.value.operations import record_survey
from tests.permissions.rows import Room, Row

_PROJECT, _ONE = {"code": "project"}, {"survey_id": "survey"}
_ASKED = {"question": "csat", "when": "after", "starts_on": "2026-01-01", "ends_on": "2026-01-31"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A survey in Networks and one where it is secret."""
    return _asked(world.pumps, "By letter"), _asked(world.heron, "zq7secret")


def _asked(project: Any, source: str) -> dict[str, Any]:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}
    made = record_survey(
        project, actor=MAINSTAY, question="csat", when="after", counts={"5": 3}, source=source, **days
    )
    return {"survey": made.pk}


ROOM = Room(
    pages={
        "project_surveys": Row(Verb.SEE_REGISTER, arguments=_PROJECT),
        "survey_new": Row(
            Verb.SURVEY_RECORD, Verb.SURVEY_RECORD, arguments=_PROJECT, sent=_ASKED | {"counts": "5: 3"}
        ),
        "survey_edit": Row(
            Verb.SURVEY_CORRECT,
            Verb.SURVEY_CORRECT,
            arguments=_ONE,
            sent=_ASKED | {"counts": "5: 4", "version": "1"},
        ),
        "survey_removal": Row(None, Verb.SURVEY_REMOVE, arguments=_ONE),
    },
    arguments=_ONE,
    sent={"survey.record": _ASKED | {"counts": {"5": 3}}, "survey.correct": {"source": "By telephone"}},
    reads={"see.survey": Verb.SEE_REGISTER},
    placed=frozenset({"survey"}),
    furnish=furnish,
)
