"""Adding and changing sites and calendars: where and when people work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.tree import change
from mainstay.resources.models import Calendar, CalendarDay, Site
from mainstay.resources.operations.rules import free_key, put
from mainstay.resources.queries.public_holidays import countries, regions

SITE = frozenset({"name", "description", "is_active", "calendar"})
CALENDAR = frozenset({"name", "description", "is_active", "week", "country", "region"})
MOST_DAYS = 1000


@dataclass(frozen=True)
class SpecialDay:
    """A day on which a calendar differs, with its working hours and a name."""

    date: date
    hours: Decimal = Decimal(0)
    name: str = ""


@operation(Verb.SITE_ADD)
def add_site(subject: None, *, actor: Actor, name: str, key: str = "", **fields: Any) -> Site:
    """Add a place where people work."""
    name = name.strip()
    return put(Site(key=free_key(Site, key, name), name=name), SITE, fields)


@operation(Verb.SITE_EDIT)
def edit_site(
    site: Site, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Site:
    """Change a site, or take it out of use; its key stays what other systems know."""
    return put(site, SITE, changes)


@operation(Verb.CALENDAR_CREATE)
def create_calendar(
    subject: None, *, actor: Actor, name: str, key: str = "", days: Iterable[SpecialDay] = (), **fields: Any
) -> Calendar:
    """Say which hours people work in a normal week, whose public holidays they have, and which days differ."""
    name = name.strip()
    calendar = Calendar(key=free_key(Calendar, key, name), name=name)
    change(calendar, CALENDAR, fields)
    _refuse_unknown_country(calendar)
    history.create(calendar)
    _set_days(calendar, days)
    history.about(calendar)
    return calendar


@operation(Verb.CALENDAR_EDIT)
def edit_calendar(
    calendar: Calendar,
    *,
    actor: Actor,
    days: Iterable[SpecialDay] | None = None,
    expected_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Calendar:
    """Change a calendar; the days given take the place of all days that differ."""
    change(calendar, CALENDAR, changes)
    _refuse_unknown_country(calendar)
    if days is not None:
        _set_days(calendar, days)
    return history.save_whole(calendar)


def _refuse_unknown_country(calendar: Calendar) -> None:
    if calendar.country and calendar.country not in dict(countries()):
        raise ValidationError({"country": f"The holidays of {calendar.country} are not known here."})
    if calendar.country and calendar.region and calendar.region not in dict(regions(calendar.country)):
        raise ValidationError({"region": f"There is no region {calendar.region} with holidays of its own."})


def _set_days(calendar: Calendar, days: Iterable[SpecialDay]) -> None:
    wanted = list(days)
    if len(wanted) > MOST_DAYS:
        raise ValidationError({"days": f"A calendar has at most {MOST_DAYS:,} days that differ."})
    if len({one.date for one in wanted}) < len(wanted):
        raise ValidationError({"days": "Name each day once."})
    known = {row.date: row for row in calendar.days.all()}
    for one in wanted:
        row = known.pop(one.date, None) or CalendarDay(calendar=calendar, date=one.date)
        row.hours, row.name = one.hours, one.name.strip()
        _keep(row)
    for row in known.values():
        history.remove(row)


def _keep(row: CalendarDay) -> None:
    try:
        (history.save if row.pk else history.create)(row)
    except ValidationError as error:
        raise ValidationError({"days": f"{row.date:%-d %B %Y}: {' '.join(error.messages)}"}) from error
