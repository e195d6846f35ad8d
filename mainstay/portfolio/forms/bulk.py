"""The form that changes many projects at once: what is left empty stays as it is."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.portfolio.forms.custom import CUSTOM, DATE, YES_NO, custom_value
from mainstay.portfolio.queries import Column, Kind, Reading, columns

LEAVE = ("", "Leave as it is")
EMPTY = ("-", "Empty it")


class BulkForm(forms.Form):
    """A field for each column that may be changed in bulk; texts, numbers and dates have a tick to empty them."""

    def __init__(self, *args: Any, reading: Reading, sees_figures: bool, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        hidden = {f"custom.{f.key}" for f in reading.custom_fields if f.is_confidential and not sees_figures}
        known = columns(reading)
        self.columns = [c for c in known.values() if c.may_bulk and c.name not in hidden]
        people = Person.objects.visible_to(reading.user).active().values_list("username", "name")
        self.people = [LEAVE, EMPTY, *people]
        for column in self.columns:
            self._add(column)
        self.fields["reason"] = forms.CharField(max_length=500, required=False)

    def _add(self, column: Column) -> None:
        name = field_name(column)
        choices = self._choices(column)
        if choices:
            self.fields[name] = forms.ChoiceField(label=column.label, required=False, choices=choices)
            return
        field = {"label": column.label, "required": False}
        if column.kind is Kind.DATE:
            self.fields[name] = forms.DateField(**field, **DATE)
        elif column.name == "risk":
            self.fields[name] = forms.IntegerField(min_value=0, max_value=100, **field)
        else:
            self.fields[name] = forms.CharField(max_length=100 if column.name == "theme" else 2000, **field)
        self.fields[f"empty_{name}"] = forms.BooleanField(label=f"{column.label}: empty it", required=False)

    def _choices(self, column: Column) -> list[tuple[str, str]]:
        if column.kind in {Kind.PERSON, Kind.USERNAME}:
            return self.people
        if column.kind is Kind.YES_NO:
            return [LEAVE, EMPTY, *YES_NO[1:]]
        return [LEAVE, EMPTY, *((value, label) for value, label in column.options if value)] if column.options else []

    def changes(self) -> dict[str, Any]:
        """What is to be changed, as the operation takes it."""
        found: dict[str, Any] = {}
        for column in self.columns:
            name = field_name(column)
            value = custom_value(self.cleaned_data.get(name))
            if value == EMPTY[0] or self.cleaned_data.get(f"empty_{name}"):
                found[name] = None
            elif value not in {None, ""}:
                found[name] = value
        custom = {n.removeprefix(CUSTOM): found.pop(n) for n in list(found) if n.startswith(CUSTOM)}
        plain = {name: self._plain(name, value) for name, value in found.items()}
        return plain | ({"custom": custom} if custom else {})

    def _plain(self, name: str, value: Any) -> Any:
        if name in {"owner", "manager"}:
            return Person.objects.get(username=value) if value else None
        names = {"start": "start_date", "end": "end_date"}
        return "" if value is None and name not in {*names, "risk"} else value


def field_name(column: Column) -> str:
    """The name of a column's field: operations and forms know dates and custom fields by these."""
    stored = {"start": "start_date", "end": "end_date"}
    return stored.get(column.name, column.name.replace("custom.", CUSTOM))
