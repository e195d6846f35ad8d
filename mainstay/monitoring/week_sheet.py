"""The week of a person as a sheet: a line for each project or other work, a column for each day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.sheet import Column, Entered, Line, LineKind, Sheet, Totals
from mainstay.monitoring.models import OtherWork
from mainstay.monitoring.models.hours import DAY
from mainstay.monitoring.operations.hours import HoursCell
from mainstay.monitoring.queries.week import WeekOf

NAME = "hours"
UNKNOWN = "Another project"


@dataclass(frozen=True)
class WeekSheet:
    """One week as it can be typed: booked projects first, then favourites, what else has hours, and other work."""

    known: WeekOf

    @property
    def typed(self) -> dict[Any, dict[date, Any]]:
        """Entries a person changes in the sheet, by what they are for and day."""
        found: dict[Any, dict[date, Any]] = defaultdict(dict)
        for row in self.known.entries:
            if not row.corrects_id and not row.external_key:
                found[row.line][row.date] = row
        return found

    def sheet(self, *, is_open: bool) -> Sheet:
        """The sheet as it is stored, with the working hours above it."""
        fixed = tuple(self._fixed())
        return Sheet(
            name=NAME,
            title=f"Hours in the week of {self.known.week:%-d %B %Y}",
            headings=("Project or other work",),
            columns=tuple(
                Column(f"{day}", f"{day:%a %-d %b}", minimum=_least(fixed, f"{day}"), maximum=DAY)
                for day in self.days
            ),
            lines=(self._expected(), *self._lines(), *fixed),
            unit="hours",
            totals=Totals.BOTH,
            is_open=is_open,
            noun="line",
        )

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return self.known.days

    def cells(self, entered: Entered) -> list[HoursCell]:
        """What was changed, as the operation takes it."""
        return list(self._changed(entered))

    def suggested(self) -> list[HoursCell]:
        """What the bookings suggest for days on which nothing stands for the project."""
        typed = self.typed
        return [
            HoursCell(day, hours, self.known.projects[pk])
            for pk, week in self.known.booked.items()
            for day, hours in zip(self.days, week, strict=True)
            if hours and day not in typed.get(pk, {}) and pk in self.known.projects
        ]

    def _changed(self, entered: Entered) -> Iterator[HoursCell]:
        typed = self.typed
        for line in entered.changed:
            of = self._of(line.key)
            for day in self.days:
                hours, row = line.values.get(f"{day}"), typed.get(of, {}).get(day)
                if (hours or None) != (row.hours if row else None):
                    is_other = isinstance(of, str)
                    yield HoursCell(day, hours, None if is_other else self.known.projects[of], of if is_other else "")

    def _of(self, key: str) -> int | str:
        return int(key[1:]) if key.startswith("p") else key[2:]

    def _expected(self) -> Line:
        values = dict(zip((f"{day}" for day in self.days), self.known.expected, strict=True))
        return Line("expected", ("Working hours",), values, LineKind.FIXED)

    def _lines(self) -> Iterator[Line]:
        typed = self.typed
        chosen = [*self.known.booked, *self.known.favourites, *(pk for pk in typed if isinstance(pk, int))]
        for pk in dict.fromkeys(chosen):
            if pk in self.known.projects:
                yield self._line(f"p{pk}", self._name(pk), typed.get(pk, {}), self.known.booked.get(pk))
        for work in OtherWork:
            yield self._line(f"w-{work}", str(work.label), typed.get(work.value, {}), None)
        for place, pk in enumerate(pk for pk in typed if isinstance(pk, int) and pk not in self.known.projects):
            line = self._line(f"h{place}", UNKNOWN, typed[pk], None)
            yield Line(line.key, line.labels, line.values, LineKind.FIXED)

    def _line(self, key: str, name: str, rows: dict[date, Any], booked: list[Decimal] | None) -> Line:
        values = {f"{day}": row.hours for day, row in rows.items()}
        week = zip(self.days, booked, strict=True) if booked else ()
        hints = {f"{day}": f"{hours:.2f}" for day, hours in week if hours}
        return Line(key, (name,), values, hints=hints)

    def _fixed(self) -> Iterator[Line]:
        """What came in from elsewhere and what corrects other entries: shown, and not typed here."""
        for word, rows in (
            ("imported", [row for row in self.known.entries if row.external_key]),
            ("correction", [row for row in self.known.entries if row.corrects_id]),
        ):
            for place, (of, values) in enumerate(_by_line(rows).items()):
                name = OtherWork(of).label if isinstance(of, str) else self._name(of)
                yield Line(f"{word}-{place}", (f"{name} ({word})",), values, LineKind.FIXED)

    def _name(self, pk: int) -> str:
        project = self.known.projects.get(pk)
        return f"{project.code} {project.name}" if project else UNKNOWN


def _least(fixed: tuple[Line, ...], day: str) -> Decimal | None:
    """Nobody types hours below zero; a day on which a correction took hours back has no bound to show."""
    return None if any((line.values.get(day) or 0) < 0 for line in fixed) else Decimal(0)


def _by_line(rows: Iterable[Any]) -> dict[Any, dict[str, Decimal]]:
    found: dict[Any, dict[str, Decimal]] = {}
    for row in rows:
        line = found.setdefault(row.line, {})
        line[f"{row.date}"] = line.get(f"{row.date}", Decimal(0)) + row.hours
    return found
