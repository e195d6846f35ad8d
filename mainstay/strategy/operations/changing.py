"""What the operations of this room share: setting fields by name, and shares that make a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import FieldChange, Stale
from mainstay.core.operation import changes_since
from mainstay.strategy.models.standing import WHOLE

HUNDREDTH = Decimal("0.01")


def change(row: Any, allowed: frozenset[str], changes: Mapping[str, Any]) -> None:
    """Set the fields that may be changed; anything else is refused by name."""
    if unknown := changes.keys() - allowed:
        raise ValidationError({"__all__": f"These cannot be changed here: {', '.join(sorted(unknown))}."})
    for name, value in changes.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def next_code(prefix: str, model: Any) -> str:
    """The next free code of a kind: G-012 after G-011."""
    codes = model.objects.filter(code__startswith=f"{prefix}-").values_list("code", flat=True)
    numbers = [int(code[len(prefix) + 1 :]) for code in codes if code[len(prefix) + 1 :].isdecimal()]
    return f"{prefix}-{max(numbers, default=0) + 1:03d}"


def last_position(rows: Any) -> int:
    """The position after the last of these rows."""
    last = rows.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def weigh(rows: Sequence[Any], weights: Mapping[int, Decimal], versions: Mapping[int, int] | None, actor: Any) -> int:
    """Give rows their weights, which add up to 100; gives the number of rows that changed."""
    refuse_outdated(rows, versions, actor)
    if weights.keys() != {row.pk for row in rows}:
        raise ValidationError({"weights": "Give a weight for each of them, and for nothing else."})
    refuse_unless_whole(weights.values())
    for row in rows:
        row.weight = weights[row.pk].quantize(HUNDREDTH)
    return history.save_many(rows)


def refuse_outdated(rows: Sequence[Any], versions: Mapping[int, int] | None, actor: Any) -> None:
    """Refuse where somebody changed rows since they were read, and tell what of all of them."""
    read = [(row, versions.get(row.pk, row.version)) for row in rows] if versions is not None else []
    outdated = [(row, expected) for row, expected in read if expected != row.version]
    if outdated:
        (row, expected), *_ = outdated
        changes = [change for row, expected in outdated for change in _told(row, expected, actor)]
        raise Stale(row.noun, expected, row.version, changes)


def _told(row: Any, expected: int, actor: Any) -> list[FieldChange]:
    """What changed in one of several rows, each field named with its row."""
    changes = changes_since(row, expected, actor)
    return [replace(one, field=f"{one.field}-{row.pk}", label=f"{one.label} of {row.name}") for one in changes]


def refuse_unless_whole(shares: Any, name: str = "weights", what: str = "weights") -> None:
    """Refuse shares that are none or do not add up to 100."""
    given = [share.quantize(HUNDREDTH) for share in shares]
    if any(not 0 <= share <= WHOLE for share in given):
        raise ValidationError({name: "Each lies between 0 and 100."})
    if (total := sum(given, Decimal())) != WHOLE:
        raise ValidationError({name: f"The {what} add up to {total.normalize():f}%; make them 100%."})
