"""Where risks stand: a matrix of probability and impact with their number and exposure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STEPS = ("Very low", "Low", "Medium", "High", "Very high")
LEVELS = {
    "\N{BLACK CIRCLE} Low": ("good", 4),
    "\N{WHITE UP-POINTING TRIANGLE} Moderate": ("warn", 9),
    "\N{BLACK UP-POINTING TRIANGLE} High": ("poor", 14),
    "\N{BLACK DIAMOND} Extreme": ("bad", 25),
}
"""Each level with its colour and the highest product of probability and impact that still belongs to it."""


@dataclass(frozen=True, slots=True)
class RiskCell:
    """Risks of one probability and one impact, each from 1 (very low) to 5: how many, and their exposure in money."""

    probability: int
    impact: int
    count: int
    exposure: float = 0.0
    url: str = ""

    def __post_init__(self) -> None:
        """A step outside 1 to 5 is refused."""
        if not (1 <= self.probability <= 5 and 1 <= self.impact <= 5):
            raise ValueError(f"Probability and impact lie from 1 to 5: {self.probability}, {self.impact}")

    @property
    def level(self) -> str:
        """Low, moderate, high or extreme, with its shape."""
        product = self.probability * self.impact
        return next(level for level, (_, most) in LEVELS.items() if product <= most)


def risk_matrix(cells: Sequence[RiskCell], currency: str = "", *, noun: str = "risk") -> Figure:
    """Five by five cells coloured by level; each shows how many risks it holds and their exposure (p times impact).

    Cells that are not given are empty. Cells of the same place are added up.

    >>> risk_matrix([RiskCell(5, 5, 1, 2e6), RiskCell(1, 2, 3, 1e5)], "GBP").title
    '1 of 4 risks is high or extreme, with GBP 2.0m of GBP 2.1m exposure'
    """
    whole = [_sum(cells, probability, impact) for probability in range(5, 0, -1) for impact in range(1, 6)]
    return Figure(
        spec=_spec(),
        rows=tuple(_row(cell, currency) for cell in whole),
        columns=(
            Column("Probability", "probability_name"),
            Column("Impact", "impact_name"),
            Column("Level", "level"),
            Column(f"{noun.capitalize()}s", "count", "number"),
            Column("Exposure", "exposure", "money", currency),
        ),
        title=_title(whole, currency, noun),
        description=f"A matrix of {noun}s by probability and impact, coloured by level, with number and exposure.",
    )


def _sum(cells: Sequence[RiskCell], probability: int, impact: int) -> RiskCell:
    here = [cell for cell in cells if (cell.probability, cell.impact) == (probability, impact)]
    count, exposure = sum(cell.count for cell in here), sum(cell.exposure for cell in here)
    return RiskCell(probability, impact, count, exposure, next((cell.url for cell in here if cell.url), ""))


def _row(cell: RiskCell, currency: str) -> Row:
    return {
        "probability": cell.probability,
        "impact": cell.impact,
        "probability_name": f"{cell.probability} {STEPS[cell.probability - 1]}",
        "impact_name": f"{cell.impact} {STEPS[cell.impact - 1]}",
        "level": cell.level,
        "count": cell.count,
        "exposure": cell.exposure,
        "count_label": words.number(cell.count) if cell.count else "",
        "exposure_label": words.money(cell.exposure, currency) if cell.count and cell.exposure else "",
        "url": cell.url,
    }


def _title(whole: Sequence[RiskCell], currency: str, noun: str) -> str:
    count, exposure = sum(cell.count for cell in whole), sum(cell.exposure for cell in whole)
    if not count:
        return f"No {noun} has a probability and an impact yet"
    grave = [cell for cell in whole if cell.level in list(LEVELS)[2:]]
    many, at_stake = sum(cell.count for cell in grave), sum(cell.exposure for cell in grave)
    verb = "is" if many == 1 else "are"
    head = f"{words.number(many)} of {words.counted(count, noun)} {verb} high or extreme"
    return (
        f"{head}, with {words.money(at_stake, currency)} of {words.money(exposure, currency)} exposure"
        if exposure
        else head
    )


@cache
def _spec() -> Spec:
    label = "slice(datum.value, 0, 1) + (width < 420 ? '' : ' ' + slice(datum.value, 2))"
    down = alt.Axis(title="Probability", labelExpr=label, grid=False)
    across = alt.Axis(
        title="Impact", labelExpr=label, grid=False, labelAngle=0, titleAnchor="start", labelOverlap=False
    )
    base = alt.Chart(parts.rows()).encode(
        x=alt.X("impact_name", type="ordinal", axis=across),
        y=alt.Y("probability_name", type="ordinal", sort="descending", axis=down),
    )
    held = alt.condition("datum.count > 0", alt.value(1), alt.value(0.28))
    scale = alt.Scale(domain=list(LEVELS), range=[parts.named(colour) for colour, _ in LEVELS.values()])
    legend = alt.Legend(title=None, symbolType="square", columns=parts.LEGEND_COLUMNS)
    cells = base.mark_rect(cursor="pointer", stroke=parts.named("page"), strokeWidth=2).encode(
        color=alt.Color("level", type="nominal", scale=scale, legend=legend), opacity=held
    )
    on_bright = alt.condition(
        "datum.level === '△ Moderate'", alt.value(parts.named("onbright")), alt.value(parts.named("page"))
    )
    number = base.mark_text(
        fontSize=15, fontWeight=600, dy=alt.ExprRef(expr="width < 420 ? 0 : -7"), cursor="pointer"
    )
    amount = base.mark_text(fontSize=11, dy=11, cursor="pointer", opacity=alt.ExprRef(expr="width < 420 ? 0 : 1"))
    return parts.finish(
        alt.layer(
            cells,
            number.encode(text=alt.Text("count_label", type="nominal"), color=on_bright),
            amount.encode(text=alt.Text("exposure_label", type="nominal"), color=on_bright),
        ),
        300,
    )
