"""Comparing stored values and writing them down for people and programs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.duration import duration_iso_string


def plain(value: Any) -> Any:
    """A value as JSON can hold it; money stays exact as text."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Enum):
        return value.value
    return value


def differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each field that differs with both values; fields that hold several values are told one by one."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if isinstance(old, dict) or isinstance(new, dict):
            for part, was, is_now in differences(old or {}, new or {}):
                yield f"{name}.{part}", was, is_now
        elif old != new:
            yield name, old, new
