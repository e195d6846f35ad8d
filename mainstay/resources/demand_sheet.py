"""The demand of a project as a sheet: a line for each role or skill, a column for each month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.sheet import Column, Curve, Entered, Line, Sheet
from mainstay.core.sheet import Kind as Cell
from mainstay.engine.basics.periods import month_after
from mainstay.resources.models import Level, Role, Skill
from mainstay.resources.operations.demands import LARGEST, DemandEntry
from mainstay.resources.queries.project_demand import DemandLine

MONTHS = 12
UNITS = {
    "hours": ("Hours", Decimal(1)),
    "days": ("Person-days of 8 hours", Decimal(8)),
    "fte": ("Full-time equivalents of 160 hours a month", Decimal(160)),
}
WORDS = {"hours": "hours", "days": "days", "fte": "FTE"}
ROLE, SKILL, LEVEL = "role", "skill", "level"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class DemandSheet:
    """Twelve months of demand from a month on, in hours or person-days."""

    lines: tuple[DemandLine, ...]
    first: date
    unit: str = "hours"

    @property
    def months(self) -> list[date]:
        """The months shown."""
        return [month_after(self.first, place) for place in range(MONTHS)]

    @property
    def factor(self) -> Decimal:
        """Hours in a unit."""
        return UNITS[self.unit][1]

    def sheet(self, *, is_open: bool) -> Sheet:
        """The sheet as it is stored."""
        return Sheet(
            name="demand",
            title="Demand by role or skill and month",
            columns=(*self._fields(), *self._periods()),
            lines=tuple(self._line(line) for line in self.lines if line.is_needed),
            unit=WORDS[self.unit],
            can_add_lines=True,
            can_remove_lines=True,
            is_open=is_open,
            curves=tuple(Curve),
            noun="demand",
        )

    def entries(self, entered: Entered) -> list[DemandEntry]:
        """What was entered, as the operation takes it; lines that go, or change what they ask for, leave no hours."""
        known = {_key(line): line for line in self.lines}
        gone = [self._nothing(known[key]) for key in entered.removed if key in known]
        changed = [line for line in entered.changed if self._asks(line.values) != _asked(known[line.key])]
        gone += [self._nothing(known[line.key]) for line in changed]
        wanted = [self._entry(line.values, known.get(line.key)) for line in (*entered.changed, *entered.added)]
        return _merged([*gone, *wanted])

    def _fields(self) -> tuple[Column, ...]:
        roles, skills = (
            _words(Role, {line.role for line in self.lines}),
            _words(Skill, {line.skill for line in self.lines}),
        )
        levels = (("0", "Any"), *((str(level), str(name)) for level, name in Level.choices))
        return (
            Column(ROLE, "Role", kind=Cell.CHOICE, choices=roles),
            Column(SKILL, "Skill", kind=Cell.CHOICE, choices=skills),
            Column(LEVEL, "Least level", kind=Cell.CHOICE, choices=levels),
        )

    def _periods(self) -> Iterable[Column]:
        most = LARGEST / self.factor
        for month in self.months:
            yield Column(f"{month:%Y-%m}", f"{month:%b %Y}", minimum=Decimal(0), maximum=most)

    def _line(self, line: DemandLine) -> Line:
        values: dict[str, Any] = {f"{month:%Y-%m}": self._shown(line.needed.get(month)) for month in self.months}
        return Line(_key(line), values=_asked(line) | values)

    def _shown(self, hours: Decimal | None) -> Decimal | None:
        return None if hours is None else (hours / self.factor).quantize(CENT)

    def _asks(self, values: Any) -> dict[str, str]:
        return {name: values.get(name) or ("0" if name == LEVEL else "") for name in (ROLE, SKILL, LEVEL)}

    def _entry(self, values: Any, line: DemandLine | None) -> DemandEntry:
        asked = self._asks(values)
        hours = {month: self._hours(values.get(f"{month:%Y-%m}"), month, line) for month in self.months}
        role = Role.objects.filter(key=asked[ROLE]).first() if asked[ROLE] else None
        skill = Skill.objects.filter(key=asked[SKILL]).first() if asked[SKILL] else None
        return DemandEntry(role, skill, int(asked[LEVEL]), hours)

    def _hours(self, typed: Decimal | None, month: date, line: DemandLine | None) -> Decimal:
        """The hours of a cell; one that was not touched keeps what is stored, which may be finer than shown."""
        stored = line.needed.get(month) if line else None
        if stored is not None and typed == self._shown(stored):
            return stored
        return (typed or Decimal(0)) * self.factor

    def _nothing(self, line: DemandLine) -> DemandEntry:
        """All months of the line, also those not shown."""
        return DemandEntry(line.role, line.skill, line.least_level, dict.fromkeys(line.needed, Decimal(0)))


def _merged(entries: list[DemandEntry]) -> list[DemandEntry]:
    """One entry for each line; what is wanted wins over what goes, and two lines of one kind are refused."""
    found: dict[Any, DemandEntry] = {}
    for entry in entries:
        key = (entry.role, entry.skill, entry.least_level)
        known = found.get(key)
        if known and any(known.hours.values()):
            raise ValidationError(f"Two lines ask for {entry.role or entry.skill}; put their hours into one.")
        hours = {**known.hours, **entry.hours} if known else entry.hours
        found[key] = DemandEntry(*key, hours)
    return list(found.values())


def _key(line: DemandLine) -> str:
    role, skill, level = line.key
    return f"r{role or 0}-s{skill or 0}-l{level}"


def _asked(line: DemandLine) -> dict[str, str]:
    return {
        ROLE: line.role.key if line.role else "",
        SKILL: line.skill.key if line.skill else "",
        LEVEL: str(line.least_level),
    }


def _words(model: Any, used: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    known = {one.key for one in used if one}
    return tuple((one.key, one.name) for one in model.objects.all() if one.is_active or one.key in known)
