"""What is uncertain about a planning problem: estimates of candidates, and the weights that value them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

from mainstay.engine.selection import Problem
from mainstay.engine.simulation import Distribution

_SURE = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """One uncertain number of a candidate, as a factor on what the problem says (1 is as estimated).

    value: the part of the candidate's value, in the unit of the objective, that grows with the factor: the benefit
    of a net benefit, minus the cost. uses: ids of the limits whose use grows with it.
    """

    candidate: str
    name: str
    factor: Distribution
    value: float = 0.0
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of criteria that people might as well have set otherwise: a Dirichlet distribution around the group's.

    group: the weight of each criterion, adding up to 1. concentration: how sure the group is; the larger, the nearer
    to the group's weights (the standard deviation of a weight w is sqrt(w (1 - w) / (concentration + 1))).
    parts: by candidate, the part of its value that comes from each criterion at the group's weights.
    """

    group: Mapping[str, float]
    concentration: float
    parts: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        if not self.concentration > 0:
            raise ValueError("The concentration of weights is above zero.")
        if min(self.group.values(), default=0.0) <= 0 or abs(fsum(self.group.values()) - 1) > _SURE:
            raise ValueError("Weights are above zero and add up to 1.")


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Everything uncertain about a problem.

    common: the correlation, 0 to 1, of the normal scores of any two estimates of one name ("cost" with "cost").
    """

    estimates: tuple[Estimate, ...] = ()
    weights: Weights | None = None
    common: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.common <= 1:
            raise ValueError("A common correlation lies between 0 and 1.")
        named = [(each.candidate, each.name) for each in self.estimates]
        if len(set(named)) < len(named):
            raise ValueError("A candidate has each estimate once.")

    def check(self, problem: Problem) -> None:
        """Raise ValueError for a candidate or a limit that the problem does not have."""
        candidates, limits = {each.id for each in problem.candidates}, {each.id for each in problem.limits}
        for each in self.estimates:
            if each.candidate not in candidates or not limits.issuperset(each.uses):
                raise ValueError(f"The problem has no candidate {each.candidate} with these limits.")


@dataclass(frozen=True, slots=True)
class Sampled:
    """One way in which everything may come out.

    factors: of each estimate, in their order. added: what each candidate is worth more (below zero: less) than the
    problem says, in the unit of the objective; only where it differs.
    """

    number: int
    factors: tuple[float, ...]
    added: Mapping[str, float] = field(default_factory=dict)
