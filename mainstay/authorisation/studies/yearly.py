"""The plan of a selection as a model to simulate: amounts by calendar year."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Line, Result
from mainstay.authorisation.studies.estimates import Estimate
from mainstay.authorisation.studies.terms import UncertaintyTerms
from mainstay.engine import simulation as engine

PLAN, PRESENT = "plan", "present"
COST, VALUE, BENEFIT, NET = "cost", "value", "benefit", "net"
MOST_YEARS = 12
NET_AIM = "net_benefit"
BETWEEN = np.array([[1.0, 0.0, 0.3], [0.0, 1.0, 0.0], [0.3, 0.0, 1.0]])
"""Within a project a higher cost and a delay come together (0.3); what it brings moves on its own."""


class YearlyPortfolio:
    """The candidates of a selection's plan and of the present selection as a model to simulate, year by year."""

    delay = 1

    def __init__(self, result: Result, estimates: list[Estimate], terms: UncertaintyTerms) -> None:
        self.result = result
        self.terms = terms
        self.lines = self._taking_part()
        known = {estimate.code: estimate for estimate in estimates}
        self.estimates = [known[line.code] for line in self.lines]
        self.years = _years(self.estimates)
        self.is_net = result.aim.key == NET_AIM
        self.main = NET if self.is_net else VALUE

    @property
    def names(self) -> list[str]:
        """The periods in words."""
        return [str(year) for year in self.years]

    @property
    def drawn(self) -> list[str]:
        """The results whose course over the periods is known."""
        return [COST, self.main]

    def model(self) -> engine.Model:
        """Costs, what the projects bring, further limits, risks, and a year's delay."""
        late = self.terms.late / 100
        gain = BENEFIT if self.is_net else VALUE
        return engine.Model(
            projects=tuple(line.code for line in self.lines),
            periods=len(self.names),
            inputs=(self._input(COST), self._input(VALUE)),
            flows=tuple(self._flows(gain)),
            delays=np.tile([1 - late, *[0.0] * (self.delay - 1), late], (len(self.lines), 1)),
            events=tuple(self._events()),
            correlation=engine.Correlation.common(len(self.lines), self.terms.common / 100, BETWEEN),
            limits=self.model_limits,
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
        return [float(each) for each in is_in @ flow.amounts[:, : len(self.names)]]

    @cached_property
    def model_limits(self) -> tuple[engine.Limit, ...]:
        """The limits of the plan as they are counted."""
        return tuple(self._limits())

    def told(self, limit: str, period: int) -> dict[str, str]:
        """The name of a limit and its unit; that of one period where it holds period by period."""
        known = self.result.problem.limit(limit)
        name = known.name or known.id
        is_timed = known.by_period is not None
        return {"name": f"{name} in {self.names[period]}" if is_timed else name, "unit": known.unit}

    def _taking_part(self) -> list[Line]:
        return [line for line in self.result.lines if line.is_in or line.was_in]

    def _limits(self) -> Iterator[engine.Limit]:
        for each in self.result.limits:
            yield engine.Limit(each.id, COST if each.id == BUDGET else each.id, total=each.total)

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
