"""The plan of a scenario as a model to simulate: amounts by the periods it plans, each project from its start on."""

from collections.abc import Iterator

import numpy as np

from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Line, Result
from mainstay.authorisation.scenarios.periods import Periods, periods_of
from mainstay.authorisation.studies.estimates import Estimate
from mainstay.authorisation.studies.terms import UncertaintyTerms
from mainstay.authorisation.studies.yearly import BENEFIT, COST, PLAN, VALUE, YearlyPortfolio
from mainstay.engine import selection, simulation

YEAR = 12


class TimedPortfolio(YearlyPortfolio):
    """What the solver chose for a scenario, in its options and from its starts on.

    What a project brings has no period in a scenario: it counts in the total alone.
    """

    def __init__(self, result: Result, estimates: list[Estimate], terms: UncertaintyTerms) -> None:
        scenario = result.solution.scenario
        self.periods: Periods = periods_of(scenario)
        self.delay = YEAR // self.periods.months
        options = {(each.id, one.id): one for each in result.problem.candidates for one in each.options}
        chosen = result.solution.answer["chosen"]
        self.ways = {one["candidate"]: (options[one["candidate"], one["option"]], one["start"]) for one in chosen}
        super().__init__(result, estimates, terms)

    @property
    def names(self) -> list[str]:
        """The periods in words."""
        return self.periods.names

    @property
    def drawn(self) -> list[str]:
        """Only money has a course over the periods."""
        return [COST]

    def scenarios(self) -> list[simulation.Scenario]:
        """The plan alone; other scenarios are compared in a room of their own."""
        return [simulation.Scenario(PLAN, np.ones(len(self.lines)))]

    def _taking_part(self) -> list[Line]:
        return [line for line in self.result.lines if line.is_in]

    def _flows(self, gain: str) -> list[simulation.Flow]:
        brings = np.zeros((len(self.lines), len(self.names) + 1))
        brings[:, -1] = [line.value + (line.cost if gain == BENEFIT else 0.0) for line in self.lines]
        aim, currency = self.result.aim, self.result.currency
        unit = currency if aim.is_money else aim.unit
        flows = [
            simulation.Flow(COST, COST, self._uses(BUDGET), currency),
            simulation.Flow(gain, VALUE, brings, unit),
        ]
        others = [each for each in self.result.problem.limits if self._flow_of(each.id) == each.id]
        return flows + [simulation.Flow(each.id, COST, self._uses(each.id), each.unit) for each in others]

    def _limits(self) -> Iterator[simulation.Limit]:
        for each in self.result.problem.limits:
            flow = self._flow_of(each.id)
            if each.by_period is not None:
                yield simulation.Limit(each.id, flow, by_period=each.by_period)
            else:
                total = (each.total or 0.0) + self._given_back(each.id)
                yield simulation.Limit(each.id, flow, total=total, window=each.window)

    def _flow_of(self, limit: str) -> str:
        """Budgets of years count the same money as the whole one, within their window."""
        return COST if limit == BUDGET or limit.startswith(f"{BUDGET}:") else limit

    def _given_back(self, limit: str) -> float:
        """What the plan gives back to a budget by not stopping what runs."""
        rules = (each for each in self.result.problem.rules if isinstance(each, selection.Saving))
        return sum(each.amount for each in rules if each.limit == limit and self.ways.keys() >= set(each.candidates))

    def _uses(self, limit: str) -> np.ndarray:
        """What each project uses of a limit (projects, periods and one column for what comes later)."""
        last = len(self.names)
        found = np.zeros((len(self.lines), last + 1))
        for row, line in enumerate(self.lines):
            option, start = self.ways[line.code]
            for place, amount in enumerate(option.use.get(limit, ()), start):
                found[row, min(place, last)] += amount
        return found
