"""Custom fields: reading what was typed, checking it, and saying what it means."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.models import Person
from mainstay.portfolio.models import CustomField, FieldKind

LONGEST_TEXT = 20_000
LARGEST = Decimal(10) ** 16
SMALLEST = -12  # as a power of ten; written out in full a smaller one would have a million noughts


def active_fields() -> list[CustomField]:
    """The custom fields in use, in their order."""
    return list(CustomField.objects.filter(is_active=True))


def clean_custom(values: dict[str, Any], *, known: list[CustomField] | None = None) -> dict[str, Any]:
    """Checked values as they are stored; an error names each field."""
    fields = {field.key: field for field in (active_fields() if known is None else known)}
    clean: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key, value in values.items():
        if key not in fields:
            errors[key] = f"There is no field {key}."
            continue
        try:
            clean[key] = clean_value(fields[key], value)
        except ValueError as error:
            errors[key] = str(error)
    if errors:
        raise ValidationError({f"custom_{key}": message for key, message in errors.items()})
    return clean


def clean_value(field: CustomField, value: Any) -> Any:
    """One value as it is stored; ValueError says what is wrong."""
    if value is None or value == "":
        return None
    return _CLEANERS[FieldKind(field.kind)](field, value)


def _text(field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("This takes text.")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"At most {LONGEST_TEXT:,} characters.")
    return value


def _number(field: CustomField, value: Any) -> str:
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError("This takes a number.") from None
    if not number.is_finite() or abs(number) >= LARGEST or (number and number.adjusted() < SMALLEST):
        raise ValueError("This number is out of range.")
    return format(number.normalize(), "f")


def _date(field: CustomField, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise ValueError("Write the date as 2026-03-31.") from None


def _choice(field: CustomField, value: Any) -> str:
    if value not in field.options:
        raise ValueError(f"Choose one of {', '.join(field.options)}.")
    return str(value)


def _user(field: CustomField, value: Any) -> str:
    username = str(value).strip()
    if not Person.objects.filter(username=username).exists():
        raise ValueError(f"There is nobody with the sign-in name {username}.")
    return username


def _yes_no(field: CustomField, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in {"yes", "no", "true", "false", "1", "0", "on"}:
        raise ValueError("Answer yes or no.")
    return word in {"yes", "true", "1", "on"}


_CLEANERS = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.USER: _user,
    FieldKind.YES_NO: _yes_no,
}
