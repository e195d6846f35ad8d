"""What somebody saw of a person's bookings when they decided, and what others changed since then."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mainstay.core.errors import FieldChange, Stale
from mainstay.resources.models import Booking, Resource

MOST_TOLD = 10


def seen_of(resources: Iterable[Resource], first: date, last: date) -> str:
    """The bookings of these people in a time as a text to send along: id and version of each, never empty."""
    return text_of(_now(resources, first, last))


def text_of(versions: dict[int, int]) -> str:
    """The same for versions by id that were read before."""
    return ".".join(["seen", *(f"{pk}-{version}" for pk, version in sorted(versions.items()))])


def refuse_other(seen: str, resources: Iterable[Resource], first: date, last: date) -> None:
    """Refuse when anybody booked these people since `seen`, where that is given, and tell what changed."""
    if not seen:
        return
    then, now = _read(seen), _now(resources, first, last)
    if then != now:
        changed = [pk for pk in {*then, *now} if then.get(pk) != now.get(pk)]
        raise Stale("time of these people", 0, 0, _changes(sorted(changed), then))


def _now(resources: Iterable[Resource], first: date, last: date) -> dict[int, int]:
    rows = Booking.objects.filter(resource__in=[one.pk for one in resources]).touching(first, last)
    return dict(rows.values_list("pk", "version"))


def _read(seen: str) -> dict[int, int]:
    pairs = (part.split("-") for part in seen.split(".") if part)
    return {int(one[0]): int(one[1]) for one in pairs if len(one) == 2 and all(text.isdecimal() for text in one)}


def _changes(ids: list[int], then: dict[int, int]) -> list[FieldChange]:
    versions = Booking.Version.objects.filter(row_id__in=ids).select_related("event", "resource")
    by_row: dict[int, list[Any]] = {}
    for one in versions.order_by("version_id"):
        by_row.setdefault(one.row_id, []).append(one)
    alive = set(Booking.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [_told(rows, then.get(pk), is_there=pk in alive) for pk, rows in list(by_row.items())[:MOST_TOLD]]


def _told(rows: list[Any], known: int | None, *, is_there: bool) -> FieldChange:
    """A booking then and now, without the project: not everybody may know of it."""
    last = rows[-1]
    before = next((one for one in rows if one.version == known), None)
    who, at = (last.event.who, last.event.at) if is_there and last.event else ("", None)
    after = _words(last) if is_there else "removed"
    return FieldChange("bookings", f"Booking of {last.resource}", _words(before) if before else "", after, who, at)


def _words(one: Any) -> str:
    return f"{one.hours.normalize():f} hours, {one.starts_on:%-d %b} to {one.ends_on:%-d %b %Y}"
