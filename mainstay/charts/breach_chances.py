"""How likely each limit is to be passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

STATES = {
    "\N{BLACK DIAMOND} Likely": "bad",
    "\N{BLACK UP-POINTING TRIANGLE} Possible": "warn",
    "\N{BLACK CIRCLE} Unlikely": "good",
}
LIKELY, POSSIBLE, UNLIKELY = STATES
_LIKELY, _POSSIBLE = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class BreachChance:
    """A limit and the chance, 0 to 1, that it is exceeded; its standard error; what would hold in 8 of 10 cases."""

    limit: str
    chance: float
    error: float = 0.0
    available: float | None = None
    p80: float | None = None
    unit: str = ""


def breach_chances(chances: Sequence[BreachChance]) -> Figure:
    """Bars of the chance that each limit is exceeded, the likeliest first; from one half on it is likely.

    >>> breach_chances([BreachChance("Budget", 0.76), BreachChance("Days", 0.1)]).title
    'Budget is exceeded in 76 of 100 cases; 1 of 2 limits is safe in 8 of 10'
    """
    ranked = sorted(chances, key=lambda each: (-each.chance, each.limit))
    return Figure(
        spec=_spec(),
        rows=tuple(_row(each) for each in ranked),
        columns=(
            Column("Limit", "limit"),
            Column("Chance that it is exceeded", "chance", "percent"),
            Column("Sampling error", "error_told"),
            Column("Limit at", "available", "number"),
            Column("Enough in 8 of 10 cases", "p80", "number"),
            Column("Unit", "unit"),
            Column("State", "state"),
        ),
        title=_title(ranked),
        description="Bars of the chance that each limit is exceeded, the likeliest first.",
        params={"reach": 1.0},
    )


def _row(each: BreachChance) -> Row:
    return {
        "limit": each.limit,
        "chance": each.chance,
        "error_told": f"± {words.percent(2 * each.error, 1)}",
        "available": each.available,
        "p80": each.p80,
        "unit": each.unit,
        "state": _state(each.chance),
        "label": words.percent(each.chance),
    }


def _state(chance: float) -> str:
    return LIKELY if chance >= _LIKELY else POSSIBLE if chance >= _POSSIBLE else UNLIKELY


def _title(ranked: Sequence[BreachChance]) -> str:
    if not ranked:
        return "The plan has no limits"
    first = ranked[0]
    if first.chance == 0:
        return "No limit is ever passed"
    head = f"{first.limit} is exceeded in {words.number(round(first.chance * 100))} of 100 cases"
    if len(ranked) == 1:
        return head
    safe = sum(each.chance < _POSSIBLE for each in ranked)
    return f"{head}; {safe} of {words.counted(len(ranked), 'limit')} {'is' if safe == 1 else 'are'} safe in 8 of 10"


@cache
def _spec() -> Spec:
    base = alt.Chart(parts.rows()).encode(y=parts.names("limit"), x=parts.lengths("chance", "Chance", share=True))
    bars = base.mark_bar().encode(color=parts.status_colour("state", STATES, legend=False))
    return parts.finish(alt.layer(bars, parts.label(base, "label")))
