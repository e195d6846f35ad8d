"""Comparing and merging scenarios in the permission table; the room of decisions furnishes the scenario itself."""

from mainstay.core.verbs import Verb
from tests.permissions.rows import SIGNED_IN, Room, Row

_ONE = {"scenario_id": "adoptable"}
ROOM = Room(
    pages={
        "scenario_comparison": Row(SIGNED_IN, query="scenario=1&scenario=2"),
        "scenario_comparison_export": Row(SIGNED_IN, query="scenario=1&scenario=2"),
        "scenario_difference": Row((Verb.SEE_FIGURES,), arguments=_ONE),
        "scenario_merge": Row(Verb.SCENARIO_MERGE, Verb.SCENARIO_MERGE, arguments=_ONE, sent={"version": "1"}),
    },
    sent={"scenario.merge": {"settled": []}},
    reads={"see.scenariocomparison": SIGNED_IN, "see.scenario.difference": Verb.SEE_FIGURES},
)
