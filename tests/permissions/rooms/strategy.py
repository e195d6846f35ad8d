"""What strategy brings to the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.strategy.operations.causes import link_cause
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.drivers import Rating, create_department, create_driver, rate_impacts
from mainstay.strategy.operations.goals import create_goal
from mainstay.strategy.operations.mix import WantedBucket, classify_projects, create_classification
from mainstay.strategy.operations.results import add_result, record_check_in
from tests.permissions.rows import SIGNED_IN, Room, Row

_LIST = Row(SIGNED_IN)
_GOAL, _RESULT = {"code": "goal"}, {"result_id": "result"}
_PROJECT, _KIND = {"code": "project"}, {"code": "kind"}
_TWO = {"buckets-TOTAL_FORMS": "0", "buckets-INITIAL_FORMS": "0"}


def _somewhere(get: Any, post: Any, **more: Any) -> Row:
    return Row(get, post, place="somewhere", **more)


PAGES = {
    "strategy": _LIST,
    "scorecard": _LIST,
    "value_map": _LIST,
    "mix": _LIST,
    "drivers": _LIST,
    "ratings": _somewhere(SIGNED_IN, Verb.IMPACT_RATE),
    "goals": _somewhere(None, Verb.GOAL_CREATE),
    "goal": Row(arguments=_GOAL),
    "goal_edit": Row(Verb.GOAL_EDIT, Verb.GOAL_EDIT, arguments=_GOAL),
    "goal_removal": Row(None, Verb.GOAL_REMOVE, arguments=_GOAL),
    "key_results": Row(None, Verb.RESULT_ADD, arguments=_GOAL),
    "goal_contributions": Row(None, Verb.CONTRIBUTION_SET, arguments=_GOAL),
    "key_result": Row(arguments=_RESULT),
    "key_result_edit": Row(Verb.RESULT_EDIT, Verb.RESULT_EDIT, arguments=_RESULT, sent={"version": "1"}),
    "key_result_removal": Row(None, Verb.RESULT_REMOVE, arguments=_RESULT),
    "check_ins": Row(None, Verb.CHECKIN_RECORD, arguments=_RESULT),
    "check_in_correction": Row(Verb.CHECKIN_CORRECT, Verb.CHECKIN_CORRECT, arguments={"check_in_id": "check_in"}),
    "contribution_removal": Row(None, Verb.CONTRIBUTION_REMOVE, arguments={"contribution_id": "contribution"}),
    "goal_weights": _somewhere(Verb.GOALS_WEIGH, Verb.GOALS_WEIGH),
    "cause_links": _somewhere(None, Verb.CAUSE_LINK),
    "cause_removals": _somewhere(None, Verb.CAUSE_UNLINK),
    "classification_new": _somewhere(Verb.CLASSIFICATION_CREATE, Verb.CLASSIFICATION_CREATE, sent=_TWO),
    "classification": Row(Verb.CLASSIFICATION_EDIT, Verb.CLASSIFICATION_EDIT, arguments=_KIND, sent=_TWO),
    "placements": Row(None, Verb.PROJECTS_CLASSIFY, arguments=_KIND),
    "new_drivers": _somewhere(None, Verb.DRIVER_CREATE),
    "driver_weights": _somewhere(None, Verb.DRIVERS_WEIGH),
    "driver": Row(Verb.DRIVER_EDIT, Verb.DRIVER_EDIT, arguments={"code": "driver"}),
    "departments": _somewhere(None, Verb.DEPARTMENT_CREATE),
    "department": Row(Verb.DEPARTMENT_EDIT, Verb.DEPARTMENT_EDIT, arguments={"department_id": "department"}),
    "project_strategy": Row(arguments=_PROJECT),
    "project_contributions": Row(None, Verb.CONTRIBUTION_SET, arguments=_PROJECT),
    "project_impacts": Row(None, Verb.IMPACT_RATE, arguments=_PROJECT),
    "project_placements": Row(None, Verb.PROJECTS_CLASSIFY, arguments=_PROJECT),
}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A little strategy in Networks, and the same outside with marks."""
    elsewhere = Portfolio.objects.get(code="ELSE")
    inside = _strategy(world.networks, world.pumps, "INN", "Inside")
    outside = _strategy(elsewhere, world.depot, "OUT", "zq7outside")
    hidden = create_goal(world.secret, actor=MAINSTAY, name="zq7secret goal")
    set_contribution(world.heron, actor=MAINSTAY, goal=hidden, share=Decimal(30), note="zq7secret")
    return inside, outside


