"""Sums over lists of projects: counts, and money kept apart by currency."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from mainstay.portfolio.queries.column import Column
from mainstay.portfolio.queries.columns import with_columns
from mainstay.portfolio.queries.reading import Reading


@dataclass(frozen=True)
class Money:
    """A sum in one currency and how many projects gave a figure for it."""

    currency: str
    amount: Decimal
    given: int


@dataclass
class Totals:
    """How many projects, and what they cost in each currency; those without a figure are counted apart."""

    count: int = 0
    costs: dict[str, Money] = field(default_factory=dict)

    def add(self, count: int, currency: str, cost: Decimal | None, given: int) -> None:
        """Take in a part of the list that has one currency."""
        self.count += count
        if given and cost is not None:
            known = self.costs.get(currency, Money(currency, Decimal(0), 0))
            self.costs[currency] = Money(currency, known.amount + cost, known.given + given)

    @classmethod
    def of(cls, parts: Iterable["Totals"]) -> "Totals":
        """The sum of parts."""
        whole = cls()
        for part in parts:
            whole.take_in(part)
        return whole

    def take_in(self, part: "Totals") -> None:
        """Add another part of the list."""
        for money in part.costs.values():
            self.add(0, money.currency, money.amount, money.given)
        self.count += part.count

    @property
    def money(self) -> list[Money]:
        """The sums, the largest number of projects first."""
        return sorted(self.costs.values(), key=lambda money: (-money.given, money.currency))

    @property
    def without_cost(self) -> int:
        """How many give no cost (or none the person may see)."""
        return self.count - sum(money.given for money in self.costs.values())


@dataclass
class Group:
    """The rows of a list that share a value."""

    value: Any
    totals: Totals


def totals(queryset: Any) -> Totals:
    """Count and cost of a list from `readable_by`, in one query."""
    whole = Totals()
    for part in _summed(queryset, "currency"):
        whole.add(part["rows"], part["currency"], part["cost_sum"], part["given"])
    return whole


def by_stage(queryset: Any) -> dict[int, Totals]:
    """Count and cost of a list from `readable_by` by stage, in one query."""
    stages: dict[int, Totals] = {}
    for part in _summed(queryset, "stage_id", "currency"):
        totals = stages.setdefault(part["stage_id"], Totals())
        totals.add(part["rows"], part["currency"], part["cost_sum"], part["given"])
    return stages


def grouped(queryset: Any, column: Column, reading: Reading) -> dict[Any, Group]:
    """Count and cost of each group of a list, by the group's value, in one query."""
    queryset = with_columns(queryset, [column], reading)
    groups: dict[Any, Group] = {}
    for part in _summed(queryset, column.path, "currency"):
        group = groups.setdefault(part[column.path], Group(part[column.path], Totals()))
        group.totals.add(part["rows"], part["currency"], part["cost_sum"], part["given"])
    return groups


def _summed(queryset: Any, *by: str) -> Any:
    sums = {"rows": Count("*"), "cost_sum": Sum("cost_seen"), "given": Count("cost_seen")}
    return queryset.order_by().values(*dict.fromkeys(by)).annotate(**sums)
