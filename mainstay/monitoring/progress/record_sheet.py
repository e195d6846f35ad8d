"""The progress of all packages of a project on a day, as a sheet to type into."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from mainstay.core.sheet import Column, Entered, Line, Sheet, Totals
from mainstay.core.sheet import Kind as Cell
from mainstay.monitoring.models import EarningRule, ProgressReading, WorkPackage
from mainstay.monitoring.progress.operations import MOST_UNITS, Done

SHARE, UNITS, NOTE = "share", "units", "note"
HUNDRED = Decimal(100)
LONGEST_NOTE = 300


@dataclass(frozen=True)
class RecordSheet:
    """The packages of a project that are told of by hand, with what is known of a day."""

    project: Any
    day: date

    @cached_property
    def packages(self) -> dict[str, WorkPackage]:
        """The packages by the key of their line; effort earns by itself, weighted milestones when they are met."""
        rows = WorkPackage.objects.filter(project=self.project).exclude(rule=EarningRule.EFFORT)
        return {f"p{row.pk}": row for row in rows if not (row.rule == EarningRule.MILESTONES and row.milestones)}

    @cached_property
    def known(self) -> dict[int, ProgressReading]:
        """What is told of the day, by package."""
        rows = ProgressReading.objects.filter(package__project=self.project, date=self.day)
        return {row.package_id: row for row in rows}

    @cached_property
    def earlier(self) -> dict[int, ProgressReading]:
        """What was told last before the day, by package."""
        rows = ProgressReading.objects.filter(package__project=self.project, date__lt=self.day).order_by("date")
        return {row.package_id: row for row in rows}

    def sheet(self) -> Sheet:
        """The sheet as it is stored."""
        return Sheet(
            name="progress",
            title=f"Progress by package on {self.day:%-d %B %Y}",
            headings=("Package", "Told before"),
            columns=(
                Column(SHARE, "Done", unit="%", decimals=2, minimum=Decimal(0), maximum=HUNDRED, is_summed=False),
                Column(UNITS, "Units done", minimum=Decimal(0), maximum=MOST_UNITS, is_summed=False),
                Column(NOTE, "Note", kind=Cell.TEXT, longest=LONGEST_NOTE),
            ),
            lines=tuple(self._line(key, package) for key, package in self.packages.items()),
            totals=Totals.NONE,
            noun="package",
        )

    def readings(self, entered: Entered, source: str) -> list[Done]:
        """What was typed, as the operation takes it."""
        return [self._done(line, source) for line in entered.changed]

    def errors(self, entered: Entered) -> dict[tuple[str, str], str]:
        """Cells that do not fit how their package earns."""
        found = {}
        for line in entered.changed:
            package = self.packages[line.key]
            needed, other = (UNITS, SHARE) if package.rule == EarningRule.UNITS else (SHARE, UNITS)
            if line.values.get(needed) is None:
                found[line.key, needed] = "Say how far it is; what was told of a day stays told."
            if other == UNITS and line.values.get(other) is not None:
                found[line.key, other] = "This package counts no units."
        return found

    def _done(self, line: Line, source: str) -> Done:
        package, said = self.packages[line.key], line.values
        share = (said.get(SHARE) or Decimal(0)) / HUNDRED
        units = said.get(UNITS) if package.rule == EarningRule.UNITS else None
        return Done(package, self.day, Decimal(share), units, source, str(said.get(NOTE) or ""))  # type: ignore[arg-type]

    def _line(self, key: str, package: WorkPackage) -> Line:
        now, before = self.known.get(package.pk), self.earlier.get(package.pk)
        told = f"{_told(before, package)} on {before.date:%-d %b %Y}" if before else "Nothing yet"
        values = {SHARE: now.share * HUNDRED, UNITS: now.units, NOTE: now.note} if now else {}
        return Line(key, (package.name, told), values)


def _told(reading: ProgressReading, package: WorkPackage) -> str:
    """How far a package was, in words."""
    if reading.units is not None:
        return f"{reading.units:,.0f} of {package.units or 0:,.0f} {package.unit or 'units'}"
    return f"{reading.share:.0%}"
