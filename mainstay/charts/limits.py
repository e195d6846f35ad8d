"""What a plan uses of each limit it was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec


@dataclass(frozen=True, slots=True)
class LimitUse:
    """One limit of a plan: what is used and available, in its unit, and whether it holds projects back."""

    limit: str
    used: float
    available: float
    unit: str = ""
    binding: bool = False
    url: str = ""


def limits(uses: Sequence[LimitUse]) -> Figure:
    """Bars of the used share of each limit, fullest first; limits that bind are marked with colour and word.

    >>> limits([LimitUse("Money", 3e6, 3e6, "GBP", True), LimitUse("Engineers", 4, 8, "FTE")]).title
    'Money binds; Engineers has room'
    """
    rows = sorted((_row(use) for use in uses), key=lambda row: (-row["share"], row["limit"]))
    return Figure(
        spec=_spec(),
        rows=tuple(rows),
        columns=(
            Column("Limit", "limit"),
            Column("Used", "used", "number"),
            Column("Available", "available", "number"),
            Column("Unit", "unit"),
            Column("Used share", "share", "percent"),
            Column("State", "state"),
        ),
        title=_title(uses),
        description=(
            "Bars of the share of each limit that the plan uses; a limit binds when a project left out does not fit "
            "into what is left of it."
        ),
        params={"reach": max((row["share"] for row in rows), default=1.0) or 1.0},
    )


def _row(use: LimitUse) -> Row:
    share = use.used / use.available if use.available else float(use.used > 0)
    state = "Binds" if use.binding else "Has room"
    amounts = _amounts(use)
    return {
        "limit": use.limit,
        "used": use.used,
        "available": use.available,
        "unit": use.unit,
        "share": share,
        "state": state,
        "label": f"{words.percent(share)} · {amounts}{' · binds' if use.binding else ''}",
        "url": use.url,
    }


def _amounts(use: LimitUse) -> str:
    """Used of available in the limit's unit: currencies stand in front, other units behind."""
    used, available = words.compact(use.used), words.compact(use.available)
    is_currency = len(use.unit) == 3 and use.unit.isupper() and use.unit.isalpha()
    return f"{use.unit} {used} of {available}" if is_currency else f"{used} of {available} {use.unit}".strip()


def _title(uses: Sequence[LimitUse]) -> str:
    binding = [use.limit for use in uses if use.binding]
    free = [use.limit for use in uses if not use.binding]
    if not uses:
        return "The plan has no limits"
    if not binding:
        return "No limit binds: everything worth choosing fits"
    head = f"{words.listed(binding[:3])} {'binds' if len(binding) == 1 else 'bind'}"
    if len(binding) > 3:
        head = f"{len(binding)} of {len(uses)} limits bind"
    return head + (f"; {words.listed(free)} {'has' if len(free) == 1 else 'have'} room" if 0 < len(free) < 3 else "")


@cache
def _spec() -> Spec:
    base = alt.Chart(parts.rows()).encode(
        y=parts.names("limit"), x=parts.lengths("share", "Share of the limit used", share=True)
    )
    scale = alt.Scale(domain=["Binds", "Has room"], range=[parts.named("accent"), parts.named("past")])
    bars = base.mark_bar(cursor="pointer").encode(color=alt.Color("state", type="nominal", scale=scale, legend=None))
    return parts.finish(alt.layer(bars, parts.label(base, "label")))
