"""Two people changed one thing: both versions side by side, and a choice for each field that both changed.

A view reads what was sent by `settled(request.POST)` and, where the operation raises `Stale`, shows
`Conflict(stale, form)`: its `form` keeps what was typed, takes over what only the other one changed, and is sent
again with its `version`. The template shows `{% conflict conflict.clashes "noun" %}` above the form and
`{% whose conflict %}` inside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from mainstay.core.errors import FieldChange, Stale
from mainstay.core.templatetags import figures

KEEP = "keep_"
SAVED = "saved_"
THEIRS = "theirs"
OUT_OF_SIGHT = "not open to you"


@dataclass(frozen=True)
class Clash:
    """One field that somebody else changed meanwhile, with what was typed here."""

    field: str
    label: str
    before: str
    after: str
    yours: str
    who: str
    at: datetime | None
    is_mine_too: bool
    saved: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        """The name under which the person says whose version stays."""
        return f"{KEEP}{self.field}"

    @property
    def saved_name(self) -> str:
        """The name under which the other version is sent along."""
        return f"{SAVED}{self.field}"


class Conflict:
    """What a refused edit shows: the other version, what was typed, and the form to save against the new version."""

    def __init__(self, stale: Stale, form: forms.BaseForm) -> None:
        self.version, self.form = stale.current, form
        self.clashes = [self._clash(change) for change in stale.changes if self.field_of(change.field)]
        self.told = [change for change in stale.changes if not self.field_of(change.field)]
        data = form.data.copy()
        for clash in self.taken_over:
            _put(data, form.add_prefix(clash.field), list(clash.saved))
        form.data, form._errors = data, None

    @property
    def open_ones(self) -> list[Clash]:
        """The fields both have changed: the person decides."""
        return [clash for clash in self.clashes if clash.is_mine_too]

    @property
    def taken_over(self) -> list[Clash]:
        """The fields only the other one has changed: they stay as saved."""
        return [clash for clash in self.clashes if not clash.is_mine_too]

    def field_of(self, stored: str) -> str:
        """The form field that holds a stored one, such as `owner` for `owner_id`; nothing where there is none."""
        return next((name for name in (stored, stored.removesuffix("_id")) if name in self.form.fields), "")

    def label_of(self, change: FieldChange) -> str:
        """What the field is called."""
        return str(self.form.fields[self.field_of(change.field)].label or change.label)

    def say(self, change: FieldChange, value: Any) -> str:
        """A value of the field in words; empty text means there is none."""
        return in_words(self.form.fields[self.field_of(change.field)], value)

    def typed(self, change: FieldChange) -> Any:
        """What was typed, as it would be stored."""
        return _plain(self.form.cleaned_data.get(self.field_of(change.field)))

    def saved(self, change: FieldChange) -> list[str]:
        """What the other one saved, as a browser would send it."""
        return as_sent(self.form.fields[self.field_of(change.field)], change.after)

    def _clash(self, change: FieldChange) -> Clash:
        name, typed = self.field_of(change.field), self.typed(change)
        was, now, yours = (self.say(change, value) for value in (change.before, change.after, typed))
        is_mine = not (_same(typed, change.before) or _same(typed, change.after)) and yours not in {was, now}
        told = (change.who, change.at, is_mine, tuple(self.saved(change)))
        return Clash(name, self.label_of(change), was, now, yours, *told)


def settled(data: QueryDict, saved: Callable[[str], list[str]] | None = None) -> QueryDict:
    """What was sent, with the other version wherever the person chose it; `saved` may look it up afresh."""
    data = data.copy()
    for key in [key for key in data if key.startswith(KEEP) and data[key] == THEIRS]:
        name = key.removeprefix(KEEP)
        _put(data, name, saved(name) if saved else data.getlist(f"{SAVED}{name}"))
    return data


def as_sent(field: forms.Field, value: Any) -> list[str]:
    """A stored value as a browser would send it for a form field."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(field, forms.ModelChoiceField) and field.to_field_name:
        value = field.queryset.filter(pk=value).values_list(field.to_field_name, flat=True).first()
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, (list, tuple)):
        return [str(one) for one in shown]
    return ["" if shown is None else str(shown)]


def put_rows(data: QueryDict, rows: Any) -> None:
    """Put the rows a table begins with into what was sent, in place of those that were typed."""
    for name in [name for name in data if name.startswith(f"{rows.prefix}-")]:
        del data[name]
    for name, count in (("TOTAL_FORMS", rows.total_form_count()), ("INITIAL_FORMS", rows.initial_form_count())):
        data[f"{rows.prefix}-{name}"] = str(count)
    for cell in (cell for form in rows for cell in form):
        data.setlist(cell.html_name, as_sent(cell.field, cell.value()))


def in_words(field: forms.Field, value: Any) -> str:
    """A value of a form field as people read it: choices by their labels, rows by their names."""
    if value is None or value == "":
        return ""
    if isinstance(value, (list, tuple, set)):
        return ", ".join(in_words(field, one) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.filter(pk=value).first()
        return OUT_OF_SIGHT if found is None else field.label_from_instance(found)
    if isinstance(field, forms.ChoiceField):
        known = {str(key): str(label) for key, label in _flat(field.choices)}
        return known.get(str(value), str(value))
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return str(figures.day(value))
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without the groups they may stand in."""
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs += label if isinstance(label, (list, tuple)) else [(key, label)]
    return pairs


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return [_plain(one) for one in value] if isinstance(value, (list, tuple, models.QuerySet)) else value


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; an empty one and none are one."""
    return ("" if one is None else one) == ("" if other is None else other)


def _put(data: QueryDict, name: str, values: list[str]) -> None:
    if values:
        data.setlist(name, values)
    else:
        data.pop(name, None)
