"""What every part about value is made of, asked once for a page: the benefits in sight, and what work cost."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.urls import reverse
from numpy.typing import NDArray

from mainstay.monitoring.dashboard.money import money_in
from mainstay.portfolio.dashboard import PLACES, Sight
from mainstay.portfolio.models import Phase
from mainstay.value.benefits.register import Register
from mainstay.value.models import Benefit
from mainstay.value.queries import rates_on

Floats = NDArray[np.float64]
MONEY = frozenset({"moneyline", "ledgerline"})
NOUNS = PLACES | {"benefit", "benefitreading", "exchangerate", "currency"}


def register_of(sight: Sight) -> Register:
    """The benefits of what is looked at, money in its currency."""
    return sight.once("register", lambda: Register(sight.reading, sight.currency, rows=sight.with_figures()))


def benefits_url(sight: Sight, stands: str = "") -> str:
    """The register of benefits, narrowed as far as it can be."""
    codes = {name: row.code for name in ("portfolio", "programme") if (row := getattr(sight, name)) is not None}
    return sight.links.page(reverse("benefits"), **codes, stands=stands)


@dataclass(frozen=True, eq=False)
class Finished:
    """Finished work in one currency, (projects,) each.

    cost: what the ledger says was spent; NaN where nothing is known or no exchange rate is there. came: money read
    to date. forecast: all that will have come. planned: all that was to come. is_measured: whether any of its
    benefits is money that was read.
    """

    ids: list[int]
    names: list[tuple[str, str]]
    cost: Floats
    came: Floats
    forecast: Floats
    planned: Floats
    is_measured: NDArray[np.bool_]

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """(projects,) those whose return is known: with a cost and a benefit that was read."""
        return self.is_measured & (self.cost > 0)

    def roi(self, back: Floats) -> float | None:
        """(sum of what came back - sum of cost) / sum of cost, over those counted; None where there is none."""
        cost = float(self.cost[self.counted].sum())
        return (float(back[self.counted].sum()) - cost) / cost if cost > 0 else None


def finished_in(sight: Sight) -> Finished:
    """Finished projects whose figures the person may see, with what they cost and what came of them."""
    return sight.once("finished work", lambda: _finished(sight))


def _finished(sight: Sight) -> Finished:
    key = sight.reading.key
    rows = sight.with_figures().in_phase(Phase.FINISHED).order_by("code").values_list(key, "code", "name", "currency")
    found = list(rows)
    ids, money = [row[0] for row in found], money_in(sight)
    rates = rates_on(sight.day, {row[3] for row in found} | {sight.currency}, sight.as_of)
    spent = np.array([_spent(money, row[0], rates.factor(row[3], sight.currency)) for row in found])
    register = register_of(sight)
    sums = _Sums(register, ids)
    now = register.now
    return Finished(
        ids,
        [(row[1], row[2]) for row in found],
        spent,
        sums.of(now.came),
        sums.of(now.forecast(register.benefits.whole)),
        sums.of(register.benefits.whole),
        sums.of(now.is_read.astype(np.float64)) > 0,
    )


class _Sums:
    """Sums of the money of benefits by project."""

    def __init__(self, register: Register, ids: list[int]) -> None:
        order = np.argsort(np.array(ids, dtype=np.int64), kind="stable")
        ordered = np.array(ids, dtype=np.int64)[order]
        project = register.benefits.project
        at = np.minimum(np.searchsorted(ordered, project), max(len(ids) - 1, 0))
        inside = register.money & (ordered[at] == project) if len(ids) else np.zeros(len(project), dtype=bool)
        self.chosen, self.place, self.count = inside, order[at[inside]] if len(ids) else at[inside], len(ids)

    def of(self, values: Floats) -> Floats:
        """(projects,) the sums of (benefits,) values."""
        return np.bincount(self.place, weights=values[self.chosen], minlength=self.count).astype(np.float64)


def _spent(money: Any, pk: int, worth: float | None) -> float:
    if pk not in money or worth is None:
        return float("nan")
    return float(money[pk][1].total("actual")) * worth


def with_benefits(sight: Sight) -> set[int]:
    """The projects in sight that have any benefit on the register."""
    return set(register_of(sight).benefits.project.tolist())


def benefit_url(sight: Sight, benefit: Benefit) -> str:
    """The page of a benefit."""
    return reverse("benefit", args=[benefit.row_id]) + sight.links.query
