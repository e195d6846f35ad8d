"""The days on which a calendar differs, as lines of text that people type or paste."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.errors import FieldChange
from mainstay.core.operation import changes_since, last_change_of, last_moment_of
from mainstay.resources.models import Calendar, CalendarDay
from mainstay.resources.operations.places import SpecialDay

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
LONGEST_NAME = 80
WEEKDAYS = tuple(
    (name.lower(), name) for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)


def days_as_text(days: Iterable[CalendarDay]) -> str:
    """One line a day: date, working hours, name."""
    return "\n".join(f"{day.date:%Y-%m-%d}; {day.hours.normalize():f}; {day.name}".rstrip("; ") for day in days)


def read_days(text: str) -> list[SpecialDay]:
    """The days of such lines; parts are set apart by semicolons or tabs, hours may be left away for a free day."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    found, wrong = [], []
    for number, line in lines:
        try:
            found.append(_read(line))
        except ValueError as error:
            wrong.append(f"Line {number}: {error}")
    if wrong:
        raise ValidationError({"days": wrong})
    return found


def _read(line: str) -> SpecialDay:
    parts = [part.strip() for part in re.split(r"[;\t]", line, maxsplit=2)]
    day = _day(parts[0])
    if len(parts) == 1:
        return SpecialDay(day)
    try:
        hours = Decimal(parts[1].replace(",", ".")) if parts[1] else Decimal(0)
    except InvalidOperation:
        return SpecialDay(day, Decimal(0), _name("; ".join(parts[1:])))
    if not hours.is_finite() or not 0 <= hours <= 24:
        raise ValueError("A day has 0 to 24 working hours.")
    return SpecialDay(day, hours, _name(parts[2] if len(parts) > 2 else ""))


def _day(text: str) -> date:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            continue
    raise ValueError(f"{text[:40]} is no date. Write it as 2026-12-24.")


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters.")
    return text


def calendar_changes(calendar: Calendar, version: int, reader: Any) -> list[FieldChange]:
    """What others changed in a calendar since a version: its fields, the hours of each weekday, the days."""
    changes = changes_since(calendar, version, reader)
    plain = [one for one in changes if one.field != "week"]
    return [
        *plain,
        *(day for one in changes if one.field == "week" for day in _by_day(one)),
        *_days(calendar, version),
    ]


def _by_day(change: FieldChange) -> list[FieldChange]:
    pairs = zip(WEEKDAYS, change.before, change.after, strict=True)
    return [
        replace(change, field=name, label=label, before=before, after=after)
        for (name, label), before, after in pairs
        if before != after
    ]


def _days(calendar: Calendar, version: int) -> list[FieldChange]:
    moment = last_moment_of(calendar, version)
    before, now = (days_as_text(_days_at(calendar, at)) for at in (moment, None))
    if moment is None or before == now:
        return []
    return [FieldChange("days", "Days that differ", before, now, *last_change_of(calendar))]


def _days_at(calendar: Calendar, moment: datetime | None) -> Any:
    return CalendarDay.objects.as_of(moment).filter(calendar_id=calendar.pk).order_by("date")
