"""Entering a whole sheet of cost, benefit or demand lines at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.case_content import AMOUNTS, LINES
from mainstay.identification.case_parts import require_writer
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import BusinessCase, DemandLine, Option
from mainstay.identification.models.lines import Line
from mainstay.identification.operations.parts import bumped, next_position

LARGEST = Decimal(10) ** 13
MOST_LINES = 200
CENT = Decimal("0.01")
Given = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Entry:
    """A line as it is entered: the key it is called by, the id of the stored line or None, and what is set.

    `amounts` gives whole estimates by name (likely, low, high), each by period; one that is not named stays.
    """

    key: str
    line_id: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    amounts: Mapping[str, Given] = field(default_factory=dict)


class CellErrors(ValidationError):
    """What is wrong, cell by cell: by the key of the line, and the period or field."""

    def __init__(self, cells: dict[tuple[str, str], str]) -> None:
        self.cells = cells
        super().__init__({"lines": [f"{line}, {column}: {told}" for (line, column), told in cells.items()]})


@operation(Verb.LINES_ENTER)
def enter_lines(
    case: BusinessCase,
    *,
    actor: Actor,
    option: Option,
    kind: str,
    entries: Sequence[Entry] = (),
    removed: Sequence[int] = (),
    expected_version: int | None = None,
    reason: str = "",
) -> int:
    """Set the costs, benefits or demands of an option as they were entered: all of them or none.

    Gives the number of lines that changed. The whole case counts one version up, so that others who work on any of
    its sheets are told.
    """
    require_writer(actor, case)
    if option.case_id != case.pk or kind not in LINES:
        raise ValidationError({"option": "That sheet is not one of this case."})
    option.case = case
    known = {line.pk: line for line in LINES[kind][0].objects.filter(option=option)}
    lines = _entered(option, kind, entries, known)
    if len(known) + sum(1 for line in lines.values() if line.pk is None) - len(set(removed)) > MOST_LINES:
        raise ValidationError({"lines": f"An option has {MOST_LINES} lines of a kind at most."})
    _refuse_nonsense(lines, Frame.of(case).keys)
    for line in known.values():
        line.option = option
    return _write(case, known, list(lines.values()), set(removed))


def _entered(option: Option, kind: str, entries: Sequence[Entry], known: dict[int, Line]) -> dict[str, Line]:
    """The lines with what was entered, by their keys; nothing is written yet."""
    model, fields = LINES[kind]
    position = next_position(model.objects.filter(option=option))
    lines: dict[str, Line] = {}
    for entry in entries:
        line = model(option=option, position=position) if entry.line_id is None else known.get(entry.line_id)
        if line is None:
            raise CellErrors({(entry.key, "name"): "Somebody removed this line meanwhile."})
        position += entry.line_id is None
        _set(line, entry, frozenset(fields) - set(AMOUNTS))
        lines[entry.key] = line
    return lines


def _set(line: Line, entry: Entry, allowed: frozenset[str]) -> None:
    if unknown := entry.fields.keys() - allowed:
        raise ValidationError({"lines": f"These cannot be set here: {', '.join(sorted(unknown))}."})
    for name, value in entry.fields.items():
        setattr(line, name, value)
    for name in AMOUNTS:
        if name in entry.amounts:
            setattr(line, name, _stored(entry.amounts[name]))


def _stored(given: Given) -> dict[str, str]:
    """Amounts as they are kept: exact text by period, nothing for an empty cell."""
    return {key: str(amount.quantize(CENT)) for key, amount in sorted(given.items()) if amount is not None}


def _refuse_nonsense(lines: Mapping[str, Line], periods: list[str]) -> None:
    cells = {place: told for key, line in lines.items() for place, told in _wrong(key, line, set(periods))}
    if cells:
        raise CellErrors(cells)


def _wrong(key: str, line: Line, periods: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    try:
        line.clean_fields(exclude=["option", "likely", "low", "high"])
    except ValidationError as error:
        yield from (((key, name), " ".join(told)) for name, told in error.message_dict.items())
    if isinstance(line, DemandLine) and not (line.role_id or line.skill_id):
        yield (key, "role"), "Choose a role or a skill."
    for name in AMOUNTS:
        yield from _wrong_amounts(key, getattr(line, name), periods)
    for period in sorted({*line.low, *line.high} & periods):
        if told := _out_of_order(*(line_of.get(period) for line_of in (line.low, line.likely, line.high))):
            yield (key, period), told


def _wrong_amounts(key: str, amounts: dict[str, str], periods: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for period, text in amounts.items():
        if period not in periods:
            yield (key, period), "This is no period of the case."
        elif not 0 <= Decimal(text) < LARGEST:
            yield (key, period), "An amount lies between 0 and 10,000,000,000,000."


def _out_of_order(low: str | None, likely: str | None, high: str | None) -> str:
    if likely is None:
        return "A range needs its likely amount; enter that first."
    if low is not None and Decimal(low) > Decimal(likely):
        return f"Low is not above likely ({Decimal(likely):,})."
    if high is not None and Decimal(high) < Decimal(likely):
        return f"High is not below likely ({Decimal(likely):,})."
    return ""


def _write(case: BusinessCase, known: dict[int, Line], lines: list[Line], removed: set[int]) -> int:
    new = [line for line in lines if line.pk is None]
    changed = len(history.create_many(new))
    changed += history.save_many([line for line in lines if line.pk in known and line.pk not in removed])
    for pk in removed & known.keys():
        history.remove(known[pk])
        changed += 1
    if changed:
        bumped(case)
    return changed
