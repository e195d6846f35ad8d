"""How sure the assurers are: delivery confidence from green to red."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {
    "green": ("\N{BLACK CIRCLE} Green", "good"),
    "amber_green": ("\N{WHITE CIRCLE} Amber/green", "fair"),
    "amber": ("\N{BLACK UP-POINTING TRIANGLE} Amber", "warn"),
    "amber_red": ("\N{WHITE UP-POINTING TRIANGLE} Amber/red", "poor"),
    "red": ("\N{BLACK DIAMOND} Red", "bad"),
    "": ("\N{EN DASH} Not rated", "none"),
}


@dataclass(frozen=True, slots=True)
class RatingCount:
    """Projects with one delivery confidence: green to red in five steps, or empty for not rated."""

    rating: str
    count: int
    url: str = ""

    def __post_init__(self) -> None:
        """A rating outside the scale is refused."""
        if self.rating not in STATES:
            raise ValueError(f"Unknown delivery confidence: {self.rating!r}")


def confidence(ratings: Sequence[RatingCount]) -> Figure:
    """Bars of projects by delivery confidence, from green to red, those not rated last.

    >>> confidence([RatingCount("green", 4), RatingCount("red", 1), RatingCount("", 3)]).title
    '1 of 5 rated projects is red or amber/red; 3 are not rated'
    """
    known = {row.rating: row for row in ratings}
    ordered = [known[rating] for rating in STATES if rating in known]
    total = sum(row.count for row in ordered)
    return Figure(
        spec=_spec(),
        rows=tuple(_row(row, total) for row in ordered),
        columns=(
            Column("Delivery confidence", "state"),
            Column("Projects", "count", "number"),
            Column("Share", "share", "percent"),
        ),
        title=_title(known),
        description="Bars of the number of projects by delivery confidence, from green to red.",
        params={"reach": max((row.count for row in ordered), default=1) or 1},
    )


def _row(row: RatingCount, total: int) -> Row:
    share = row.count / total if total else None
    return {"state": STATES[row.rating][0], "count": row.count, "share": share, "url": row.url}


def _title(known: dict[str, RatingCount]) -> str:
    counts = {rating: row.count for rating, row in known.items()}
    missing = counts.pop("", 0)
    rated = sum(counts.values())
    if rated == 0:
        return "No project has a delivery confidence yet"
    doubtful = counts.get("red", 0) + counts.get("amber_red", 0)
    verb = "is" if doubtful == 1 else "are"
    tail = f"; {words.number(missing)} {'is' if missing == 1 else 'are'} not rated" if missing else ""
    share = f"{words.number(doubtful)} of {words.counted(rated, 'rated project')}"
    return f"{share} {verb} red or amber/red{tail}"


@cache
def _spec() -> Spec:
    base = alt.Chart(parts.rows()).encode(y=parts.names("state"), x=parts.lengths("count", "Projects"))
    colour = parts.status_colour("state", dict(STATES.values()), legend=False)
    bars = base.mark_bar(cursor="pointer").encode(color=colour)
    return parts.finish(alt.layer(bars, parts.label(base, "count")))
