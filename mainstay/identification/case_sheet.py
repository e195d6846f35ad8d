"""The sheets of an option: costs, benefits in money, other measures and demand, each by period."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.sheet import Column, Curve, Entered, Line, Sheet, Totals
from mainstay.core.sheet import Kind as Cell
from mainstay.core.sheet import LineKind as Origin
from mainstay.identification.case_content import LINES
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import CostType
from mainstay.identification.operations.lines import Entry
from mainstay.resources.models import Role, Skill
from mainstay.value.models.benefit import MONEY_BENEFITS, BenefitKind

ESTIMATES = (("likely", "Likely"), ("low", "Low"), ("high", "High"))
LARGEST = Decimal(10) ** 13
YES, NO = "yes", "no"
WHAT = "what"


@dataclass(frozen=True)
class SheetKind:
    """One of the sheets of an option: the address and word for it, the lines it holds, and their unit."""

    key: str
    label: str
    noun: str
    lines: str
    is_money: bool = True

    @property
    def model(self) -> Any:
        """The noun of its lines."""
        return LINES[self.lines][0]

    def holds(self, line: Any) -> bool:
        """Whether a line of its noun stands in this sheet."""
        return self.lines != "benefits" or (line.kind in MONEY_BENEFITS) == self.is_money


KINDS = {
    kind.key: kind
    for kind in (
        SheetKind("costs", "Costs", "cost", "costs"),
        SheetKind("benefits", "Benefits in money", "benefit", "benefits"),
        SheetKind("measures", "Other benefits", "measure", "benefits", is_money=False),
        SheetKind("demand", "Demand", "demand", "demands", is_money=False),
    )
}


class CaseSheet:
    """One sheet of an option at one estimate, and what was entered into it as an operation takes it."""

    def __init__(self, case: Any, option: Any, kind: SheetKind, estimate: str, user: Any, as_of: Any = None) -> None:
        self.case, self.option, self.kind, self.estimate, self.user = case, option, kind, estimate, user
        self.frame = Frame.of(case)
        rows = kind.model.objects.as_of(as_of).filter(option_id=option.row_id).order_by("position")
        self.rows = [row for row in rows if kind.holds(row)]

    @property
    def has_fields(self) -> bool:
        """Whether names and kinds are typed here; the low and high estimates only take amounts."""
        return self.estimate == "likely"

    def sheet(self, *, is_open: bool) -> Sheet:
        """The sheet as it is stored."""
        return Sheet(
            name=self.kind.key,
            title=f"{self.kind.label} of {self.option.name}, {self.estimate}",
            columns=(*self._fields(), *self._periods()),
            lines=tuple(self._line(row) for row in self.rows),
            headings=() if self.has_fields else (self.kind.label,),
            unit=self._unit,
            totals=Totals.LINES if self.kind.key == "measures" else Totals.BOTH,
            can_add_lines=self.has_fields,
            can_remove_lines=self.has_fields,
            is_open=is_open,
            curves=tuple(Curve) if self.has_fields else (),
            noun=self.kind.noun,
        )

    @property
    def _unit(self) -> str:
        if self.kind.is_money:
            return str(self.case.currency)
        return "days" if self.kind.key == "demand" else ""

    def _periods(self) -> Iterator[Column]:
        zero = Decimal(0)
        for period in self.frame.periods:
            yield Column(period.key, period.label, minimum=zero, maximum=LARGEST - 1)

    def _fields(self) -> tuple[Column, ...]:
        if not self.has_fields:
            return ()
        name = Column("name", "Name", kind=Cell.TEXT, longest=160)
        basis = Column("basis", "Basis of the estimate", kind=Cell.TEXT, longest=300)
        own = {"costs": _cost_columns, "benefits": self._benefit_columns, "demands": self._demand_columns}
        return (name, *own[self.kind.lines](), basis)

    def _benefit_columns(self) -> tuple[Column, ...]:
        kinds = tuple(pair for pair in BenefitKind.choices if (pair[0] in MONEY_BENEFITS) == self.kind.is_money)
        unit = () if self.kind.is_money else (Column("unit", "Unit", kind=Cell.TEXT, longest=30),)
        return (
            Column("kind", "Type", kind=Cell.CHOICE, choices=kinds),
            Column("measure", "Measured by", kind=Cell.TEXT, longest=160),
            *unit,
            Column("owner_id", "Owner", kind=Cell.CHOICE, choices=self._people()),
            Column("is_disbenefit", "Counts as", kind=Cell.CHOICE, choices=((NO, "Benefit"), (YES, "Disadvantage"))),
        )

    def _people(self) -> tuple[tuple[str, str], ...]:
        known = {row.owner_id for row in self.rows} - {None}
        people = Person.objects.visible_to(self.user).active() | Person.objects.filter(pk__in=known)
        return tuple((str(person.pk), person.name) for person in people.distinct().only("name", "pk"))

    def _demand_columns(self) -> tuple[Column, ...]:
        return (Column(WHAT, "Role or skill", kind=Cell.CHOICE, choices=self._roles_and_skills(), is_required=True),)

    def _roles_and_skills(self) -> tuple[tuple[str, str], ...]:
        used = {_what(row) for row in self.rows}
        return tuple(
            (f"{word}-{row.pk}", row.name)
            for word, model in (("role", Role), ("skill", Skill))
            for row in model.objects.all()
            if row.is_active or f"{word}-{row.pk}" in used
        )

    def _line(self, row: Any) -> Line:
        stored = getattr(row, self.estimate)
        values: dict[str, Any] = {key: Decimal(stored[key]) if key in stored else None for key in self.frame.keys}
        if self.has_fields:
            return Line(str(row.row_id), values={**_field_values(row, self.kind), **values})
        return Line(str(row.row_id), (row.name,), values)

    def entries(self, entered: Entered) -> tuple[list[Entry], list[int]]:
        """The lines that were added or changed, and the ids of those that go."""
        touched = {line.key for line in (*entered.added, *entered.changed)}
        places = enumerate(entered.lines, 1)
        entries = [self._entry(line, place) for place, line in places if line.key in touched]
        return entries, [int(key) for key in entered.removed]

    def _entry(self, line: Line, place: int) -> Entry:
        amounts = {key: line.values.get(key) for key in self.frame.keys}
        line_id = None if line.kind == Origin.NEW else int(line.key)
        fields = _fields_of(line.values, self.kind, place) if self.has_fields else {}
        return Entry(line.key, line_id, fields, {self.estimate: amounts})

    def columns_of(self, cells: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Refusals of an operation at the columns of this sheet."""
        meant = {"role_id": WHAT, "skill_id": WHAT, "role": WHAT, "skill": WHAT, "owner": "owner_id"}
        return {(line, meant.get(column, column)): told for (line, column), told in cells.items()}


