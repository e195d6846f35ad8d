"""Stored values of the register in words: names for ids, labels for choices, days, amounts."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from mainstay.core.operation import label_of
from mainstay.core.templatetags import figures
from mainstay.portfolio.models import CustomField, FieldKind

Pair = tuple[str, Any]
OUT_OF_SIGHT = "not open to you"


class Wording:
    """Says the fields of one kind of row; rows they point at are named where the reader may see them."""

    def __init__(self, model: type[models.Model], reader: Any, pairs: Iterable[Pair] = ()) -> None:
        self.model, self.reader = model, reader
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.custom = {field.key: field for field in CustomField.objects.all()}
        self.names = self._names(pairs)

    def _names(self, pairs: Iterable[Pair]) -> dict[str, dict[Any, str]]:
        wanted: dict[str, set[Any]] = {}
        for name, value in pairs:
            if value is not None and isinstance(self.fields.get(name), models.ForeignKey):
                wanted.setdefault(name, set()).add(value)
        found = {}
        for name, ids in wanted.items():
            rows = self.fields[name].related_model._default_manager.visible_to(self.reader)
            found[name] = {row.pk: str(row) for row in rows.filter(pk__in=ids)}
        return found

    def label(self, name: str) -> str:
        """What a field is called: custom fields by their label."""
        first, _, rest = name.partition(".")
        if first in {"custom", "given_text"} and rest in self.custom:
            label = self.custom[rest].label
            return label if first == "custom" else f"{label}, text given"
        if first == "given_text":
            return f"{label_of(self.model, rest)}, text given"
        return label_of(self.model, name)

    def say(self, name: str, value: Any) -> str:
        """What a value says; empty text means there is none."""
        if value is None or value == "":
            return ""
        field = self.fields.get(name)
        if name in self.names:
            return self.names[name].get(value, OUT_OF_SIGHT)
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if name.startswith("custom.") and name.removeprefix("custom.") in self.custom:
            return say_custom(self.custom[name.removeprefix("custom.")], value)
        return _plainly(value)


def say_custom(field: CustomField, value: Any) -> str:
    """What the value of a custom field says."""
    if value is None or value == "":
        return ""
    match FieldKind(field.kind):
        case FieldKind.DATE:
            return _plainly(value if isinstance(value, date) else date.fromisoformat(value))
        case FieldKind.NUMBER | FieldKind.MONEY:
            return f"{_number(value)} {field.unit}".strip()
        case FieldKind.YES_NO:
            return _plainly(value)
        case _:
            return str(value)


def _number(value: Any) -> str:
    """A number with thousands set apart; what was typed and is none stays as it is."""
    try:
        return f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (date, datetime)):
        return str(figures.day(value))
    if isinstance(value, (int, Decimal)):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
