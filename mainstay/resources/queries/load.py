"""Kept load, capacity and need of a time, as arrays."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.capacity import Horizon
from mainstay.resources.models import Booking, KeptCapacity, KeptLoad, KeptNeed, Resource
from mainstay.resources.queries import keeping
from mainstay.resources.queries.pieces import KEPT, count_of, lines_of, whole_years

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
FEW = 500  # as many people are named one by one; more are asked for by the query that found them


@dataclass(frozen=True, eq=False)
class Part:
    """The load of one year. person: (lines,) number of the person; key: id of role or skill, 0 for none.

    hours: (lines, 2, periods of the year) hard and soft; first: the number of the first of these periods.
    """

    person: Integers
    key: Integers
    hours: Floats
    first: int

    @cached_property
    def total(self) -> Floats:
        """(lines, periods) hard and soft together."""
        return self.hours[:, 0] + self.hours[:, 1]

    @property
    def periods(self) -> slice:
        """Which periods of the horizon these are."""
        return slice(self.first, self.first + self.hours.shape[2])


def parts_of_load(
    people: Any, ids: Integers, horizon: Horizon, as_of: datetime | None = None, by: str = "total"
) -> Iterator[Part]:
    """The load of people, in order of their ids, in the whole periods of a horizon: in all, by role or by skill."""
    for year, rows in _by_year(_loads(people, ids, horizon, as_of, by), place=1):
        cut = _cut(year, horizon)
        if cut is None:
            continue
        inside, edges, first = cut
        who, _, blobs = zip(*rows, strict=True)
        kind = lines_of(count_of(year))
        lines = np.frombuffer(b"".join(blobs), dtype=kind)
        person = np.searchsorted(ids, np.array(who, dtype=np.int64))
        person = np.repeat(person, [len(blob) // kind.itemsize for blob in blobs])
        hours = _summed(lines["hours"][:, :, inside], edges)
        yield Part(person, lines["id"].astype(np.int64), hours, first)


def net_of(
    people: Any, ids: Integers, horizon: Horizon, as_of: datetime | None = None, *, with_projects: bool = False
) -> tuple[Floats, Floats]:
    """(people, periods) net capacity of people in order of their ids; and (people, 12 months of each year) projects.

    A year that is not kept is computed.
    """
    net = np.zeros((len(ids), horizon.periods))
    years = _years(horizon)
    projects = np.zeros((len(ids), 12 * len(years) if with_projects else 0))
    for year, rows in _by_year(_capacities(people, ids, years, as_of), place=1):
        who, _, blobs, counts = zip(*rows, strict=True)
        person = np.searchsorted(ids, np.array(who, dtype=np.int64))
        cut = _cut(year, horizon)
        if cut is not None:
            inside, edges, first = cut
            sums = _summed(_decoded(blobs).reshape(len(rows), -1)[:, inside], edges)
            net[person, first : first + sums.shape[1]] += sums
        if with_projects:
            begin = 12 * years.index(year)
            projects[person, begin : begin + 12] = np.frombuffer(b"".join(counts), dtype=np.uint8).reshape(-1, 12)
    return net, projects


@dataclass(frozen=True, eq=False)
class Needs:
    """Hours projects have nobody for: (lines,) project, role and skill (0 for none), (lines, periods) hours."""

    project: Integers
    role: Integers
    skill: Integers
    hours: Floats


def needs_in(projects: Any, horizon: Horizon, as_of: datetime | None = None) -> Needs:
    """What the projects of a query (None: all) still need; a month's hours lie evenly on its Mondays to Fridays."""
    years = _years(horizon)
    if as_of is None:
        rows = KeptNeed.objects.filter(year__in=years)
        rows = rows if projects is None else rows.filter(project__in=projects.order_by().values("pk"))
        found = list(rows.order_by().values_list("project_id", "role_id", "skill_id", "year", "hours"))
    else:
        ids = projects.order_by().values_list(keeping.id_of(projects), flat=True)
        found = [
            (project, role, skill, year, hours.astype(KEPT).tobytes())
            for project, (role, skill), year, hours in keeping.needs(ids, years, as_of)
        ]
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Needs(none, none, none, np.zeros((0, horizon.periods)))
    project, role, skill, year, blobs = zip(*found, strict=True)
    shares = np.stack([_shares(one, horizon) for one in years])
    hours = np.zeros((len(found), horizon.periods))
    of_year, monthly = np.array(year), _decoded(blobs).reshape(-1, 12)
    for place, one in enumerate(years):
        hours[of_year == one] = monthly[of_year == one].astype(np.float64) @ shares[place]
    return Needs(_ids(project), _ids(role), _ids(skill), hours)


