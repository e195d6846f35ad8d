"""Scenarios in the permission table; the room of decisions furnishes the scenario itself."""

from mainstay.core.verbs import Verb
from tests.permissions.rows import SIGNED_IN, Room, Row

_ONE = {"scenario_id": "adoptable"}
_LINE = _ONE | {"code": "project"}
_FIGURES = (Verb.SEE_FIGURES,)
_VERSION = {"version": "1"}
ROOM = Room(
    pages={
        "scenarios": Row(SIGNED_IN),
        "scenario_new": Row(Verb.SCENARIO_CREATE, Verb.SCENARIO_CREATE, place="somewhere", query="portfolio=NET"),
        "scenario": Row(_FIGURES, arguments=_ONE),
        "scenario_edit": Row(Verb.SCENARIO_EDIT, Verb.SCENARIO_EDIT, arguments=_ONE, sent=_VERSION),
        "scenario_copy": Row(Verb.SCENARIO_COPY, Verb.SCENARIO_COPY, arguments=_ONE, sent={"name": "A copy"}),
        "scenario_arranging": Row(
            None, Verb.SCENARIO_ARRANGE, arguments=_ONE, sent={"version": "1", "toggle": "PUMPS"}
        ),
        "scenario_line": Row(_FIGURES, Verb.SCENARIO_ARRANGE, arguments=_LINE, sent=_VERSION),
        "scenario_solution": Row(None, Verb.SCENARIO_SOLVE, arguments=_ONE),
        "scenario_step": Row(None, Verb.SCENARIO_FREEZE, arguments=_ONE, sent={"version": "1", "step": "freeze"}),
        "scenario_sharing": Row(Verb.SCENARIO_SHARE, Verb.SCENARIO_SHARE, arguments=_ONE, sent=_VERSION),
        "scenario_moves": Row(None, Verb.SCENARIO_ARRANGE, arguments=_ONE, sent=_VERSION),
    },
    sent={
        "scenario.create": {
            "portfolio": "NET", "name": "Another", "starts_on": "2027-01-01", "maximise": "benefit",
        },
        "scenario.edit": {"description": "Said anew"},
        "scenario.copy": {"name": "A copy of it"},
        "scenario.arrange": {"lines": []},
        "scenario.solve": {"seconds": 1},
        "scenario.share": {"is_open": True},
    },
    reads={
        "see.scenarios": SIGNED_IN,
        "see.scenario": Verb.SEE_FIGURES,
        "see.scenario.totals": Verb.SEE_FIGURES,
    },
)  # fmt: skip
