"""The figures of a portfolio's dashboard: each with its definition, its trend, and the way to its records."""

from collections.abc import Iterable
from typing import Any

from mainstay.charts import words
from mainstay.cockpit.queries.dashboard import Facts
from mainstay.cockpit.queries.sums import ALIVE, DOUBTFUL, TROUBLED, Cell, Past, by_currency
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import Indicator, Links
from mainstay.portfolio.models import Phase
from mainstay.value.queries import Converted

HIDDEN = "Not open to you"
DEFINITIONS = {
    "projects": "Everything in the pipeline, committed or finished, here and in the portfolios below.",
    "cost": "The sum of the whole-life costs of these projects, converted at the latest exchange rates.",
    "benefit": "The sum of the whole-life benefits of these projects, converted at the latest exchange rates.",
    "return": "Benefits less costs, divided by costs, over the projects that give both; not discounted.",
    "committed": "The whole-life cost of what is authorised, running, on hold or closing.",
    "troubled": "Committed projects whose manager reports them at risk or off track.",
}


class Tiles:
    """The figures of one portfolio in its currency."""

    def __init__(self, facts: Facts, currency: str, links: Links, *, may_see_all_figures: bool) -> None:
        self.facts, self.currency, self.links = facts, currency, links
        self.qualifier = "" if may_see_all_figures else " that you may see"

    def all(self) -> list[Indicator]:
        """Every figure, in its order."""
        return [
            self.projects(),
            self.amount("Whole-life cost", "cost", ALIVE, "cost"),
            self.amount("Whole-life benefit", "benefit", ALIVE, "benefit"),
            self.planned_return(),
            self.amount("Committed", "cost", (Phase.COMMITTED,), "committed"),
            self.troubled(),
        ]

    @property
    def finding(self) -> str:
        """The state of the portfolio in one sentence."""
        alive, committed = self.facts.alive, self.facts.committed
        if not _count(alive):
            return "Nothing is proposed here yet."
        cost = self._converted(alive, "cost")
        money = f" for {words.money(float(cost.amount), self.currency)}" if cost.amount else ""
        sentence = f"{words.counted(_count(alive), 'project')}{money}"
        if not _count(committed):
            return f"{sentence}; none is committed yet."
        return f"{sentence}; {self._course(committed)}."

    def _course(self, committed: list[Cell]) -> str:
        """How committed work is doing: by its own reports, else by what the assurers say."""
        whole, silent = _count(committed), _count(cell for cell in committed if not cell.health)
        if silent < whole:
            troubled = _count(cell for cell in committed if cell.health in TROUBLED)
            verb = "is" if troubled == 1 else "are"
            return f"{words.number(troubled)} of {words.number(whole)} committed {verb} at risk or off track"
        rated = _count(cell for cell in committed if cell.confidence)
        if not rated:
            return f"none of {words.number(whole)} committed has reported its health"
        doubtful = _count(cell for cell in committed if cell.confidence in DOUBTFUL)
        verb = "is" if doubtful == 1 else "are"
        return f"delivery of {words.number(doubtful)} of {words.number(rated)} rated {verb} in doubt"

    def _converted(self, cells: Iterable[Cell | Past], name: str) -> Converted:
        return self.facts.rates.convert(by_currency(cells, name), self.currency)

    def projects(self) -> Indicator:
        """How many there are."""
        count, dropped = _count(self.facts.alive), _count(self.facts.cells_in(Phase.DROPPED))
        waiting = _count(self.facts.cells_in(Phase.PIPELINE))
        parts = [f"{words.number(waiting)} wait for a decision" if waiting else ""]
        parts.append(f"without {words.number(dropped)} rejected or cancelled" if dropped else "")
        comparison = "; ".join(part for part in parts if part)
        then = _count(self.facts.before_in(*ALIVE))
        return Indicator(
            "Projects",
            words.number(count),
            DEFINITIONS["projects"],
            self.links.records(*ALIVE),
            comparison,
            self._trend(count - then),
        )

    def _trend(self, change: float, text: str = "") -> str:
        if not self.facts.before or not change:
            return ""
        return f"{text or words.signed(change)} since {day(self.facts.before_date)}"

    def amount(self, label: str, name: str, phases: tuple[str, ...], definition: str) -> Indicator:
        """A sum of money over some phases; what gives no figure or has no rate is counted and said."""
        cells = self.facts.cells_in(*phases)
        given, count = sum(getattr(cell, f"with_{name}") for cell in cells), _count(cells)
        total = self._converted(cells, name)
        then = self._converted(self.facts.before_in(*phases), name)
        change = float(total.amount - then.amount)
        sign = "+" if change > 0 else "\N{MINUS SIGN}"
        return Indicator(
            label,
            words.money(float(total.amount), self.currency) if given else HIDDEN if self.qualifier else words.MISSING,
            DEFINITIONS[definition],
            self.links.records(*phases, **{name: "given"}),
            self._given(given, count, name),
            self._trend(change, f"{sign}{words.money(abs(change), self.currency)}"),
            note=self._left_out(total),
        )

    def _given(self, given: int, count: int, name: str) -> str:
        if given == count:
            return f"all {words.number(count)} give a {name}" if count else ""
        verb = "gives" if given == 1 else "give"
        return f"{words.number(given)} of {words.number(count)} {verb} a {name}{self.qualifier}"

    def _left_out(self, total: Converted) -> str:
        if total.is_whole:
            return ""
        amounts = [words.money(float(amount), code) for code, amount in sorted(total.left_out.items())]
        return f"without {words.listed(amounts)}: no exchange rate"

    def planned_return(self) -> Indicator:
        """Return on investment over the projects that give both figures."""
        cells = self.facts.alive
        cost, benefit = self._converted(cells, "weighed_cost"), self._converted(cells, "weighed_benefit")
        weighed = sum(cell.weighed for cell in cells)
        share = float((benefit.amount - cost.amount) / cost.amount) if cost.amount else None
        missing = HIDDEN if self.qualifier and not weighed else words.MISSING
        return Indicator(
            "Planned return",
            missing if share is None else words.percent(share),
            DEFINITIONS["return"],
            self.links.records(*ALIVE, cost="given", benefit="given"),
            f"over {words.counted(weighed, 'project')} with both figures" if weighed else "",
            note=self._left_out(cost),
        )

    def troubled(self) -> Indicator:
        """The share of committed work that is at risk or off track."""
        committed = self.facts.committed
        count = _count(cell for cell in committed if cell.health in TROUBLED)
        before = self.facts.before_in(Phase.COMMITTED)
        change = count - _count(cell for cell in before if cell.health in TROUBLED)
        whole, silent = _count(committed), _count(cell for cell in committed if not cell.health)
        return Indicator(
            "At risk or off track",
            words.percent(count / whole) if silent < whole else words.MISSING,
            DEFINITIONS["troubled"],
            self.links.records(Phase.COMMITTED, health=TROUBLED),
            f"{words.number(count)} of {words.number(whole)} committed" if whole else "nothing is committed",
            self._trend(change),
            note=f"{words.number(silent)} not reported" if silent else "",
        )


def _count(parts: Iterable[Any]) -> int:
    return sum(part.count for part in parts)