def _loads(
    people: Any, ids: Integers, horizon: Horizon, as_of: datetime | None, by: str
) -> Iterable[tuple[Any, ...]]:
    columns = ("resource_id", "year", by)
    years = _years(horizon)
    if as_of is None:
        rows = _of(people, ids, KeptLoad.objects.filter(year__in=years))
        return rows.order_by().values_list(*columns)
    bookings = Booking.objects.as_of(as_of).filter(resource__in=ids.tolist())
    kept, _ = keeping.loads(bookings.touching(horizon.first, horizon.last), years, as_of)
    return [tuple(getattr(one, name) for name in columns) for one in kept]


def _capacities(people: Any, ids: Integers, years: range, as_of: datetime | None) -> Iterator[tuple[Any, ...]]:
    """The kept rows, and computed ones for years of people that are not kept."""
    columns = ("resource_id", "year", "hours", "projects")
    missing = dict.fromkeys(years, ids)
    if as_of is None:
        rows = list(_of(people, ids, KeptCapacity.objects.filter(year__in=years)).order_by().values_list(*columns))
        yield from rows
        kept = defaultdict(list)
        for row in rows:
            kept[row[1]].append(row[0])
        missing = {year: np.setdiff1d(ids, kept[year]) for year in years if len(kept[year]) < len(ids)}
    for year, absent in missing.items():
        some = Resource.objects.as_of(as_of).identified_by(absent.tolist())
        made = keeping.capacities(some, range(year, year + 1), {}, as_of) if len(absent) else []
        yield from (tuple(getattr(one, name) for name in columns) for one in made)


def _of(people: Any, ids: Integers, rows: Any) -> Any:
    """Only rows of these people; all of them where everybody is asked for."""
    if people is None:
        return rows
    return rows.filter(resource__in=ids.tolist() if len(ids) <= FEW else people.order_by().values("pk"))


def _by_year(rows: Iterable[tuple[Any, ...]], place: int) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    by: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        by[row[place]].append(row)
    yield from by.items()


def _years(horizon: Horizon) -> range:
    return range(horizon.first.year, horizon.last.year + 1)


def _decoded(blobs: Iterable[Any]) -> NDArray[np.float32]:
    return np.frombuffer(b"".join(blobs), dtype=KEPT)


def _ids(given: Iterable[int | None]) -> Integers:
    return np.array([each or 0 for each in given], dtype=np.int64)


def _summed(values: NDArray[np.float32], edges: Integers) -> Floats:
    """(..., periods) sums of (..., pieces) from edge to edge; as a product, which takes a tenth of the time."""
    into = np.zeros((values.shape[-1], len(edges)), dtype=np.float32)
    into[np.arange(len(into)), np.searchsorted(edges, np.arange(len(into)), side="right") - 1] = 1
    return (values.reshape(-1, len(into)) @ into).reshape(*values.shape[:-1], -1).astype(np.float64)


def _cut(year: int, horizon: Horizon) -> tuple[slice, Integers, int] | None:
    """The pieces of a year inside a horizon, where periods begin among them, and the number of the first period."""
    pieces = whole_years(year, year)
    begins = np.array(pieces.starts, dtype="datetime64[D]")
    low, high = np.searchsorted(begins, np.array([horizon.first, horizon.last + timedelta(days=1)], "datetime64[D]"))
    if low >= high:
        return None
    starts = np.array(horizon.starts, dtype="datetime64[D]")
    period = np.searchsorted(starts, begins[low:high], side="right") - 1
    edges = np.flatnonzero(np.diff(period, prepend=-1))
    return slice(low, high), edges, int(period[0])


def _shares(year: int, horizon: Horizon) -> Floats:
    """(12, periods) the share of each month's days from Monday to Friday that lies in each period."""
    days = np.arange(date(year, 1, 1), date(year + 1, 1, 1), dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    month = days.astype("datetime64[M]").astype(int) % 12
    period = np.searchsorted(np.array(horizon.starts, dtype="datetime64[D]"), days, side="right") - 1
    inside = (days >= np.datetime64(horizon.first)) & (days <= np.datetime64(horizon.last))
    shares = np.zeros((12, horizon.periods))
    np.add.at(shares, (month[inside], period[inside]), 1.0)
    return shares / np.bincount(month, minlength=12)[:, None]
