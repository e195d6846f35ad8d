"""What can be judged or counted: the numbers a project carries, in its own fields and in custom ones.

A number that is not there is None, never zero; money in another currency than asked for is not there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import FieldKind

CUSTOM = "custom."
NUMERIC = frozenset({FieldKind.NUMBER, FieldKind.MONEY})


@dataclass(frozen=True)
class Source:
    """A number of a project: its key, its name, its unit ("" for none), whether it is money and may be added up."""

    key: str
    label: str
    unit: str = ""
    is_money: bool = False
    adds_up: bool = True


def _cost(project: Any) -> Decimal | None:
    return project.cost_seen


def _benefit(project: Any) -> Decimal | None:
    return project.benefit_seen


def _net_benefit(project: Any) -> Decimal | None:
    cost, benefit = project.cost_seen, project.benefit_seen
    return None if cost is None or benefit is None else benefit - cost


def _ratio(project: Any) -> Decimal | None:
    cost, benefit = project.cost_seen, project.benefit_seen
    return None if not cost or benefit is None else benefit / cost


def _risk(project: Any) -> Decimal | None:
    return None if project.risk is None else Decimal(project.risk)


def _days(project: Any) -> Decimal | None:
    start, end = project.start_date, project.end_date
    return Decimal((end - start).days + 1) if start and end else None


_REGISTER: tuple[tuple[Source, Callable[[Any], Decimal | None]], ...] = (
    (Source("benefit", "Benefit", is_money=True), _benefit),
    (Source("net_benefit", "Benefit less cost", is_money=True), _net_benefit),
    (Source("benefit/cost", "Benefit for each unit of cost", adds_up=False), _ratio),
    (Source("cost", "Cost", is_money=True), _cost),
    (Source("risk", "Risk", "points"), _risk),
    (Source("days", "Duration", "days"), _days),
)
_READERS = {source.key: reader for source, reader in _REGISTER}

# Numbers worked out for many projects at once, such as a net present value: by project, in the project's currency.
Worked = Callable[[Sequence[Any], datetime | None], Mapping[int, Decimal | None]]
_FORMULAE: dict[str, tuple[Source, Worked]] = {}


def add_formula(source: Source, work_out: Worked) -> None:
    """Let a part of the room offer a number that is worked out rather than stored."""
    _FORMULAE[source.key] = (source, work_out)


def known_sources() -> dict[str, Source]:
    """Every number that projects can carry, by key: those of the register, worked-out ones, then the custom ones."""
    own = [source for source, _ in (*_REGISTER, *_FORMULAE.values())]
    custom = [
        Source(CUSTOM + field.key, field.label, field.unit, field.kind == FieldKind.MONEY)
        for field in active_fields()
        if field.kind in NUMERIC
    ]
    return {source.key: source for source in [*own, *custom]}


def read(source: Source, project: Any, currency: str) -> Decimal | None:
    """The number of a project read by `readable_by`; None where it is not given or in another currency."""
    if source.is_money and project.currency != currency:
        return None
    if source.key.startswith(CUSTOM):
        return _number(project.custom.get(source.key.removeprefix(CUSTOM)))
    if source.key in _FORMULAE:
        return _FORMULAE[source.key][1]([project], None).get(project.row_id)
    return _READERS[source.key](project)


def read_all(
    source: Source, projects: Sequence[Any], currency: str, as_of: datetime | None = None
) -> list[Decimal | None]:
    """The number of each project in their order; what is worked out is worked out once for all of them."""
    if source.key not in _FORMULAE:
        return [read(source, project, currency) for project in projects]
    found = _FORMULAE[source.key][1](projects, as_of)
    return [
        None if source.is_money and project.currency != currency else found.get(project.row_id)
        for project in projects
    ]


def _number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
