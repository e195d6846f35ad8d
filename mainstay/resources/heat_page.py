"""The heat map as one person asked for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from mainstay.charts import words
from mainstay.core.exchange import FORMATS, Column, Kind
from mainstay.resources.forms.capacity import HeatForm
from mainstay.resources.heat_cells import LEGEND, Cell, cells_of, cells_of_all
from mainstay.resources.models import Resource, Role, Site, Skill, Team
from mainstay.resources.queries.heat import By, Heat, Question, heat

PAGE_ROWS = 60
NONE = "none"
MODELS: dict[By, Any] = {By.SKILL: Skill, By.ROLE: Role, By.TEAM: Team, By.SITE: Site, By.PERSON: Resource}
UNNAMED = {
    By.SKILL: "No skill named",
    By.ROLE: "No role named",
    By.TEAM: "Nobody found yet",
    By.SITE: "No site named",
    By.PERSON: "Nobody found yet",
}
PLURALS = {By.SKILL: "skills", By.ROLE: "roles", By.TEAM: "teams", By.SITE: "sites", By.PERSON: "people"}
PERIODS = {"week": "weeks", "month": "months", "quarter": "quarters"}
DEFINITION = (
    "Load is demand divided by net capacity. Demand: hours booked firmly and softly, hours projects need and have "
    "nobody for, and the same of the pipeline, counted with the probability of its stage. Net capacity: working "
    "hours less holidays, absence and run work. Nobody's hour counts twice: where somebody has several skills or "
    "roles, hours go where they are booked, the rest to the one mastered best."
)


@dataclass(frozen=True)
class Line:
    """A row of the heat map."""

    key: str
    name: str
    url: str
    cells: list[Cell]

    @property
    def red(self) -> int:
        """In how many periods more is asked for than there is."""
        return sum(cell.is_red for cell in self.cells)


class HeatPage:
    """Demand against capacity: rows, columns and window as asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        today = timezone.localdate(self.as_of) if self.as_of else timezone.localdate()
        self.form = HeatForm(request.GET, user=request.user, today=today)
        self.question: Question = self.form.asked
        self.measure = self.form.value("measure") or "load"
        self.legend, self.definition = LEGEND, DEFINITION

    @cached_property
    def heat(self) -> Heat:
        """The figures."""
        return heat(self.question, self.user, self.as_of)

    @cached_property
    def names(self) -> dict[int, tuple[str, str]]:
        """Name and key of each row by its id."""
        rows = MODELS[self.question.by].objects.as_of(self.as_of)
        column = "row_id" if self.as_of else "pk"
        known = rows if len(self.heat.keys) > 500 else rows.identified_by(self.heat.keys.tolist())
        named = {pk: (name, key) for pk, name, key in known.order_by().values_list(column, "name", "key")}
        return named | {0: (UNNAMED[self.question.by], NONE)}

    @cached_property
    def order(self) -> list[int]:
        """The numbers of the rows in the order asked for."""
        there = [n for n, key in enumerate(self.heat.keys.tolist()) if key in self.names]
        names = [self.names[int(key)][0].casefold() for key in self.heat.keys[there]]
        if self.form.value("order") == "name":
            return [n for _, n in sorted(zip(names, there, strict=True))]
        missing = np.maximum(self.heat.total - self.heat.supply, 0).sum(axis=1)[there].tolist()
        load = self.heat.total.sum(axis=1)[there].tolist()
        return [
            row[-1] for row in sorted(zip((-m for m in missing), (-one for one in load), names, there, strict=True))
        ]

    @cached_property
    def page(self) -> Page[Any]:
        """One page of the rows."""
        return Paginator(self.order, PAGE_ROWS).get_page(self.request.GET.get("page"))

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of this page with their cells."""
        return [self.line(number) for number in self.page]

    def line(self, number: int) -> Line:
        """One row with its cells."""
        name, key = self.names[int(self.heat.keys[number])]
        address = f"{reverse('capacity_cell')}?{self._asked(row=key)}&at="
        return Line(key, name, self._row_url(key), cells_of(self.heat, number, self.measure, address))

    @cached_property
    def total(self) -> list[Cell]:
        """The sums of all rows."""
        return cells_of_all(self.heat, self.measure)

    @property
    def columns(self) -> list[tuple[date, str, str]]:
        """First day, name, and what stands above it where a year (of weeks: a month) begins."""
        starts = self.heat.horizon.starts
        return [
            (day, self._named(day), self._above(day, starts[n - 1] if n else None)) for n, day in enumerate(starts)
        ]

    def _named(self, day: date) -> str:
        if self.question.unit == "week":
            return str(day.day)
        return f"Q{(day.month - 1) // 3 + 1}" if self.question.unit == "quarter" else f"{day:%b}"

    def _above(self, day: date, before: date | None) -> str:
        if self.question.unit == "week":
            return f"{day:%b %Y}" if before is None or before.month != day.month else ""
        return str(day.year) if before is None or before.year != day.year else ""

    def _asked(self, **more: str) -> str:
        """The query of the address, so that a cell is the one that was seen."""
        asked: QueryDict = self.request.GET.copy()
        for name in ("page", "order", "measure", "row", "at", "format"):
            asked.pop(name, None)
        asked["by"], asked["unit"] = self.question.by.value, self.question.unit
        for name, value in more.items():
            asked[name] = value
        return asked.urlencode()

    def _row_url(self, key: str) -> str:
        """The person behind a row, or the people of it."""
        if key == NONE or self.question.by is By.SITE:
            return ""
        if self.question.by is By.PERSON:
            return reverse("resource", args=[key])
        return f"?{urlencode(dict(self.request.GET.items()) | {'by': 'person', self.question.by.value: key})}"

    @property
    def finding(self) -> str:
        """What is short and when, most of all."""
        total, supply = self.heat.total, self.heat.supply
        if not total.any():
            return "Nothing is asked of anybody in this time."
        missing = np.maximum(total - supply, 0)
        missing[missing < 0.5] = 0
        nobody = 0.0
        if self.question.by in (By.TEAM, By.PERSON):
            nobody = float(total[self.heat.keys == 0].sum())
            missing[self.heat.keys == 0] = 0
        return self._said(missing) + (f" Nobody is found yet for {words.number(nobody)} hours." if nobody else "")

    def _said(self, missing: Any) -> str:
        """How many rows are short, and which one most."""
        short = (missing > 0).any(axis=1)
        if not short.any():
            return f"Demand fits capacity in all {self.heat.horizon.periods} {PERIODS[self.question.unit]} shown."
        row, period = np.unravel_index(int(missing.argmax()), missing.shape)
        name = self.names.get(int(self.heat.keys[row]), ("", ""))[0]
        start = self.heat.horizon.starts[period]
        when = f"the week of {start:%-d %B %Y}" if self.question.unit == "week" else self._in_words(start)
        most = f"{name} in {when}, {words.number(float(missing[row, period]))} hours"
        rows = int((self.heat.keys != 0).sum())
        return f"{int(short.sum())} of {rows} {PLURALS[self.question.by]} are short; most of all {most}."

    def _in_words(self, day: date) -> str:
        return f"{self._named(day)} {day.year}" if self.question.unit == "quarter" else f"{day:%B %Y}"

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The formats of a file, with the address of each."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        base = reverse("capacity_export")
        return [(label, f"{base}?{self._asked()}&format={word}") for word, label in FORMAT_LABELS.items()]

    def export_columns(self) -> list[Column]:
        """The columns of a file: one line for each cell."""
        told = {
            "key": "Key", "name": self.question.by.value.capitalize(), "starts_on": "From", "hard": "Hard, hours",
            "soft": "Soft, hours", "open": "Nobody found yet, hours", "pipeline": "Pipeline weighted, hours",
            "demand": "Demand, hours", "capacity": "Net capacity, hours", "gap": "Gap, hours",
            "overbooked": "People overbooked",
        }  # fmt: skip
        kinds = {"key": Kind.TEXT, "name": Kind.TEXT, "starts_on": Kind.DATE}
        return [Column(name, label, kinds.get(name, Kind.NUMBER), write=_entry(name)) for name, label in told.items()]

    def export_rows(self) -> Iterator[dict[str, Any]]:
        """Each cell of each row."""
        for number in self.order:
            line = self.line(number)
            for cell in line.cells:
                parts = dict(
                    zip(("hard", "soft", "open", "pipeline"), (round(one, 2) for one in cell.parts), strict=True)
                )
                yield parts | {
                    "key": line.key, "name": line.name, "starts_on": cell.starts_on, "demand": round(cell.demand, 2),
                    "capacity": round(cell.supply, 2), "gap": round(cell.gap, 2), "overbooked": cell.overbooked,
                }  # fmt: skip


FORMAT_LABELS = {name: name.upper() for name in FORMATS}


def _entry(name: str) -> Any:
    return lambda row: row[name]
