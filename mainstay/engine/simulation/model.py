"""What is simulated: projects with uncertain amounts over periods, their delays, risks and correlation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mainstay.engine.simulation.distribution import Distribution
from mainstay.engine.simulation.normal import Floats
from mainstay.engine.simulation.ranks import correlation_root

MOST_INPUTS = 32
_SURE = 1e-9


@dataclass(frozen=True, slots=True)
class Input:
    """Something uncertain about every project: one factor each (projects,), 1 meaning "as estimated"."""

    name: str
    factors: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Amounts (projects, columns) over time in one unit, each row multiplied by its project's factor of an input.

    One column is one period from the first on. Columns beyond the horizon count in totals alone.
    """

    name: str
    input: str
    amounts: Floats
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A risk that may happen to a project once: its probability, and what it adds to the total of a flow.

    `impact` is in the flow's unit, above zero for more and below for less; it spreads over the periods as the
    project's amounts do.
    """

    project: str
    flow: str
    probability: float
    impact: Distribution

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise ValueError("A probability lies between 0 and 1.")


@dataclass(frozen=True, slots=True, eq=False)
class Correlation:
    """What moves together.

    between: (inputs, inputs) within a project, the delay last where there is one; None: nothing.
    loadings: (projects, factors) on factors all projects share; two projects then correlate by the sum of the
    products of their loadings. ranks: (projects, projects) rank correlation instead of loadings.
    All are correlations of the normal scores behind the amounts; an input of one project and another of a second
    one correlate by the product of both.
    """

    between: Floats | None = None
    loadings: Floats | None = None
    ranks: Floats | None = None

    @classmethod
    def common(cls, projects: int, rho: float, between: Floats | None = None) -> Correlation:
        """One factor that any two projects share with correlation rho (0 to 1).

        >>> Correlation.common(3, 0.25).loadings.tolist()
        [[0.5], [0.5], [0.5]]
        """
        if not 0 <= rho <= 1:
            raise ValueError("A common correlation lies between 0 and 1.")
        return cls(between, np.full((projects, 1), np.sqrt(rho)))


@dataclass(frozen=True, slots=True)
class Limit:
    """What a flow should stay within: one amount for each period, or one total. Its breach is counted.

    window: the first period a total holds for and the one after the last; None: all, beyond the horizon too.
    """

    name: str
    flow: str
    by_period: tuple[float, ...] | None = None
    total: float | None = None
    window: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if (self.by_period is None) == (self.total is None):
            raise ValueError(f"The limit {self.name} has either amounts by period or a total.")
        if self.window is not None and (self.total is None or not 0 <= self.window[0] < self.window[1]):
            raise ValueError(f"The limit {self.name} has a window of periods only with a total.")


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A plan to try: what share of each project is done (projects,) and by how many periods it starts later.

    Every scenario meets the same draws, so that differences between them are not chance.
    """

    name: str
    chosen: Floats
    starts: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A portfolio under uncertainty.

    delays: (projects, most + 1) the chances of being 0, 1, ... periods late, or None. sums: further results made of
    totals of flows, such as `{"net": {"benefit": 1, "cost": -1}}`. Raises ValueError for anything that does not fit.
    """

    projects: tuple[str, ...]
    periods: int
    inputs: tuple[Input, ...]
    flows: tuple[Flow, ...]
    delays: Floats | None = None
    events: tuple[Event, ...] = ()
    correlation: Correlation = field(default_factory=Correlation)
    limits: tuple[Limit, ...] = ()
    sums: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.periods < 1 or not self.projects or not self.flows:
            raise ValueError("There is at least one period, one project and one flow.")
        if len(self.inputs) > MOST_INPUTS:
            raise ValueError(f"There are at most {MOST_INPUTS} inputs.")
        _refuse_repeats("projects", self.projects)
        _refuse_repeats("inputs", [each.name for each in self.inputs])
        _refuse_repeats("flows and sums", [*(each.name for each in self.flows), *self.sums])
        self._refuse_misfits()
        self._refuse_bad_delays()
        self._refuse_bad_limits()
        self._refuse_bad_events()
        self._refuse_bad_correlation()

    @property
    def most_late(self) -> int:
        """The longest delay, in periods."""
        return 0 if self.delays is None else self.delays.shape[1] - 1

    def flow(self, name: str) -> Flow:
        """The flow of this name; KeyError when there is none."""
        return {each.name: each for each in self.flows}[name]

    def everything(self) -> Scenario:
        """The scenario in which every project is done as it stands."""
        return Scenario("all", np.ones(len(self.projects)))

    def _refuse_misfits(self) -> None:
        count, names = len(self.projects), {each.name for each in self.inputs}
        for each in self.inputs:
            if len(each.factors) != count:
                raise ValueError(f"The input {each.name} has {len(each.factors)} factors for {count} projects.")
        for flow in self.flows:
            if flow.input not in names:
                raise ValueError(f"There is no input {flow.input}.")
            if flow.amounts.ndim != 2 or len(flow.amounts) != count or not np.isfinite(flow.amounts).all():
                raise ValueError(f"The flow {flow.name} has one row of finite amounts for each project.")
        known = {each.name for each in self.flows}
        if unknown := [name for parts in self.sums.values() for name in parts if name not in known]:
            raise ValueError(f"There is no flow {unknown[0]}.")

    def _refuse_bad_delays(self) -> None:
        if self.delays is None:
            return
        if self.delays.ndim != 2 or len(self.delays) != len(self.projects) or not (self.delays >= 0).all():
            raise ValueError("There is one row of chances of delay for each project.")
        if not np.allclose(self.delays.sum(axis=1), 1, rtol=0, atol=_SURE):
            raise ValueError("The chances of delay of each project add up to 1.")

    def _refuse_bad_limits(self) -> None:
        known = {each.name for each in self.flows}
        for limit in self.limits:
            if limit.flow not in known:
                raise ValueError(f"There is no flow {limit.flow}.")
            if limit.by_period is not None and len(limit.by_period) != self.periods:
                raise ValueError(f"The limit {limit.name} has one amount for each of {self.periods} periods.")
            if limit.window is not None and limit.window[1] > self.periods:
                raise ValueError(f"The window of the limit {limit.name} ends after {self.periods} periods.")

    def _refuse_bad_events(self) -> None:
        totals = {each.name: each.amounts.sum(axis=1) for each in self.flows}
        place = {name: row for row, name in enumerate(self.projects)}
        for event in self.events:
            if event.project not in place or event.flow not in totals:
                raise ValueError(f"There is no project {event.project} with a flow {event.flow}.")
            if totals[event.flow][place[event.project]] == 0:
                raise ValueError(f"{event.project} has no {event.flow} that an event could change.")

    def _refuse_bad_correlation(self) -> None:
        given, count = self.correlation, len(self.projects)
        inputs = len(self.inputs) + (self.delays is not None)
        if given.between is not None and len(correlation_root(given.between)) != inputs:
            raise ValueError(f"The correlation within a project has one row for each of {inputs} inputs.")
        if given.loadings is not None and given.ranks is not None:
            raise ValueError("Projects correlate either by loadings or by ranks.")
        if given.ranks is not None and len(correlation_root(given.ranks)) != count:
            raise ValueError("The rank correlation has one row for each project.")
        if given.loadings is not None:
            if given.loadings.ndim != 2 or len(given.loadings) != count:
                raise ValueError("There is one row of loadings for each project.")
            if ((given.loadings**2).sum(axis=1) > 1 + _SURE).any():
                raise ValueError("The squares of a project's loadings add up to at most 1.")


def _refuse_repeats(what: str, names: object) -> None:
    listed = list(names)  # type: ignore[call-overload]
    if len(set(listed)) != len(listed):
        raise ValueError(f"A name appears twice among the {what}.")
