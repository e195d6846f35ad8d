"""A fund by fiscal year: what is released, committed, held back and available, under the line of the envelope."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

KINDS = ("Released", "Committed, not released", "Held back", "Available")


@dataclass(frozen=True, slots=True)
class FundYear:
    """One year of a fund, all amounts in the figure's unit; the envelope is their sum, carry-overs included.

    `committed` is what is committed and not released yet. `available` is below zero where more was promised.
    """

    year: str
    released: float
    committed: float
    held_back: float
    available: float
    url: str = ""

    @property
    def envelope(self) -> float:
        """What the fund holds in the year, in the figure's unit."""
        return self.released + self.committed + self.held_back + self.available


def fund_years(years: Sequence[FundYear], unit: str) -> Figure:
    """Columns by year in the order given, stacked, with a line at the envelope of each year.

    unit: the currency of all amounts ("GBP"). No years give a figure that says so.

    >>> fund_years([FundYear("2027", 2e6, 1e6, 5e5, 1.5e6)], "GBP").title
    'GBP 1.5m of GBP 5.0m are available in 2027'
    """
    rows = tuple(row for number, year in enumerate(years) for row in _rows(year, number))
    return Figure(
        spec=_spec(unit),
        rows=rows,
        columns=(
            Column("Year", "year"),
            Column("What", "kind"),
            Column("Amount", "amount", "money", unit),
            Column("Envelope", "envelope", "money", unit),
        ),
        title=_title(years, unit),
        description=f"Columns by fiscal year in {unit}, stacked by what became of it; a line marks the envelope.",
    )


def _rows(year: FundYear, number: int) -> list[Row]:
    amounts = (year.released, year.committed, year.held_back, year.available)
    return [
        {
            "year": year.year,
            "number": number,
            "kind": kind,
            "rank": rank,
            "amount": amount,
            "envelope": year.envelope,
            "url": year.url,
        }
        for rank, (kind, amount) in enumerate(zip(KINDS, amounts, strict=True))
    ]


def _title(years: Sequence[FundYear], unit: str) -> str:
    if not years:
        return "The fund holds nothing in any year yet"
    left, whole = sum(year.available for year in years), sum(year.envelope for year in years)
    span = years[0].year if len(years) == 1 else f"{years[0].year} to {years[-1].year}"
    if left < 0:
        return f"{words.money(-left, unit)} more than the fund holds are promised in {span}"
    return f"{words.money(left, unit)} of {words.money(whole, unit)} are available in {span}"


@lru_cache(maxsize=16)
def _spec(unit: str) -> Spec:
    across = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    up = alt.Axis(title=f"Amount, {unit}", tickCount=5, titleAnchor="end", labelExpr=parts.COMPACT_LABEL)
    x = alt.X("year", type="ordinal", sort=None, axis=across)
    legend = alt.Legend(title=None, symbolType="square", columns=parts.LEGEND_COLUMNS)
    rows = alt.Chart(parts.rows())
    bars = rows.mark_bar(cursor="pointer", stroke=parts.named("page"), width=alt.RelativeBandSize(0.7)).encode(
        x=x,
        y=alt.Y("amount", type="quantitative", stack="zero", axis=up),
        color=alt.Color("kind", type="nominal", scale=alt.Scale(domain=list(KINDS)), legend=legend),
        order=alt.Order("rank", type="quantitative"),
    )
    once = rows.transform_aggregate(envelope="max(envelope)", groupby=["year", "number"])
    line = once.mark_tick(color=parts.named("ink"), thickness=3, width=alt.RelativeBandSize(0.9), orient="horizontal")
    marks = line.encode(x=x, y=alt.Y("envelope", type="quantitative"))
    return parts.finish(alt.layer(bars, marks), 280)