def _cost_columns() -> tuple[Column, ...]:
    capital = ((NO, "Running"), (YES, "Capital"))
    return (
        Column("cost_type", "Type", kind=Cell.CHOICE, choices=tuple(CostType.choices)),
        Column("is_capital", "Counts as", kind=Cell.CHOICE, choices=capital),
    )


def _what(row: Any) -> str:
    return f"role-{row.role_id}" if row.role_id else f"skill-{row.skill_id}"


def _field_values(row: Any, kind: SheetKind) -> dict[str, Any]:
    values = {"name": row.name, "basis": row.basis}
    match kind.lines:
        case "costs":
            return values | {"cost_type": row.cost_type, "is_capital": YES if row.is_capital else NO}
        case "benefits":
            owner = str(row.owner_id) if row.owner_id else ""
            sign = YES if row.is_disbenefit else NO
            own = {"kind": row.kind, "measure": row.measure, "owner_id": owner, "is_disbenefit": sign}
            return values | own | ({} if kind.is_money else {"unit": row.unit})
        case _:
            return values | {WHAT: _what(row)}


def _fields_of(values: Mapping[str, Any], kind: SheetKind, place: int) -> dict[str, Any]:
    """The values of a line as its stored fields; a block of bare amounts gets names and the most general type."""
    name = values.get("name") or f"{kind.noun.capitalize()} {place}"
    given = {"name": name, "basis": values.get("basis") or ""}
    match kind.lines:
        case "costs":
            cost_type = values.get("cost_type") or CostType.OTHER
            return given | {"cost_type": cost_type, "is_capital": values.get("is_capital") == YES}
        case "benefits":
            owner = values.get("owner_id")
            usual = BenefitKind.CASHABLE if kind.is_money else BenefitKind.OTHER
            own = {"kind": values.get("kind") or usual, "measure": values.get("measure") or ""}
            own |= {"owner_id": int(owner) if owner else None, "is_disbenefit": values.get("is_disbenefit") == YES}
            return given | own | ({} if kind.is_money else {"unit": values.get("unit") or ""})
        case _:
            word, _, pk = str(values.get(WHAT) or "").partition("-")
            return given | {
                "role_id": int(pk) if word == "role" else None,
                "skill_id": int(pk) if word == "skill" else None,
            }
