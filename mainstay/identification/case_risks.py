"""Risks counted: expected monetary value before and after the response, and the five steps of the matrix."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.charts.risk_matrix import RiskCell

NOTHING = Decimal(0)
CENT = Decimal("0.01")
PROBABILITY_STEPS = (Decimal("0.1"), Decimal("0.3"), Decimal("0.5"), Decimal("0.7"))
"""The highest probability of each step but the last."""
IMPACT_STEPS = (Decimal("0.01"), Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))
"""The highest impact of each step but the last, as a share of the whole-life cost."""
STEPS_TOLD = (
    "Probability: up to 10%, 30%, 50%, 70%, and above. "
    "Impact: up to 1%, 5%, 10%, 20% of the whole-life cost of the preferred option, and above."
)


@dataclass(frozen=True)
class Weighed:
    """One risk with its figures; an opportunity has a negative exposure."""

    risk: Mapping[str, Any]

    @property
    def sign(self) -> int:
        """Whether it adds to the cost expected or takes from it."""
        return -1 if self.risk["kind"] == "opportunity" else 1

    @property
    def probability(self) -> Decimal:
        """How likely it is before the response, from 0 to 1."""
        return Decimal(self.risk["probability"])

    @property
    def impact(self) -> Decimal:
        """What it would cost or bring before the response."""
        return Decimal(self.risk["impact"])

    @property
    def has_residual(self) -> bool:
        """Whether it was said what remains after the response."""
        return self.risk["residual_probability"] is not None and self.risk["residual_impact"] is not None

    @property
    def residual_probability(self) -> Decimal:
        """How likely it is after the response."""
        return Decimal(self.risk["residual_probability"]) if self.has_residual else self.probability

    @property
    def residual_impact(self) -> Decimal:
        """What it would cost or bring after the response."""
        return Decimal(self.risk["residual_impact"]) if self.has_residual else self.impact

    @property
    def exposure(self) -> Decimal:
        """Probability times impact, with its sign."""
        return (self.sign * self.probability * self.impact).quantize(CENT)

    @property
    def residual_exposure(self) -> Decimal:
        """The exposure that remains after the response."""
        return (self.sign * self.residual_probability * self.residual_impact).quantize(CENT)

    def cell(self, cost: Decimal | None, *, residual: bool = False) -> tuple[int, int] | None:
        """Its steps of probability and impact from 1 to 5; None where there is no cost to measure the impact by."""
        if not cost:
            return None
        probability = self.residual_probability if residual else self.probability
        impact = self.residual_impact if residual else self.impact
        return step(probability, PROBABILITY_STEPS), step(impact / cost, IMPACT_STEPS)


def step(value: Decimal, limits: Sequence[Decimal]) -> int:
    """The step from 1 to 5 a value belongs to."""
    return 1 + sum(1 for limit in limits if value > limit)


def open_risks(content: Mapping[str, Any]) -> list[Weighed]:
    """The risks of a case that are not closed, the largest exposure first."""
    found = [Weighed(risk) for risk in content["risks"] if not risk["is_closed"]]
    return sorted(found, key=lambda one: -abs(one.exposure))


@dataclass(frozen=True)
class Exposure:
    """What open risks come to: the sum of probability times impact, opportunities against it."""

    inherent: Decimal
    residual: Decimal
    count: int
    undecided: int

    @classmethod
    def of(cls, risks: Iterable[Weighed]) -> "Exposure":
        """The sums over risks."""
        rows = list(risks)
        return cls(
            sum((one.exposure for one in rows), NOTHING),
            sum((one.residual_exposure for one in rows), NOTHING),
            len(rows),
            sum(1 for one in rows if not one.risk["response"]),
        )


def cells(risks: Iterable[tuple[Weighed, Decimal | None]], *, residual: bool = False) -> tuple[list[RiskCell], int]:
    """The cells of the matrix for threats with the cost their impact is measured by, and how many have no place."""
    counts: Counter[tuple[int, int]] = Counter()
    sums: dict[tuple[int, int], Decimal] = {}
    left_out = 0
    for one, cost in risks:
        place = one.cell(cost, residual=residual) if one.sign > 0 else None
        if place is None:
            left_out += one.sign > 0
            continue
        counts[place] += 1
        sums[place] = sums.get(place, NOTHING) + (one.residual_exposure if residual else one.exposure)
    return [RiskCell(*place, count, float(sums[place])) for place, count in counts.items()], left_out
