"""The measures of cash flows, many at once: flows of one length of period and convention are asked for together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from mainstay.engine import finance
from mainstay.evaluation.appraisal.rates import Discount

A_YEAR = 12
CENT = Decimal("0.01")
TIMINGS = {"end": finance.END, "mid_year": finance.MID_YEAR}
DISCOUNTED = ("npv", "mirr", "discounted_payback", "profitability_index", "bcr", "equivalent_annuity")


@dataclass(frozen=True, slots=True)
class Flows:
    """What a change costs and brings in each period, more than doing nothing, and how it is discounted."""

    months: int
    costs: tuple[float, ...]
    benefits: tuple[float, ...]
    discount: Discount | None

    @property
    def net(self) -> list[float]:
        """Benefit less cost of each period."""
        return [benefit - cost for benefit, cost in zip(self.benefits, self.costs, strict=True)]

    @property
    def is_empty(self) -> bool:
        """Whether nothing flows at all."""
        return not any(self.costs) and not any(self.benefits)


@dataclass(frozen=True)
class Measures:
    """The measures of one change; None says that a measure does not exist."""

    net: Decimal | None = None
    npv: Decimal | None = None
    irr: float | None = None
    irr_roots: tuple[float, ...] = ()
    mirr: float | None = None
    payback: float | None = None
    discounted_payback: float | None = None
    profitability_index: float | None = None
    roi: float | None = None
    bcr: float | None = None
    equivalent_annuity: Decimal | None = None
    discount: Discount | None = None


def appraised(flows: Sequence[Flows]) -> list[Measures]:
    """The measures of each of the flows, in their order; nothing flowing has none."""
    groups: dict[tuple[int, str], list[int]] = {}
    for place, one in enumerate(flows):
        if not one.is_empty:
            convention = one.discount.convention if one.discount else "end"
            groups.setdefault((one.months, convention), []).append(place)
    found = [Measures(discount=one.discount) for one in flows]
    for (months, convention), places in groups.items():
        group = [flows[place] for place in places]
        for place, measures in zip(places, _together(group, months, convention), strict=True):
            found[place] = measures
    return found


def _together(flows: Sequence[Flows], months: int, convention: str) -> list[Measures]:
    share = months / A_YEAR
    yearly = np.array([one.discount.fraction if one.discount else 0.0 for one in flows])
    answer = finance.appraise(
        _table([one.net for one in flows], np.nan),
        (1 + yearly) ** share - 1,
        timing=TIMINGS[convention],
        costs=_table([_spent(one) for one in flows], 0.0),
    )
    return [_measures(answer, row, one, share) for row, one in enumerate(flows)]


def _spent(flows: Flows) -> list[float]:
    """What the change costs; where it saves cost of doing nothing, the saving is no negative cost but a benefit."""
    return [max(cost, 0.0) for cost in flows.costs]


def _table(rows: Sequence[Sequence[float]], beyond: float) -> np.ndarray:
    """Rows of different length as one table, filled up behind their ends."""
    table = np.full((len(rows), max(map(len, rows))), beyond)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table


def _measures(answer: finance.Appraisal, row: int, flows: Flows, share: float) -> Measures:
    """One project's measures, those for each period turned into those for each year."""

    def told(name: str) -> float | None:
        number = float(getattr(answer, name)[row])
        return None if np.isnan(number) or (flows.discount is None and name in DISCOUNTED) else number

    roots = [_yearly(float(root), share) for root in answer.irr_roots[row] if not np.isnan(root)]
    return Measures(
        net=_money(sum(flows.net)),
        npv=_money(told("npv")),
        irr=roots[0] if len(roots) == 1 else None,
        irr_roots=tuple(roots),
        mirr=_yearly(told("mirr"), share),
        payback=_years(told("payback"), share),
        discounted_payback=_years(told("discounted_payback"), share),
        profitability_index=told("profitability_index"),
        roi=told("roi"),
        bcr=told("bcr"),
        equivalent_annuity=_money(_annuity(told("equivalent_annuity"), flows, share)),
        discount=flows.discount,
    )


def _yearly(rate: float | None, share: float) -> Any:
    return None if rate is None else (1 + rate) ** (1 / share) - 1


def _years(periods: float | None, share: float) -> float | None:
    return None if periods is None else periods * share


def _annuity(amount: float | None, flows: Flows, share: float) -> float | None:
    """An amount for each period as one for each year, at the same rate."""
    if amount is None or flows.discount is None or share == 1:
        return amount
    rate = flows.discount.fraction
    return amount / share if rate == 0 else amount * rate / ((1 + rate) ** share - 1)


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).quantize(CENT)
