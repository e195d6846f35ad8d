"""Pages that cost the same wherever they lie: the next one begins after the last row, found by its values.

The cursor holds the sort order and those values, so that rows written in between shift nothing.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from mainstay.core.api.fields import Field, read
from mainstay.core.api.problems import Invalid
from mainstay.core.values import plain


@dataclass(frozen=True)
class Step:
    """One field of the order."""

    field: Field
    is_descending: bool = False

    @property
    def name(self) -> str:
        """The field with its direction, as `sort` has it."""
        return f"-{self.field.name}" if self.is_descending else self.field.name

    def order(self) -> OrderBy:
        """The order in the database; rows without a value come last both ways."""
        last = True if self.field.may_be_missing else None
        return OrderBy(F(self.field.ordered_by), descending=self.is_descending, nulls_last=last)

    def beyond(self, value: Any) -> Q:
        """What comes after a value."""
        if value is None:
            return Q(pk__in=())
        source = self.field.ordered_by
        further = Q(**{f"{source}__{'lt' if self.is_descending else 'gt'}": value})
        return further | Q(**{f"{source}__isnull": True}) if self.field.may_be_missing else further

    def level(self, value: Any) -> Q:
        """What has the same value."""
        source = self.field.ordered_by
        return Q(**{f"{source}__isnull": True}) if value is None else Q(**{source: value})


def after(steps: Sequence[Step], values: Sequence[Any]) -> Q:
    """The rows that come after the one with these values."""
    condition = Q()
    for step, value in reversed(list(zip(steps, values, strict=True))):
        condition = step.beyond(value) | (step.level(value) & condition) if condition else step.beyond(value)
    return condition


def encode(steps: Sequence[Step], values: Sequence[Any]) -> str:
    """The cursor for the row with these values."""
    parts = [",".join(step.name for step in steps), *map(plain, values)]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, steps: Sequence[Step]) -> list[Any]:
    """The values in a cursor; one made for another order or by somebody else is refused."""
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        parts = None
    order = ",".join(step.name for step in steps)
    if not isinstance(parts, list) or len(parts) != len(steps) + 1 or parts[0] != order:
        raise Invalid("This cursor belongs to another list; begin again without it.", cursor="It does not fit.")
    return [_value(step.field, part) for step, part in zip(steps, parts[1:], strict=True)]


def _value(field: Field, part: Any) -> Any:
    if part is None and field.may_be_missing:
        return None
    if isinstance(part, bool) or not isinstance(part, (str, int, float)):
        raise Invalid("This cursor belongs to another list; begin again without it.", cursor="It does not fit.")
    return read(field, part, field.order_kind)
