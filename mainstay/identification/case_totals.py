"""What the lines of an option add up to: whole-life cost and benefit with their ranges, and demand by period."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.engine.risk import pert
from mainstay.value.models.benefit import MONEY_BENEFITS

Amounts = dict[str, Decimal]
NOTHING = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Range:
    """A sum as three points; where a line gives no range, its likely amount stands in for low and high."""

    low: Decimal
    likely: Decimal
    high: Decimal

    @property
    def is_wide(self) -> bool:
        """Whether any uncertainty was given."""
        return self.low != self.high

    @property
    def mean(self) -> Decimal:
        """The PERT mean, (low + 4 likely + high) / 6."""
        return self._pert[0]

    @property
    def sigma(self) -> Decimal:
        """The PERT standard deviation, (high - low) / 6, as if all lines went well or badly together."""
        return self._pert[1]

    @property
    def _pert(self) -> tuple[Decimal, Decimal]:
        mean, sigma = pert(float(self.low), float(self.likely), float(self.high))
        return Decimal(float(mean)).quantize(CENT), Decimal(float(sigma)).quantize(CENT)


@dataclass(frozen=True)
class Totals:
    """The sums of one option, from the content of its case."""

    option: Mapping[str, Any]

    @property
    def cost(self) -> Decimal | None:
        """The likely whole-life cost; None where no cost line has an amount."""
        return self.costs.likely if self.has("costs") else None

    @property
    def benefit(self) -> Decimal | None:
        """The likely benefits in money, disadvantages taken off; None where no such line has an amount."""
        return self.benefits.likely if any(line["likely"] for line in self.money_lines) else None

    def has(self, kind: str) -> bool:
        """Whether any line of a kind has an amount."""
        return any(line["likely"] for line in self.option[kind])

    @cached_property
    def costs(self) -> Range:
        """Whole-life cost."""
        return _range((line, 1) for line in self.option["costs"])

    @cached_property
    def benefits(self) -> Range:
        """Whole-life benefits in money; a disadvantage is lowest where its amount is highest."""
        return _range((line, -1 if line["is_disbenefit"] else 1) for line in self.money_lines)

    @property
    def money_lines(self) -> list[Mapping[str, Any]]:
        """The benefit lines that are money."""
        return [line for line in self.option["benefits"] if line["kind"] in MONEY_BENEFITS]

    @property
    def other_benefits(self) -> list[Mapping[str, Any]]:
        """The benefit lines with a measure of their own."""
        return [line for line in self.option["benefits"] if line["kind"] not in MONEY_BENEFITS]

    @property
    def without_range(self) -> int:
        """How many lines of cost and money are single numbers."""
        lines = [*self.option["costs"], *self.money_lines]
        return sum(1 for line in lines if line["likely"] and not (line["low"] or line["high"]))

    @cached_property
    def cost_by_period(self) -> Amounts:
        """The likely cost of each period."""
        return by_period((line, 1) for line in self.option["costs"])

    @cached_property
    def capital_by_period(self) -> Amounts:
        """The part of it that is capital expenditure."""
        return by_period((line, 1) for line in self.option["costs"] if line["is_capital"])

    @cached_property
    def benefit_by_period(self) -> Amounts:
        """The likely benefit in money of each period."""
        return by_period((line, -1 if line["is_disbenefit"] else 1) for line in self.money_lines)

    @cached_property
    def demand_by_period(self) -> Amounts:
        """The person-days of each period."""
        return by_period((line, 1) for line in self.option["demands"])

    @property
    def demand(self) -> Decimal:
        """All person-days."""
        return sum(self.demand_by_period.values(), NOTHING)

    @property
    def peak(self) -> tuple[str, Decimal] | None:
        """The period with the most person-days and how many; None without demand."""
        demand = self.demand_by_period
        return max(demand.items(), key=lambda pair: (pair[1], pair[0])) if demand else None

    @property
    def net_by_period(self) -> Amounts:
        """Benefit less cost of each period."""
        keys = sorted(self.cost_by_period.keys() | self.benefit_by_period.keys())
        benefit, cost = self.benefit_by_period, self.cost_by_period
        return {key: benefit.get(key, NOTHING) - cost.get(key, NOTHING) for key in keys}


def preferred(content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The preferred option of a case; None while none is chosen."""
    return next((option for option in content["options"] if option["is_preferred"]), None)


def baseline(content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The option of doing nothing."""
    return next((option for option in content["options"] if option["kind"] == "nothing"), None)


def by_period(lines: Iterable[tuple[Mapping[str, Any], int]]) -> Amounts:
    """The likely amounts of lines, each with its sign, added up by period."""
    found: Counter[str] = Counter()
    for line, sign in lines:
        for key, text in line["likely"].items():
            found[key] += sign * Decimal(text)
    return dict(sorted(found.items()))


def _range(lines: Iterable[tuple[Mapping[str, Any], int]]) -> Range:
    low = likely = high = NOTHING
    for line, sign in lines:
        for key, text in line["likely"].items():
            amount = Decimal(text)
            ends = [Decimal(line[name].get(key, text)) * sign for name in ("low", "high")]
            low, likely, high = low + min(ends), likely + amount * sign, high + max(ends)
    return Range(low, likely, high)
