"""What came out of a simulation: quantiles, breaches, contributions and how far the quantiles have settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mainstay.engine.simulation.normal import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """The spread of an amount in its unit: (periods,) each, or () for a total.

    p10, p50 and p90 are not passed in 10, 50 and 90 of 100 draws.
    """

    p10: Floats
    p50: Floats
    p90: Floats
    mean: Floats
    deviation: Floats


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one project adds to the uncertainty of a total.

    share: its covariance with the total by the variance of the total; the shares of all projects add up to 1 and
    are below 0 for a project that balances others. low, high: the total to be expected when the project itself
    comes out at its P10 and P90 (linear regression).
    """

    project: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Settling:
    """The quantiles of a total after so many draws, and the standard error of each, in the unit of the total."""

    draws: int
    p10: float
    p50: float
    p90: float
    error10: float
    error50: float
    error90: float


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One flow or sum of flows: its spread in every period and in total.

    draws: (draws,) the totals themselves, in the order drawn.
    """

    name: str
    unit: str
    by_period: Quantiles
    total: Quantiles
    contributions: tuple[Contribution, ...]
    settling: tuple[Settling, ...]
    draws: Floats


@dataclass(frozen=True, slots=True)
class Breach:
    """How often a limit is passed: the chance in each period (none for a total), in any of them, and its error.

    enough: what would not be passed in 8 of 10 draws, in the unit of the flow: in each period, or the one total.
    """

    limit: str
    by_period: tuple[float, ...]
    any: float
    error: float
    enough: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one scenario may come to."""

    scenario: str
    results: Mapping[str, Result]
    breaches: tuple[Breach, ...]

    def breach(self, limit: str) -> Breach:
        """The breach of one limit; KeyError when there is none of this name."""
        return {each.limit: each for each in self.breaches}[limit]


@dataclass(frozen=True, slots=True)
class Simulation:
    """The outcomes of all scenarios, on the same draws."""

    draws: int
    seed: int
    outcomes: tuple[Outcome, ...]

    def outcome(self, scenario: str = "all") -> Outcome:
        """The outcome of one scenario; KeyError when there is none of this name."""
        return {each.scenario: each for each in self.outcomes}[scenario]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One scenario less another, draw by draw: its spread, the chance that the first is higher, and its error."""

    spread: Quantiles
    first_is_higher: float
    error: float
