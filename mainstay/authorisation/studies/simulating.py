"""Simulating a plan: what it may cost and bring, in every year and in total, and how likely its limits hold."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Line, Result
from mainstay.authorisation.studies.estimates import CASE, Estimate
from mainstay.authorisation.studies.terms import UncertaintyTerms
from mainstay.engine import simulation as engine

PLAN, PRESENT = "plan", "present"
COST, VALUE, BENEFIT, NET = "cost", "value", "benefit", "net"
MOST_YEARS = 12
MOST_TOLD = 15
NET_AIM = "net_benefit"
BETWEEN = np.array([[1.0, 0.0, 0.3], [0.0, 1.0, 0.0], [0.3, 0.0, 1.0]])
"""Within a project a higher cost and a delay come together (0.3); what it brings moves on its own."""


def simulated(
    result: Result, estimates: list[Estimate], terms: UncertaintyTerms, progress: Callable[[float], None] | None
) -> dict[str, Any]:
    """The study of a plan, ready to be kept."""
    made = _Portfolio(result, estimates, terms)
    found = engine.simulate(
        made.model(), draws=terms.draws, seed=terms.seed, scenarios=made.scenarios(), progress=progress
    )
    plan = found.outcome(PLAN)
    told = {
        "years": [str(year) for year in made.years],
        "flows": {name: _flow(each, made.planned(name)) for name, each in plan.results.items()},
        "breaches": [_breach(each, plan, made) for each in plan.breaches],
        "sources": _sources(estimates, {line.code for line in result.ins}),
        "main": made.main,
    }
    if result.present is not None:
        told["present"] = _against_present(found, made.main)
    return told


class _Portfolio:
    """The candidates of the plan and of the present selection as a model to simulate."""

    def __init__(self, result: Result, estimates: list[Estimate], terms: UncertaintyTerms) -> None:
        self.result = result
        self.terms = terms
        self.lines: list[Line] = [line for line in result.lines if line.is_in or line.was_in]
        known = {estimate.code: estimate for estimate in estimates}
        self.estimates = [known[line.code] for line in self.lines]
        self.years = _years(self.estimates)
        self.is_net = result.aim.key == NET_AIM
        self.main = NET if self.is_net else VALUE

    def model(self) -> engine.Model:
        """Costs, what the projects bring, further limits, risks, and a year's delay."""
        late = self.terms.late / 100
        gain = BENEFIT if self.is_net else VALUE
        return engine.Model(
            projects=tuple(line.code for line in self.lines),
            periods=len(self.years),
            inputs=(self._input(COST), self._input(VALUE)),
            flows=tuple(self._flows(gain)),
            delays=np.tile([1 - late, late], (len(self.lines), 1)),
            events=tuple(self._events()),
            correlation=engine.Correlation.common(len(self.lines), self.terms.common / 100, BETWEEN),
            limits=tuple(
                engine.Limit(each.id, COST if each.id == BUDGET else each.id, total=each.total)
                for each in self.result.limits
            ),
            sums={NET: {BENEFIT: 1.0, COST: -1.0}} if self.is_net else {},
        )

    def scenarios(self) -> list[engine.Scenario]:
        """The plan, and the present selection where there is one."""
        plans = [engine.Scenario(PLAN, np.array([float(line.is_in) for line in self.lines]))]
        if self.result.present is not None:
            plans.append(engine.Scenario(PRESENT, np.array([float(line.was_in) for line in self.lines])))
        return plans

    def planned(self, name: str) -> list[float]:
        """What the plan says of a flow or of what is left, year by year."""
        if name == NET:
            pairs = zip(self.planned(BENEFIT), self.planned(COST), strict=True)
            return [benefit - cost for benefit, cost in pairs]
        is_in = np.array([float(line.is_in) for line in self.lines])
        flow = next(each for each in self._flows(BENEFIT if self.is_net else VALUE) if each.name == name)
        return [float(each) for each in is_in @ flow.amounts[:, : len(self.years)]]

    def _input(self, name: str) -> engine.Input:
        ranges = [getattr(estimate, name) for estimate in self.estimates]
        return engine.Input(name, tuple(engine.Pert(min(low, 1.0), 1.0, max(high, 1.0)) for low, high in ranges))

    def _flows(self, gain: str) -> list[engine.Flow]:
        currency, aim = self.result.currency, self.result.aim
        brings = [line.value + (line.cost if self.is_net else 0.0) for line in self.lines]
        flows = [
            engine.Flow(COST, COST, self._by_year([line.cost for line in self.lines], "cost_years"), currency),
            engine.Flow(gain, VALUE, self._by_year(brings, "value_years"), currency if aim.is_money else aim.unit),
        ]
        uses = {each.id: each for each in self.result.problem.candidates}
        for limit in self.result.limits:
            if limit.id != BUDGET:
                amounts = [sum(uses[line.code].options[0].use.get(limit.id, ())) for line in self.lines]
                flows.append(engine.Flow(limit.id, COST, self._by_year(amounts, "cost_years"), limit.unit))
        return flows

    def _by_year(self, amounts: list[float], years: str) -> np.ndarray:
        """Amounts spread over the years (projects, years and one column for what comes later)."""
        found = np.zeros((len(amounts), len(self.years) + 1))
        for row, (amount, estimate) in enumerate(zip(amounts, self.estimates, strict=True)):
            for year, share in (getattr(estimate, years) or {self.years[0]: 1.0}).items():
                column = min(max(year - self.years[0], 0), len(self.years))
                found[row, column] += amount * share
        return found

    def _events(self) -> list[engine.Event]:
        return [
            engine.Event(line.code, COST, probability, engine.Fixed(impact))
            for line, estimate in zip(self.lines, self.estimates, strict=True)
            for _, probability, impact in estimate.risks
            if line.cost
        ]


def _years(estimates: list[Estimate]) -> list[int]:
    """The years anything falls into, at most twelve."""
    years = {year for each in estimates for year in (*each.cost_years, *each.value_years)}
    if not years:
        return [0]
    return list(range(min(years), min(max(years), min(years) + MOST_YEARS - 1) + 1))


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


def _breach(breach: engine.Breach, plan: engine.Outcome, made: _Portfolio) -> dict[str, Any]:
    limit = next(each for each in made.result.limits if each.id == breach.limit)
    used = plan.results[COST if limit.id == BUDGET else limit.id].draws
    safe = float(np.quantile(used, 0.8))
    told = {"id": limit.id, "name": limit.name, "unit": limit.unit, "limit": limit.total}
    return told | {"chance": breach.any, "error": breach.error, "p80": safe}


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
