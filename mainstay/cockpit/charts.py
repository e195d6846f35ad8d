"""The charts of a portfolio's dashboard, made from its facts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from mainstay.charts import Figure, words
from mainstay.charts.confidence import RatingCount, confidence
from mainstay.charts.cost_by_theme import ThemeCost, cost_by_theme
from mainstay.charts.ends_timeline import EndingQuarter, ends_timeline
from mainstay.charts.health import HealthCount, health
from mainstay.charts.stage_counts import StageCount, stage_counts
from mainstay.charts.value_risk import ValueRisk, value_risk
from mainstay.cockpit.queries.dashboard import Facts
from mainstay.cockpit.queries.sums import ALIVE, MOST_BUBBLES, OPEN, Bubble, by_currency
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Confidence, Health, Phase

QUARTERS_PAST, QUARTERS = 4, 16
NO_THEME = "No theme"


class Charts:
    """Draws the facts of one portfolio in its currency; every mark opens its records."""

    def __init__(self, facts: Facts, currency: str, links: Links, *, by_score: bool = False) -> None:
        self.facts, self.currency, self.links = facts, currency, links
        self.by_score = by_score and bool(facts.judged.model)

    def columns(self) -> tuple[list[Figure], list[Figure]]:
        """Every chart but the bubbles, in two columns of about the same height once the bubbles are in the first."""
        return [self.stages()], [self.health(), self.themes(), self.confidence(), self.ends()]

    def _sum(self, parts: Iterable[Any]) -> float:
        return float(self.facts.rates.convert(by_currency(parts), self.currency).amount)

    def stages(self) -> Figure:
        """Count and cost by stage."""
        rows = []
        for pk, stage in self.facts.stages.items():
            inside = [cell for cell in self.facts.cells if cell.stage == pk]
            if inside:
                url = self.links.records(stage=stage.key)
                rows.append(StageCount(stage.name, _count(inside), self._sum(inside), url))
        return stage_counts(rows, self.currency)

    def health(self) -> Figure:
        """How committed work is doing."""
        counts = _counted(self.facts.committed, lambda cell: cell.health)
        rows = [
            HealthCount(value, counts[value], url=self.links.records(Phase.COMMITTED, health=value))
            for value in Health.values
            if value in counts
        ]
        return health(rows)

    def confidence(self) -> Figure:
        """How sure the assurers are of committed work."""
        counts = _counted(self.facts.committed, lambda cell: cell.confidence)
        rows = [
            RatingCount(value, counts[value], self.links.records(Phase.COMMITTED, confidence=value))
            for value in Confidence.values
            if value in counts
        ]
        return confidence(rows)

    def themes(self) -> Figure:
        """Cost by theme."""
        rows = []
        for theme in self._theme_names():
            inside = [part for part in self.facts.themes if part.key == theme]
            without = sum(part.count - part.with_cost for part in inside)
            url = self.links.records(*ALIVE, theme=theme)
            rows.append(ThemeCost(theme or NO_THEME, _count(inside), self._sum(inside), without, url))
        return cost_by_theme(rows, self.currency, order=[row.theme for row in rows])

    def _theme_names(self) -> list[str]:
        return sorted({part.key for part in self.facts.themes})

    def bubbles(self) -> Figure:
        """Benefit, or score, against risk of what can still be decided on."""
        order = [theme or NO_THEME for theme in self._theme_names()]
        rows = [self._bubble(bubble) for bubble in self.facts.bubbles]
        unit = "points" if self.by_score else self.currency
        figure = value_risk(rows, self.currency, order=order, value_unit=unit, risk_unit="of 100")
        open_ones = _count(self.facts.cells_in(*OPEN))
        left = open_ones - len(rows)
        if left <= 0:
            return figure
        if len(rows) == MOST_BUBBLES:
            rest = f"These are the {MOST_BUBBLES} largest; {words.number(left)} more are not drawn."
        else:
            rest = f"{words.counted(left, 'more project')} without a cost or a risk."
        return replace(figure, description=f"{figure.description} {rest}")

    def _bubble(self, one: Bubble) -> ValueRisk:
        theme, url = one.theme or NO_THEME, self.links.project(one.code)
        score, benefit = self.facts.judged.scores.get(one.pk), self._amount(one.benefit, one.currency)
        value = score if self.by_score else benefit
        return ValueRisk(one.name, one.risk, value, self._amount(one.cost, one.currency), theme, url)

    def _amount(self, amount: Decimal | None, currency: str) -> float | None:
        if amount is None:
            return None
        converted = self.facts.rates.convert({currency: amount}, self.currency)
        return float(converted.amount) if converted.is_whole else None

    def ends(self) -> Figure:
        """How many projects end in which quarter, from a year ago to three years ahead."""
        today = self.facts.on_date
        this_quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        rows = []
        for number in range(-QUARTERS_PAST, QUARTERS - QUARTERS_PAST):
            first, after = month_after(this_quarter, 3 * number), month_after(this_quarter, 3 * number + 3)
            last = after - timedelta(days=1)
            count = sum(n for month, n in self.facts.ends.items() if month and first <= month < after)
            label = f"{first.year} Q{first.month // 3 + 1}"
            rows.append(EndingQuarter(label, first, last, count, self.links.ending(first, last)))
        return self._with_the_rest(ends_timeline(rows, today), rows)

    def _with_the_rest(self, figure: Figure, rows: list[EndingQuarter]) -> Figure:
        ends = self.facts.ends
        later = sum(n for month, n in ends.items() if month and month > rows[-1].end_date)
        earlier = sum(n for month, n in ends.items() if month and month < rows[0].start_date)
        outside = [
            f"{words.number(count)} {text}"
            for count, text in ((earlier, "ended before"), (later, "end later"), (ends.get(None, 0), "give no end"))
            if count
        ]
        if not outside:
            return figure
        return replace(figure, description=f"{figure.description} Not shown: {words.listed(outside)}.")


def _count(parts: Iterable[Any]) -> int:
    return sum(part.count for part in parts)


def _counted(cells: Iterable[Any], key: Callable[[Any], str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cell in cells:
        counts[key(cell)] = counts.get(key(cell), 0) + cell.count
    return counts
