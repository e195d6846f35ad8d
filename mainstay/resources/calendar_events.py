"""Reading a calendar file (iCalendar, RFC 5545): the days and shares of days each of its events takes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from mainstay.core.errors import Unreadable
from mainstay.resources.models import AbsenceKind

LARGEST_FILE = 2 * 1024 * 1024
MOST_EVENTS, MOST_TIMES = 1000, 400
LONGEST_UID = 160
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
DAY = timedelta(days=1)
WHOLE = Decimal(1)
WORDS = (
    ("sick", AbsenceKind.SICKNESS),
    ("ill", AbsenceKind.SICKNESS),
    ("parental", AbsenceKind.PARENTAL),
    ("maternity", AbsenceKind.PARENTAL),
    ("paternity", AbsenceKind.PARENTAL),
    ("training", AbsenceKind.TRAINING),
    ("course", AbsenceKind.TRAINING),
    ("leave", AbsenceKind.LEAVE),
    ("holiday", AbsenceKind.LEAVE),
    ("vacation", AbsenceKind.LEAVE),
)


class BadCalendar(Unreadable):
    """A calendar file, or one of its events, that cannot be read; the message says why."""


@dataclass(frozen=True)
class Away:
    """Days an event takes: the key by which they are found again, and the share of each day."""

    key: str
    first: date
    last: date
    share: Decimal
    kind: str
    note: str


@dataclass
class Read:
    """What a file holds: days away, the keys of what was called off, and what is wrong with single events."""

    away: list[Away] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Window:
    """The time for which repeated events are laid out, and the hours of a full day."""

    first: date
    last: date
    day_hours: Decimal = Decimal(8)


def read_calendar(content: bytes, kind: str, window: Window) -> Read:
    """The absences in a file; an event that cannot be read is named, and the others are read all the same."""
    if len(content) > LARGEST_FILE:
        raise BadCalendar("The file is larger than 2 MB; send a shorter time.")
    try:
        events = [
            event for calendar in Calendar.from_ical(content, multiple=True) for event in calendar.walk("VEVENT")
        ]
    except (ValueError, KeyError, IndexError) as error:
        raise BadCalendar("This is no calendar file: it does not follow iCalendar (RFC 5545).") from error
    if len(events) > MOST_EVENTS:
        raise BadCalendar(f"The file has {len(events):,} events; at most {MOST_EVENTS:,} are read at once.")
    moved = {(_uid(event), _day(event["RECURRENCE-ID"].dt)) for event in events if "RECURRENCE-ID" in event}
    read = Read()
    for number, event in enumerate(events, 1):
        try:
            _take(read, event, kind, window, moved)
        except (BadCalendar, ValueError, TypeError, AttributeError, OverflowError) as error:
            why = error if isinstance(error, BadCalendar) else "its dates cannot be read."
            read.problems.append(f"Event {number}: {why}")
    return read


def _take(read: Read, event: Any, kind: str, window: Window, moved: set[tuple[str, date]]) -> None:
    uid = _uid(event)
    if not uid:
        raise BadCalendar("it has no UID, so it could not be found again.")
    if "DTSTART" not in event or event.errors:
        raise BadCalendar("its dates cannot be read." if event.errors else "it does not say when it begins.")
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return
    begins, ends = _span(event)
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        read.cancelled.append(_key(event, uid, begins))
        return
    told = {"kind": _kind(event, kind), "note": " ".join(str(event.get("SUMMARY", "")).split())[:200]}
    for start in _starts(event, begins, window):
        day = _day(start)
        if "RRULE" in event and (uid, day) in moved:
            continue
        key = _key(event, uid, start)
        read.away += [Away(*piece, **told) for piece in _pieces(key, start, start + (ends - begins), window)]


def _uid(event: Any) -> str:
    uid = str(event.get("UID", "")).strip()
    return uid if len(uid) <= LONGEST_UID else hashlib.sha256(uid.encode()).hexdigest()


def _key(event: Any, uid: str, start: date | datetime) -> str:
    """What an occurrence is found by: the UID, and in a series the day it was first planned for."""
    if "RECURRENCE-ID" in event:
        return f"{uid}/{_day(event['RECURRENCE-ID'].dt):%Y%m%d}"
    return f"{uid}/{_day(start):%Y%m%d}" if "RRULE" in event else uid


def _span(event: Any) -> tuple[Any, Any]:
    """When the event begins and ends, as dates or as local times without a zone."""
    begins = _plain(event["DTSTART"].dt)
    is_day = not isinstance(begins, datetime)
    if "DTEND" in event:
        ends = _plain(event["DTEND"].dt)
    elif "DURATION" in event:
        ends = begins + event["DURATION"].dt
    else:
        ends = begins + (DAY if is_day else timedelta())
    if isinstance(ends, datetime) is is_day:
        raise BadCalendar("it begins with a date and ends with a time, or the other way round.")
    if ends <= begins:
        raise BadCalendar("it ends before it begins, or lasts no time.")
    return begins, ends


def _plain(moment: Any) -> Any:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _starts(event: Any, begins: Any, window: Window) -> Iterator[Any]:
    """Each time an event happens inside the window; one that does not repeat happens once, whenever it is."""
    if "RRULE" not in event:
        yield begins
        return
    rule = event["RRULE"]
    rule = rule[0] if isinstance(rule, list) else rule
    if str(rule.get("FREQ", [""])[0]).upper() not in FREQUENCIES:
        raise BadCalendar("it repeats more often than daily.")
    days = [_day(one.dt) for part in _listed(event.get("EXDATE")) for one in part.dts]
    times = (start for start in _repeated(rule, begins, window) if start.date() not in days)
    for start in islice((start for start in times if start.date() >= window.first), MOST_TIMES):
        yield start if isinstance(begins, datetime) else start.date()


def _repeated(rule: Any, begins: Any, window: Window) -> Iterator[datetime]:
    parts = {name: value for name, value in rule.items() if name not in {"UNTIL", "COUNT"}}
    count = int(rule["COUNT"][0]) if "COUNT" in rule else None
    last = min([window.last, *(_day(until) for until in rule.get("UNTIL", []))])
    start = begins if isinstance(begins, datetime) else datetime.combine(begins, time())
    text = type(rule)(parts).to_ical().decode()
    laid_out = rrulestr(f"{text};UNTIL={datetime.combine(last, time.max):%Y%m%dT%H%M%S}", dtstart=start)
    return islice(iter(laid_out), count)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _pieces(key: str, begins: Any, ends: Any, window: Window) -> Iterator[tuple[str, date, date, Decimal]]:
    """Whole days in one piece; days taken in part each in a piece of their own."""
    if not isinstance(begins, datetime):
        yield key, begins, ends - DAY, WHOLE
        return
    last = (ends - timedelta(microseconds=1)).date()
    first = begins.date()
    if first == last:
        yield key, first, last, _share(ends - begins, window)
        return
    yield key, first, first, _share(datetime.combine(first + DAY, time()) - begins, window)
    if last - first > DAY:
        yield f"{key}+", first + DAY, last - DAY, WHOLE
    yield f"{key}-", last, last, _share(ends - datetime.combine(last, time()), window)


def _share(taken: timedelta, window: Window) -> Decimal:
    hours = Decimal(taken.total_seconds()) / 3600
    return min(WHOLE, (hours / window.day_hours).quantize(Decimal("0.001")))


def _kind(event: Any, otherwise: str) -> str:
    categories = [str(one) for part in _listed(event.get("CATEGORIES")) for one in getattr(part, "cats", [])]
    told = {
        word.strip(".,;:!()")
        for text in (str(event.get("SUMMARY", "")), *categories)
        for word in text.lower().split()
    }
    return next((kind for word, kind in WORDS if word in told), otherwise)
