"""The inventory as one person asked for it: rows, groups, sums and the ways on from here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mainstay.core.errors import Unreadable
from mainstay.core.exchange import FORMATS
from mainstay.portfolio.cells import Cells
from mainstay.portfolio.models import Phase
from mainstay.portfolio.queries import (
    Column,
    Group,
    ProjectFilter,
    Reading,
    SortKey,
    Totals,
    chosen_columns,
    columns,
    grouped,
    sort_keys,
    sorted_by,
    with_columns,
)
from mainstay.portfolio.queries.columns import COLUMNS, column_named
from mainstay.portfolio.queries.figures import by_stage
from mainstay.portfolio.queries.remember import newest, remembered

PAGE_ROWS = 100
# What the page itself reads from its address, besides the filter.
OWN = frozenset({"sort", "group", "columns", "column", "page", "as_of", "format"})
BAR = frozenset({"q", "portfolio", "stage", "health", "theme", "page"})


@dataclass
class Section:
    """Rows under a heading; a list that is not grouped has one without a heading."""

    rows: list[dict[str, str]]
    label: str = ""
    group: Group | None = None


class Inventory:
    """The list behind one address, for one person."""

    def __init__(self, query: Any, user: Any, as_of: Any = None) -> None:
        self.query = query
        self.reading = Reading(user, as_of)
        self.filter = ProjectFilter.read(query, self.reading, OWN)
        self.columns = _with_name(chosen_columns(_named_columns(query), self.reading))
        self.sort = query.get("sort", "")
        self.keys = sort_keys(self.sort, self.reading)
        self.group = self._group(query.get("group", ""))
        self.url = reverse("projects")

    def _group(self, name: str) -> Column | None:
        if not name:
            return None
        column = column_named(name, columns(self.reading))
        if not column.may_group:
            raise Unreadable(f"A list cannot be grouped by {column.label.lower()}.")
        return column

    @cached_property
    def stages(self) -> dict[int, Totals]:
        """Count and cost by stage whatever phase was asked for: the quick filters and the totals come from it."""
        rest = self.filter.without("phase")
        return remembered(self.reading, f"stages?{rest.query}", lambda: by_stage(rest.apply()), self.state)

    @cached_property
    def state(self) -> tuple[Any, ...]:
        """The state of the register in which the page is made."""
        return newest()

    @cached_property
    def totals(self) -> Totals:
        """Count and cost of the whole list, not only of this page."""
        phases = self._phases
        chosen = [part for pk, part in self.stages.items() if self._phase_of(pk) in phases]
        return Totals.of(chosen)

    @property
    def _phases(self) -> set[str]:
        asked = {word for text in self.filter.texts.get("phase", ()) for word in text.split(",")}
        return asked or set(Phase.values)

    def _phase_of(self, stage_id: int) -> str:
        return str(self.reading.stages[stage_id].phase)

    @property
    def quick_filters(self) -> list[dict[str, Any]]:
        """All, and each phase, with their counts."""
        counts = dict.fromkeys(Phase.values, 0)
        for pk, part in self.stages.items():
            counts[self._phase_of(pk)] += part.count
        asked = self.filter.first("phase")
        entries = [("", "All", sum(counts.values())), *((p.value, p.label, counts[p]) for p in Phase)]
        return [
            {"label": label, "count": count, "url": self.address(phase=value, page=""), "is_current": asked == value}
            for value, label, count in entries
        ]

    @cached_property
    def page_count(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.totals.count // PAGE_ROWS))

    @cached_property
    def page(self) -> int:
        """The page asked for, or the last one where there are fewer."""
        text = self.query.get("page", "") or "1"
        if not text.isdecimal() or len(text) > 6 or text == "0":
            raise Unreadable("Pages are numbered from 1.")
        return min(int(text), self.page_count)

    @property
    def first_row(self) -> int:
        """The number of the first row on this page."""
        return (self.page - 1) * PAGE_ROWS + 1

    @property
    def last_row(self) -> int:
        """The number of the last row on this page."""
        return min(self.page * PAGE_ROWS, self.totals.count)

    def ordered(self) -> Any:
        """Every project of the list in its order, with what its columns read."""
        shown = [*self.columns, *([self.group] if self.group else [])]
        rows = with_columns(self.filter.apply(), shown, self.reading)
        return sorted_by(rows, self.sort, self.reading, first=self.group)

    def ordered_values(self) -> Any:
        """What the columns read of every project of the list, in its order."""
        read = [*self.columns, *([self.group] if self.group else [])]
        return self.ordered().values(*dict.fromkeys(["code", "name", "currency", *(column.path for column in read)]))

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The values of the rows on this page."""
        start = self.first_row - 1
        return list(self.ordered_values()[start : start + PAGE_ROWS])

    @cached_property
    def sections(self) -> list[Section]:
        """The rows of this page, under their headings where the list is grouped."""
        group = self.group
        shown = [*self.columns, *([group] if group else [])]
        cells = Cells(self.reading, shown, self.records)
        if group is None:
            return [Section([self._row(cells, record) for record in self.records])]
        groups = grouped(self.filter.apply(), group, self.reading)
        sections: list[Section] = []
        value: Any = object()
        for record in self.records:
            if record[group.path] != value:
                value = record[group.path]
                label = cells.show(group, value) or f"No {group.label.lower()}"
                sections.append(Section([], label, groups.get(value)))
            sections[-1].rows.append(self._row(cells, record))
        return sections

    def _row(self, cells: Cells, record: dict[str, Any]) -> dict[str, str]:
        """What each column shows for a project, and under `@url` where it opens."""
        row = {"@url": f"{self.url}{record['code']}/", "code": record["code"], "name": record["name"]}
        for column in self.columns:
            row[column.name] = cells.show(column, record[column.path], record["currency"])
        return row

    @property
    def cells(self) -> list[Column]:
        """The columns after the name, which heads each row."""
        return self.columns[1:]

    @property
    def chips(self) -> list[dict[str, str]]:
        """What the list is narrowed to, each with the way to let it go."""
        said = self.filter.said()
        return [
            {"label": label, "text": text, "url": self.address(**{name: ""}, page="")} for name, label, text in said
        ]

    @property
    def here(self) -> str:
        """This list's own address."""
        return self.address()

    @property
    def all_query(self) -> str:
        """The address for changing every project of the list."""
        return f"?{urlencode({'all': '1', 'back': self.here})}&{self.filter.query}"

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The formats of a file with this list, each with its address."""
        base = reverse("inventory_export")
        return [(format.upper(), f"{base}{self.address(page='', format=format)}") for format in FORMATS]

    @property
    def previous_url(self) -> str:
        """The page before this one."""
        return self.address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after this one."""
        return self.address(page=str(self.page + 1)) if self.page < self.page_count else ""

    @property
    def width(self) -> int:
        """How many columns a heading of a group spans."""
        return len(self.columns) + 1

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that the filter bar has no field for, so that it keeps them."""
        return self._pairs(lambda name: name not in BAR)

    @property
    def narrowing(self) -> list[tuple[str, str]]:
        """The parameters that decide which projects are listed."""
        return self._pairs(lambda name: name not in OWN or name in {"as_of", "sort"})

    @property
    def arrangement(self) -> list[tuple[str, str]]:
        """The parameters that decide how the list looks."""
        return self._pairs(lambda name: name in OWN and name != "page")

    def _pairs(self, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
        names = [name for name in self.query if wanted(name)]
        return [(name, text) for name in names for text in self.query.getlist(name) if text]

    @property
    def headings(self) -> Iterator[dict[str, Any]]:
        """The columns with the way to sort by each: once up, once down."""
        first = self.keys[0]
        for column in self.columns:
            is_sorted = column.name == first.column.name
            key = SortKey(column, is_sorted and not first.is_descending)
            direction = ("descending" if first.is_descending else "ascending") if is_sorted else ""
            url = self.address(sort=key.text, page="")
            yield {"column": column, "url": url, "direction": direction}

    def address(self, **changed: str) -> str:
        """This list's address with some parameters changed; an empty text lets one go."""
        kept = self._pairs(lambda name: name not in changed)
        pairs = kept + [(name, text) for name, text in changed.items() if text]
        return f"?{urlencode(pairs)}" if pairs else "?"


def _named_columns(query: Any) -> str:
    """Columns come as one text in addresses (`columns=name,cost`) or one by one from the form (`column=cost`)."""
    return query.get("columns", "") or ",".join(query.getlist("column"))


def _with_name(chosen: list[Column]) -> list[Column]:
    """The name comes first: it is what a row is called and where it opens."""
    return [COLUMNS["name"], *(column for column in chosen if column.name != "name")]
