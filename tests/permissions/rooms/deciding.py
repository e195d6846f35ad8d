"""Adopting scenarios, the decision log and baselines in the permission table."""

from datetime import date
from typing import Any

from mainstay.authorisation.deciding.operations.baselines import freeze_baseline
from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario, share_scenario
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.terms import FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from tests.permissions.rows import Room, Row

_FIGURES = (Verb.SEE_FIGURES,)
_DECISION = {"decision_id": "decision"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A scenario with a project in it, solved and studied, and a baseline, inside and outside."""
    return _furnished(world, world.pumps, "of pumps"), _furnished(world, world.heron, "zq7outside")


def _furnished(world: Any, project: Any, mark: str) -> dict[str, Any]:
    scenario = create_scenario(
        project.portfolio, actor=MAINSTAY, name=f"Adoptable {mark}", starts_on=date(2027, 1, 1), maximise="benefit"
    )
    scenario = arrange_scenario(scenario, actor=MAINSTAY, lines=[{"project": project.code, "is_in": True}])
    scenario = share_scenario(scenario, actor=MAINSTAY, is_open=True)
    solved = solve_scenario_now(scenario, actor=world.director, seconds=5)
    solved = solved or scenario
    studying.simulate(solved, UncertaintyTerms(draws=1000), world.director)
    studying.vary(solved, FrontierTerms(points=2), world.director, studying.done_here)
    studying.check(solved, RobustnessTerms(samples=20), world.director, studying.done_here)
    freeze_baseline(project, actor=MAINSTAY, reason=f"First {mark}")
    return {"adoptable": scenario.pk}


ROOM = Room(
    pages={
        "scenario_adoption": Row(
            Verb.SCENARIO_ADOPT, Verb.SCENARIO_ADOPT, arguments={"scenario_id": "adoptable"}, sent={"version": "1"}
        ),
        "decision_log": Row(Verb.SEE_AUDIT, place="root"),
        "decision_record": Row(_FIGURES, arguments=_DECISION),
        "decision_replay": Row(_FIGURES, arguments=_DECISION),
        "plan_learning": Row(_FIGURES, arguments=_DECISION),
        "decision_undoing": Row(None, Verb.ADOPTION_UNDO, arguments=_DECISION, sent={"version": "1", "reason": "No"}),
        "project_baselines": Row(arguments={"code": "project"}),
    },
    sent={
        "scenario.adopt": {"note": "Agreed"},
        "adoption.undo": {"reason": "The wrong branch"},
        "baseline.freeze": {"reason": "New dates"},
    },
    reads={
        "see.decision.replay": Verb.SEE_FIGURES,
        "see.decision.record": Verb.SEE_FIGURES,
        "see.decisionlog": Verb.SEE_AUDIT,
        "see.baselines": Verb.SEE_REGISTER,
    },
    root=frozenset({"see.decisionlog"}),
    arguments={"scenario_id": "adoptable"},
    placed=frozenset({"adoptable"}),
    furnish=furnish,
)
