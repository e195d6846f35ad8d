"""What plans come to, side by side: projects, value, cost by year, the fullest role, risk and themes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.authorisation.aims import aim_of
from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.periods import periods_of
from mainstay.authorisation.scenarios.queries import lines_for
from mainstay.authorisation.scenarios.totals import Cell, Totals, totals_of
from mainstay.charts import words
from mainstay.core.errors import Impossible
from mainstay.portfolio.models import Phase

SHOWN_THEMES = 8
NOTHING = "–"


@dataclass(frozen=True)
class Figure:
    """A figure over all plans, in words, with what it means."""

    label: str
    definition: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """The totals of one plan, with the scenario in whose time and limits they are counted."""

    scenario: Scenario
    totals: Totals
    value: str

    @property
    def by_year(self) -> dict[int, float]:
        """What is spent in each calendar year of the time planned."""
        periods, spent = periods_of(self.scenario), {}
        for place, amount in enumerate(self.totals.by_period):
            year = periods.start(place).year
            spent[year] = spent.get(year, 0.0) + amount
        return spent

    @property
    def fullest(self) -> tuple[str, Cell] | None:
        """The role and period that need the highest share of their hours."""
        cells = [(strip.name, cell) for strip in self.totals.roles for cell in strip.cells if cell.need]
        return max(cells, key=lambda one: one[1].need / one[1].room if one[1].room else float("inf"), default=None)


def sums_of(
    scenarios: list[Any], projects: list[Any], reader: Any, as_of: datetime | None = None
) -> list[Sum | None]:
    """What the plan of record and every scenario come to; None where what shall be most is no longer known."""
    ids = [scenario.row_id for scenario in scenarios]
    today = scenarios if as_of is None else [Scenario.objects.in_bulk(ids)[key] for key in ids]
    lines = [lines_for(scenario, as_of) for scenario in scenarios]
    of_them = [_sum(one, reader, found) for one, found in zip(today, lines, strict=True)]
    return [_sum(today[0], reader, _of_the_plan(projects)), *of_them]


def _sum(scenario: Scenario, reader: Any, lines: list[Any]) -> Sum | None:
    """Lines counted in the time and the limits of a scenario."""
    try:
        found = totals_of(scenario, frame_of(scenario, reader), lines)
        return Sum(scenario, found, aim_of(scenario).figure(round(found.value, 2)))
    except Impossible:
        return None


def _of_the_plan(projects: list[Any]) -> list[PlanLine]:
    """The plan of record as lines of a scenario."""
    committed = [row for row in projects if row.stage.phase == Phase.COMMITTED]
    return [PlanLine(project_id=row.row_id, is_in=True, start_date=row.start_date) for row in committed]


def figures_of(sums: list[Sum | None], ins: list[list[Any]]) -> Iterator[Figure]:
    """Every figure over the plans; `ins` holds the projects that are in each of them."""
    known = [one for one in sums if one]

    def told(label: str, definition: str, say: Callable[[Sum], str]) -> Figure:
        return Figure(label, definition, tuple(say(one) if one else NOTHING for one in sums))

    yield Figure("Projects in", "How many projects are in the plan.", tuple(str(len(rows)) for rows in ins))
    yield told("Value", "What the plan brings of what each scenario makes the most of.", lambda one: one.value)
    yield told(
        "Cost", "Whole-life cost of what is in, in the option planned.", lambda one: _money(one, one.totals.cost)
    )
    for year in sorted({year for one in known for year in one.by_year}):
        yield told(f"Cost {year}", "What is spent within the year, as far as it is planned.", _of_year(year))
    yield told(
        "Fullest role", "The role and period in which the highest share of the hours there are is needed.", _full
    )
    yield Figure("Risk", "The mean risk (0-100) of the projects that are in.", tuple(map(_risk, ins)))
    for theme in _themes(known):
        yield told(f"Share of {theme}", "Its share of the cost of the plan.", _of_theme(theme))


def _money(one: Sum, amount: float) -> str:
    return words.money(amount, one.scenario.currency)


def _of_year(year: int) -> Callable[[Sum], str]:
    return lambda one: _money(one, one.by_year[year]) if year in one.by_year else NOTHING


def _of_theme(theme: str) -> Callable[[Sum], str]:
    return lambda one: (
        words.percent(one.totals.themes.get(theme, 0.0) / one.totals.cost) if one.totals.cost else NOTHING
    )


def _full(one: Sum) -> str:
    if one.fullest is None:
        return NOTHING
    role, cell = one.fullest
    return f"{cell.share} ({role}, {cell.period})"


def _risk(rows: list[Any]) -> str:
    risks = [row.risk for row in rows if row.risk is not None]
    return words.number(sum(risks) / len(risks)) if risks else NOTHING


def _themes(known: list[Sum]) -> list[str]:
    """The themes that cost most over all plans."""
    cost: dict[str, float] = {}
    for one in known:
        for theme, amount in one.totals.themes.items():
            cost[theme] = cost.get(theme, 0.0) + amount
    return sorted(cost, key=lambda theme: (-cost[theme], theme))[:SHOWN_THEMES]
