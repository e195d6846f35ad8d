"""Form fields for the custom fields of projects, by kind."""

from collections.abc import Callable
from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.portfolio.models import CustomField, FieldKind

CUSTOM = "custom_"
DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
YES_NO = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
Maker = Callable[..., forms.Field]


def custom_form_field(field: CustomField, people: Any) -> forms.Field:
    """The form field of a custom field."""
    common: dict[str, Any] = {"label": _label(field), "required": False, "help_text": field.help_text}
    match FieldKind(field.kind):
        case FieldKind.CHOICE:
            options = [("", "Not chosen"), *((option, option) for option in field.options)]
            return forms.ChoiceField(choices=options, **common)
        case FieldKind.USER:
            return forms.ModelChoiceField(people, to_field_name="username", empty_label="Nobody", **common)
        case kind:
            return _MAKERS[kind](**common)


def _number(**common: Any) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)


_MAKERS: dict[FieldKind, Maker] = {
    FieldKind.TEXT: forms.CharField,
    FieldKind.LONG_TEXT: lambda **common: forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **common),
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _number,
    FieldKind.DATE: lambda **common: forms.DateField(**DATE, **common),
    FieldKind.YES_NO: lambda **common: forms.ChoiceField(choices=YES_NO, **common),
}


def _label(field: CustomField) -> str:
    return f"{field.label} ({field.unit})" if field.unit else field.label


def custom_initial(field: CustomField, value: Any) -> Any:
    """A stored value as its form field shows it."""
    if field.kind == FieldKind.YES_NO and value is not None:
        return "yes" if value else "no"
    return value


def custom_value(value: Any) -> Any:
    """What a form field gave, as operations take it."""
    return value.username if isinstance(value, Person) else value
