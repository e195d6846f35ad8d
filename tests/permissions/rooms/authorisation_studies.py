"""Studies of an answer in the permission table: figures, all of them."""

from typing import Any

from mainstay.authorisation.models import Selection
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.terms import FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from tests.permissions.rows import Room, Row

_FIGURES = (Verb.SEE_FIGURES,)
_SELECTION = {"selection_id": "selection"}
_SCENARIO = {"scenario_id": "adoptable"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Everything that can be asked about the answers of Networks and of what is confidential."""
    for selection in Selection.objects.filter(portfolio__in=[world.networks, world.secret], state="solved"):
        studying.simulate(selection, UncertaintyTerms(draws=1000), MAINSTAY)
        studying.vary(selection, FrontierTerms(points=2), MAINSTAY, studying.done_here)
        studying.check(selection, RobustnessTerms(samples=20), MAINSTAY, studying.done_here)
    return {"first_point": 0}, {"first_point": 0}


ROOM = Room(
    pages={
        "uncertainty": Row(_FIGURES, Verb.SELECTION_SIMULATE, arguments=_SELECTION),
        "frontier": Row(_FIGURES, Verb.SELECTION_VARY, arguments=_SELECTION),
        "frontier_point": Row(_FIGURES, arguments=_SELECTION | {"point": "first_point"}),
        "scenario_frontier": Row(_FIGURES, Verb.SELECTION_VARY, arguments=_SCENARIO),
        "scenario_uncertainty": Row(_FIGURES, Verb.SELECTION_SIMULATE, arguments=_SCENARIO),
        "scenario_robustness": Row(_FIGURES, Verb.SELECTION_TEST, arguments=_SCENARIO),
        "scenario_frontier_point": Row(_FIGURES, arguments=_SCENARIO | {"point": "first_point"}),
        "robustness": Row(_FIGURES, Verb.SELECTION_TEST, arguments=_SELECTION),
    },
    sent={
        "selection.simulate": {"draws": 1000},
        "selection.vary": {"points": 2},
        "selection.test": {"samples": 20},
    },
    reads={
        "see.selection.uncertainty": Verb.SEE_FIGURES,
        "see.selection.frontier": Verb.SEE_FIGURES,
        "see.scenario.frontier": Verb.SEE_FIGURES,
        "see.scenario.uncertainty": Verb.SEE_FIGURES,
        "see.scenario.robustness": Verb.SEE_FIGURES,
        "see.selection.robustness": Verb.SEE_FIGURES,
    },
    furnish=furnish,
)
