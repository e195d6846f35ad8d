"""What the filter bar, the filter page and the column choice offer, with what is chosen now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainstay.core.models import Person
from mainstay.portfolio.inventory import Inventory
from mainstay.portfolio.models import Confidence, Health, Phase
from mainstay.portfolio.queries import Column, Kind, ProjectFilter, columns
from mainstay.portfolio.queries.filters import PARAMETERS
from mainstay.portfolio.queries.remember import remembered
from mainstay.portfolio.queries.words import NONE

MOST_OFFERED = 500
MOST_AT_ONCE = 12
EM_SPACE = "\N{EM SPACE}"


@dataclass(frozen=True)
class Option:
    """One choice of a menu."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Control:
    """One field of the filter page: a menu, or an input of some type."""

    name: str
    label: str
    options: list[Option] | None = None
    kind: str = "text"
    value: str = ""
    upper: "Control | None" = None
    """The field of the upper bound, where this one is the lower bound of a range."""

    @property
    def is_short(self) -> bool:
        """Whether its options can all be seen at once."""
        return self.name != "portfolio" and len(self.options or []) <= MOST_AT_ONCE

    @property
    def chosen(self) -> list[Option]:
        """The options chosen now."""
        return [option for option in self.options or [] if option.is_chosen]


class FilterChoices:
    """The menus of a filter for its reader; what lies in many rows is remembered until something changes."""

    def __init__(self, narrowed: ProjectFilter, state: tuple[Any, ...]) -> None:
        self.filter, self.reading, self.state = narrowed, narrowed.reading, state

    def _menu(self, name: str, pairs: Iterable[tuple[str, str]]) -> Control:
        chosen = {word for text in self.filter.texts.get(name, ()) for word in (text, *text.split(","))}
        options = [Option(value, label, value in chosen) for value, label in pairs]
        return Control(name, PARAMETERS[name][0] if name in PARAMETERS else name, options)

    @property
    def bar(self) -> list[Control]:
        """The menus of the filter bar."""
        return [self.portfolio, self.stage, self.health, self.theme]

    @cached_property
    def portfolio(self) -> Control:
        """Portfolios as a tree."""
        rows = self.reading.portfolios.values()
        return self._menu("portfolio", [(row.code, EM_SPACE * row.depth + row.name) for row in rows])

    @cached_property
    def stage(self) -> Control:
        """The stages of the life cycle."""
        return self._menu("stage", [(stage.key, stage.name) for stage in self.reading.stages.values()])

    @cached_property
    def health(self) -> Control:
        """How projects are doing."""
        return self._menu("health", _with_none(Health))

    @cached_property
    def theme(self) -> Control:
        """The themes that occur."""
        return self._menu("theme", [*((t, t) for t in self._distinct("theme") if t), (NONE, "No theme")])

    def _distinct(self, path: str) -> list[Any]:
        def read() -> list[Any]:
            rows = self.reading.projects().order_by(path).values_list(path, flat=True).distinct()
            return list(rows[:MOST_OFFERED])

        return remembered(self.reading, f"distinct {path}", read, self.state)

    def _people(self, name: str) -> Control:
        ids = self._distinct(f"{name}_id")
        people = Person.objects.filter(pk__in=[pk for pk in ids if pk]).order_by("name")
        named = list(people.values_list("username", "name"))
        return self._menu(name, [("me", "Me"), *named, (NONE, "Nobody")])

    def all(self) -> Iterator[Control]:
        """Every field of the filter page."""
        yield Control("q", "Text in code, name or description", value=self.filter.first("q"))
        yield self.portfolio
        programmes = [(row.code, row.name) for row in self.reading.programmes.values()]
        yield self._menu("programme", [*programmes, (NONE, "No programme")])
        yield self.stage
        yield self._menu("phase", Phase.choices)
        yield self.health
        yield self._menu("confidence", _with_none(Confidence))
        yield self.theme
        yield self._people("owner")
        yield self._people("manager")
        yield from self._bounds()
        for column in columns(self.reading).values():
            yield from self._custom(column)

    def _bounds(self) -> Iterator[Control]:
        for name, label in (("cost", "Cost"), ("benefit", "Benefit"), ("risk", "Risk")):
            yield self._range(name, label, "number")
        yield self._menu("cost", [("given", "Gives a cost"), (NONE, "Gives no cost")])
        for name, label in (("start", "Start"), ("end", "End")):
            yield self._range(name, label, "date")

    def _range(self, name: str, label: str, kind: str) -> Control:
        low, high = (f"{name}_min", f"{name}_max") if kind == "number" else (f"{name}_from", f"{name}_to")
        upper = Control(high, label, kind=kind, value=self.filter.first(high))
        return Control(low, label, kind=kind, value=self.filter.first(low), upper=upper)

    def _custom(self, column: Column) -> Iterator[Control]:
        if not column.name.startswith("custom."):
            return
        if column.kind in {Kind.CHOICE, Kind.YES_NO}:
            pairs = column.options or (("yes", "Yes"), ("no", "No"))
            menu = self._menu(column.name, [*pairs, (NONE, "Not said")])
            yield Control(column.name, column.label, menu.options)
        elif column.is_numeric or column.kind is Kind.DATE:
            yield self._range(column.name, column.label, "number" if column.is_numeric else "date")
        else:
            yield Control(column.name, column.label, value=self.filter.first(column.name))


def _with_none(choices: Any) -> list[tuple[str, str]]:
    return [(value or NONE, label) for value, label in choices.choices]


class ColumnChoice:
    """The columns in the order of the list, those not shown after them; and what it can be grouped and sorted by."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        known = columns(inventory.reading)
        shown = [column.name for column in inventory.columns]
        self.columns = [*inventory.columns, *(column for column in known.values() if column.name not in shown)]
        self.shown = frozenset(shown)
        self.groups = [column for column in known.values() if column.may_group]

    @property
    def lines(self) -> list[Option]:
        """Every column, ticked where it is shown; the name always is."""
        return [Option(c.name, c.label, c.name in self.shown) for c in self.columns if c.name != "name"]

    @property
    def group_options(self) -> list[Option]:
        """What the list can be grouped by."""
        chosen = self.inventory.group
        return [Option(c.name, c.label, chosen is not None and c.name == chosen.name) for c in self.groups]
