"""Which candidates belong to the best plan however things come out: the core index of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Row, Spec

_NEARLY = 0.005
STATES = {
    "core": ("\N{BLACK CIRCLE} Core: always in", "good"),
    "borderline": ("\N{BLACK UP-POINTING TRIANGLE} Borderline: it depends", "warn"),
    "exterior": ("\N{EN DASH} Exterior: never in", "none"),
}


@dataclass(frozen=True, slots=True)
class Index:
    """A candidate: in which share of cases it is in the best plan, between which that may truly lie, its place."""

    candidate: str
    share: float
    low: float
    high: float
    place: str
    chosen: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        """A place outside core, borderline and exterior is refused."""
        if self.place not in STATES:
            raise ValueError(f"Unknown place: {self.place!r}")


def core_index(indexes: Sequence[Index], *, most: int = 40) -> Figure:
    """Bars of the core index, the highest first, with the interval of its sampling error (95 of 100).

    At most `most` candidates are drawn, borderline ones before others; the description says how many are not.
    Source: Liesiö, Mild and Salo, Preference programming for robust portfolio modeling, 2007.

    >>> core_index([Index("A", 1.0, 0.98, 1.0, "core"), Index("B", 0.4, 0.33, 0.47, "borderline")]).title
    '1 of 2 candidates is always in the best plan, 0 never; 1 depends on how things come out'
    """
    shown = _shown(indexes, most)
    missing = len(indexes) - len(shown)
    return Figure(
        spec=_spec(),
        rows=tuple(_row(each) for each in shown),
        columns=(
            Column("Candidate", "candidate"),
            Column("Core index", "share", "percent"),
            Column("At least", "low", "percent"),
            Column("At most", "high", "percent"),
            Column("In the plan", "chosen"),
            Column("Place", "state"),
        ),
        title=_title(indexes),
        description="Bars of the share of cases in which a candidate is in the best plan, with its sampling error."
        + (f" {words.counted(missing, 'candidate')} left out." if missing else ""),
        params={"reach": 1.0},
    )


def _shown(indexes: Sequence[Index], most: int) -> list[Index]:
    doubtful = sorted(indexes, key=lambda each: (each.place != "borderline", -each.share, each.candidate))
    return sorted(doubtful[:most], key=lambda each: (-each.share, each.candidate))


def _row(each: Index) -> Row:
    return {
        "candidate": each.candidate,
        "share": each.share,
        "low": each.low,
        "high": each.high,
        "chosen": "Yes" if each.chosen else "No",
        "state": STATES[each.place][0],
        "label": f"{_written(each)}{' · in the plan' if each.chosen else ''}",
        "url": each.url,
    }


def _written(each: Index) -> str:
    """The share in whole per cent, with a decimal where it would read as always or never and is not."""
    is_near_an_end = each.place == "borderline" and not _NEARLY <= each.share <= 1 - _NEARLY
    return words.percent(each.share, 1 if is_near_an_end else 0)


def _title(indexes: Sequence[Index]) -> str:
    if not indexes:
        return "There is no candidate yet"
    places = [each.place for each in indexes]
    core, doubtful, out = (places.count(place) for place in STATES)
    head = (
        f"{core} of {words.counted(len(indexes), 'candidate')} {'is' if core == 1 else 'are'} always in the best plan"
    )
    return f"{head}, {out} never; {doubtful} {'depends' if doubtful == 1 else 'depend'} on how things come out"


@cache
def _spec() -> Spec:
    base = alt.Chart(parts.rows()).encode(
        y=parts.names("candidate"),
        x=parts.lengths("share", "Share of cases in which it is in the best plan", share=True),
    )
    bars = base.mark_bar(cursor="pointer").encode(
        color=parts.status_colour("state", dict(STATES.values()), legend=True)
    )
    spans = alt.Chart(parts.rows()).mark_rule(color=parts.named("ink"), strokeWidth=1.5)
    error = spans.encode(y=parts.names("candidate"), x=alt.X("low", type="quantitative"), x2=alt.X2("high"))
    text = base.mark_text(align="left", dx=8, baseline="middle").encode(
        x=alt.X("high", type="quantitative"), text=alt.Text("label", type="nominal")
    )
    return parts.finish(alt.layer(bars, error, text))
