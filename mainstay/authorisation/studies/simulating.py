"""Simulating a plan: what it may cost and bring, in every period and in total, and how likely its limits hold."""

from collections.abc import Callable
from typing import Any

from mainstay.authorisation.result import Result
from mainstay.authorisation.studies.estimates import CASE, Estimate
from mainstay.authorisation.studies.terms import UncertaintyTerms
from mainstay.authorisation.studies.timed import TimedPortfolio
from mainstay.authorisation.studies.yearly import PLAN, PRESENT, YearlyPortfolio
from mainstay.engine import simulation as engine

MOST_TOLD = 15


def simulated(
    result: Result, estimates: list[Estimate], terms: UncertaintyTerms, progress: Callable[[float], None] | None
) -> dict[str, Any]:
    """The study of a plan, ready to be kept: of a selection by year, of a scenario by the periods it plans."""
    kind = YearlyPortfolio if result.solution.scenario_id is None else TimedPortfolio
    made = kind(result, estimates, terms)
    found = engine.simulate(
        made.model(), draws=terms.draws, seed=terms.seed, scenarios=made.scenarios(), progress=progress
    )
    plan = found.outcome(PLAN)
    told = {
        "years": made.names,
        "drawn": made.drawn,
        "flows": {name: _flow(each, made.planned(name)) for name, each in plan.results.items()},
        "breaches": [_breach(each, made) for each in plan.breaches],
        "sources": _sources(estimates, {line.code for line in result.ins}),
        "main": made.main,
    }
    if any(each.scenario == PRESENT for each in found.outcomes):
        told["present"] = _against_present(found, made.main)
    return told


def _flow(result: engine.Result, planned: list[float]) -> dict[str, Any]:
    spread = {name: getattr(result.by_period, name).tolist() for name in ("p10", "p50", "p90", "mean")}
    spread["planned"] = planned
    return {
        "unit": result.unit,
        "total": _total(result.total),
        "by_period": spread,
        "contributions": [
            {"code": each.project, "share": each.share, "low": each.low, "high": each.high}
            for each in sorted(result.contributions, key=lambda one: -abs(one.share))[:MOST_TOLD]
        ],
        "settling": [
            {name: getattr(each, name) for name in ("draws", "p10", "p50", "p90", "error10", "error50", "error90")}
            for each in result.settling
        ],
    }


def _total(total: engine.Quantiles) -> dict[str, float]:
    return {name: float(getattr(total, name)) for name in ("p10", "p50", "p90", "mean", "deviation")}


def _breach(breach: engine.Breach, made: YearlyPortfolio) -> dict[str, Any]:
    """A limit by period is told by the period in which it is passed most often, or is nearest to it."""
    limit = next(each for each in made.model_limits if each.name == breach.limit)
    nearness = [enough / max(most, 1.0) for enough, most in zip(breach.enough, limit.by_period or (), strict=False)]
    worst = max(range(len(nearness)), key=lambda at: (breach.by_period[at], nearness[at]), default=0)
    known = made.told(breach.limit, worst)
    amount = limit.total if limit.by_period is None else limit.by_period[worst]
    figures = {"limit": amount, "chance": breach.any, "error": breach.error, "p80": breach.enough[worst]}
    return {"id": breach.limit} | known | figures


def _against_present(found: engine.Simulation, main: str) -> dict[str, Any]:
    plan, present = found.outcome(PLAN), found.outcome(PRESENT)
    less = engine.compare(plan, present, main)
    return {
        "total": _total(present.results[main].total),
        "difference": _total(less.spread),
        "chance": less.first_is_higher,
        "error": less.error,
    }


def _sources(estimates: list[Estimate], chosen: set[str]) -> dict[str, int]:
    """How many chosen projects bring a range of their own, and how many risks count."""
    own = [each for each in estimates if each.code in chosen]
    return {
        "projects": len(own),
        "cost": sum(each.cost_from == CASE for each in own),
        "value": sum(each.value_from == CASE for each in own),
        "risks": sum(len(each.risks) for each in own),
    }