def _strategy(portfolio: Any, project: Any, prefix: str, name: str) -> dict[str, Any]:
    made: dict[str, Any] = {"actor": MAINSTAY}
    goal = create_goal(portfolio, name=f"{name} goal", code=f"{prefix}-GOAL", perspective="internal", **made)
    other = create_goal(portfolio, name=f"{name} other", code=f"{prefix}-OTHER", perspective="customer", **made)
    cause = link_cause(goal, target=other, **made)
    numbers = {"start_value": Decimal(0), "target_value": Decimal(9), "due_date": date(2030, 1, 1)}
    result = add_result(goal, name=f"{name} result", **numbers, **made)
    check_in = record_check_in(result, value=Decimal(1), note=f"{name} note", **made)
    share = set_contribution(project, goal=goal, key_result=result, share=Decimal(10), note=f"{name} share", **made)
    department = create_department(portfolio, name=f"{name} department", **made)
    driver = create_driver(portfolio, name=f"{name} driver", code=f"{prefix}-DRIVER", department=department, **made)
    buckets = [WantedBucket(f"{name} run", Decimal(60)), WantedBucket(f"{name} grow", Decimal(40))]
    kind = create_classification(portfolio, name=f"{name} kind", code=f"{prefix}-KIND", buckets=buckets, **made)
    if project.path.startswith(portfolio.path):
        rate_impacts([project], ratings=[Rating(project.pk, driver.pk, "low", f"{name} rating")], **made)
        classify_projects([project], classification=kind, bucket=kind.buckets.first(), **made)
    keys = {"goal": goal.code, "result": result.pk, "check_in": check_in.pk, "contribution": share.pk}
    return keys | {"cause": cause.pk, "driver": driver.code, "department": department.pk, "kind": kind.code}


_NUMBERS = {"start_value": "0", "target_value": "9", "due_date": "2030-01-01"}
_BUCKETS = [{"name": "Run", "target_share": "60"}, {"name": "Grow", "target_share": "40"}]

ROOM = Room(
    pages=PAGES,
    arguments={
        "result_id": "result",
        "check_in_id": "check_in",
        "contribution_id": "contribution",
        "cause_id": "cause",
        "department_id": "department",
    },
    nouns={"goals": "goal", "drivers": "driver", "classifications": "kind"},
    sent={
        "goal.create": {"portfolio": "NET", "name": "Another"},
        "goal.edit": {"name": "Renamed"},
        "goals.weigh": {"weights": [{"goal": "INN-GOAL", "weight": "50"}, {"goal": "INN-OTHER", "weight": "50"}]},
        "result.add": {"name": "Another"} | _NUMBERS,
        "result.edit": {"name": "Renamed"},
        "checkin.record": {"value": "3"},
        "checkin.correct": {"value": "4"},
        "contribution.set": {"goal": "INN-GOAL", "project": "PUMPS", "share": "5"},
        "cause.link": {"source": "INN-OTHER", "target": "INN-GOAL"},
        "department.create": {"portfolio": "NET", "name": "Another"},
        "department.edit": {"name": "Renamed"},
        "driver.create": {"portfolio": "NET", "name": "Another"},
        "driver.edit": {"name": "Renamed"},
        "drivers.weigh": {"weights": [{"driver": "INN-DRIVER", "weight": "100"}]},
        "impact.rate": {"ratings": [{"project": "PUMPS", "driver": "INN-DRIVER", "level": "strong"}]},
        "classification.create": {"portfolio": "NET", "name": "Another", "buckets": _BUCKETS},
        "classification.edit": {"name": "Renamed"},
        "projects.classify": {"classification": "INN-KIND", "bucket": "Inside grow", "projects": ["PUMPS"]},
    },
    reads={
        "see.goal": Verb.SEE_REGISTER,
        "see.result": Verb.SEE_REGISTER,
        "see.driver": Verb.SEE_REGISTER,
        "see.classification": Verb.SEE_REGISTER,
        "see.classification.mix": Verb.SEE_REGISTER,
    },
    placed=frozenset({"goal", "result", "check_in", "contribution", "cause", "driver", "department", "kind"}),
    furnish=furnish,
)
