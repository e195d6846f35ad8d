"""What follows from bookings, absences and demand, computed from the rows: load, capacity and need, year by year.

The one place where it is computed: `operations/load.py` keeps it, and pages about a past date ask for it directly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mainstay.core.models.row import RowVersion
from mainstay.engine.capacity import Bookings, Horizon, net_capacity, parallel_projects, spread
from mainstay.portfolio.models import Project, Stage
from mainstay.resources.models import Booking, Calendar, Demand, Firmness, KeptCapacity, KeptLoad, Resource, Site
from mainstay.resources.queries.pieces import KEPT, Pieces, lines_of, whole_years
from mainstay.resources.queries.working import availability, day_hours

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
KINDS = ("hard", "soft")
MOST_PARALLEL = 255
Word = tuple[int | None, int | None]


@dataclass(frozen=True, eq=False)
class Booked:
    """Bookings as arrays of (bookings,); ids 0 for none."""

    resource: Integers
    project: Integers
    role: Integers
    skill: Integers
    hard: NDArray[np.bool_]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    hours: Floats


def id_of(rows: Any) -> str:
    """The column that holds the id, in today's rows and in kept versions."""
    return "row_id" if issubclass(rows.model, RowVersion) else "pk"


COLUMNS = ("resource_id", "project_id", "role_id", "skill_id", "firmness", "starts_on", "ends_on", "hours")


def booked(rows: Any) -> Booked:
    """The bookings of a query."""
    return as_arrays(list(rows.order_by().values_list(*COLUMNS)))


def as_arrays(found: list[tuple[Any, ...]]) -> Booked:
    """Bookings given by their columns."""
    who, what, role, skill, firmness, starts, ends, hours = zip(*found, strict=True) if found else ([],) * 8
    return Booked(
        *(np.array(each, dtype=np.int64) for each in (who, what, role, [each or 0 for each in skill])),
        np.array([each == Firmness.HARD for each in firmness], dtype=bool),
        np.array(starts, dtype="datetime64[D]"),
        np.array(ends, dtype="datetime64[D]"),
        np.array(hours, dtype=np.float64),
    )


class Spreader:
    """Spreads bookings over the working hours of whoever does them."""

    def __init__(self, all_of_them: Booked, years: range, as_of: datetime | None = None) -> None:
        self.as_of = as_of
        first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
        if len(all_of_them.hours):
            first = min(first, all_of_them.starts.min().item().replace(month=1, day=1))
            last = max(last, all_of_them.ends.max().item().replace(month=12, day=31))
        self.first, self.last = first, last
        calendars = list(Calendar.objects.as_of(as_of))
        self.hours = day_hours(calendars, first, last, as_of)
        self.row_of = {one.row_id: number for number, one in enumerate(calendars, 1)}
        sites = Site.objects.as_of(as_of)
        self.at_site = dict(sites.values_list(id_of(sites), "calendar_id"))
        self.known = self._calendars(self._of(all_of_them.resource))

    def _of(self, ids: Integers) -> Any:
        return Resource.objects.as_of(self.as_of).identified_by(np.unique(ids).tolist())

    def _calendars(self, people: Any) -> tuple[Integers, Integers]:
        """The ids of people in order, and the row of the working hours of each."""
        rows = sorted(people.order_by().values_list(id_of(people), "calendar_id", "site_id"))
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        by = [self.row_of.get(own or self.at_site.get(site), 0) for _, own, site in rows]
        return ids, np.array(by, dtype=np.int64)

    def of(self, some: Booked, horizon: Horizon) -> Bookings:
        """Bookings as the engine takes them, on a horizon over the same days."""
        ids, by = self.known
        rows = by[np.searchsorted(ids, some.resource)]
        days = horizon.day_numbers(some.starts), horizon.day_numbers(some.ends)
        return Bookings.of(some.hours, *days, rows)


def loads(rows: Any, years: range, as_of: datetime | None = None) -> tuple[list[KeptLoad], dict[int, Floats]]:
    """The load of the bookings of a query, a row for each person and year.

    A booking counts whole, whatever the stage of its project: somebody reserved the time. Beside it, by person,
    (months of all years,) on how many projects somebody is booked.
    """
    found = booked(rows)
    if not len(found.hours):
        return [], {}
    spreader = Spreader(found, years, as_of)
    kept: dict[tuple[int, int], KeptLoad] = {}
    for name, of in (("total", np.zeros_like(found.role)), ("role", found.role), ("skill", found.skill)):
        for (who, year), lines in _lines(found, of, spreader, years):
            one = kept.setdefault((who, year), KeptLoad(resource_id=who, year=year))
            setattr(one, name, lines)
    return list(kept.values()), _parallel(spreader, found, years)


def _lines(found: Booked, of: Integers, spreader: Spreader, years: range) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Person and year, and the lines to keep: hours by role, by skill, or in all."""
    pieces = Pieces(spreader.first, spreader.last)
    strands, of_strand = np.unique(np.stack([found.resource, of], axis=1), axis=0, return_inverse=True)
    sums = spread(
        spreader.of(found, pieces),
        spreader.hours,
        pieces,
        group=of_strand * len(KINDS) + np.where(found.hard, 0, 1),
        groups=len(strands) * len(KINDS),
    )
    hours = sums.reshape(len(strands), len(KINDS), -1)
    for year in years:
        part = hours[:, :, pieces.columns_of(year)]
        there = np.flatnonzero(part.any(axis=(1, 2)))
        lines = np.zeros(len(there), dtype=lines_of(part.shape[2]))
        lines["id"], lines["hours"] = strands[there, 1], part[there]
        people, begins = np.unique(strands[there, 0], return_index=True)
        ends = np.append(begins, len(there))[1:]
        for who, first, after in zip(people.tolist(), begins, ends, strict=True):
            yield (who, year), lines[first:after].tobytes()


def _parallel(spreader: Spreader, found: Booked, years: range) -> dict[int, Floats]:
    months = Horizon(spreader.first, spreader.last, "month")
    who, person = np.unique(found.resource, return_inverse=True)
    _, project = np.unique(found.project, return_inverse=True)
    run = spreader.of(found, months)
    run = Bookings(run.hours, run.first, run.last, person)
    counts = parallel_projects(run, project, months, len(who))
    begin = (years[0] - spreader.first.year) * 12
    counts = np.minimum(counts[:, begin : begin + 12 * len(years)], MOST_PARALLEL)
    return dict(zip(who.tolist(), counts, strict=True))


def weights_of_projects(as_of: datetime | None = None) -> dict[int, float]:
    """How likely each project is that is not certain; what it needs counts with this share."""
    stages = {one.row_id: one.weight for one in Stage.objects.as_of(as_of)}
    part = [pk for pk, weight in stages.items() if weight != 1]
    rows = Project.objects.as_of(as_of).filter(stage_id__in=part)
    return {pk: stages[stage] for pk, stage in rows.order_by().values_list(id_of(rows), "stage_id")}


def capacities(
    people: Any, years: range, projects: dict[int, Floats], as_of: datetime | None = None
) -> list[KeptCapacity]:
    """The net capacity of the people of a query, a row for each and year."""
    pieces = whole_years(years[0], years[-1])
    known = availability(people, pieces.first, pieces.last, as_of=as_of)
    net = net_capacity(known.terms, known.absences, known.day_hours, pieces, len(known.ids)) * known.heads[:, None]
    hours, none = net.astype(KEPT), np.zeros(12 * len(years))
    return [
        KeptCapacity(
            resource_id=who,
            year=year,
            hours=hours[number, pieces.columns_of(year)].tobytes(),
            projects=projects.get(who, none)[12 * place : 12 * place + 12].astype(np.uint8).tobytes(),
        )
        for place, year in enumerate(years)
        for number, who in enumerate(known.ids.tolist())
    ]


def needs(
    projects: Iterable[int], years: range, as_of: datetime | None = None
) -> Iterator[tuple[int, Word, int, Floats]]:
    """Project, role and skill, year, and (12,) hours that a project needs and has nobody for."""
    demands = Demand.objects.as_of(as_of).filter(project__in=list(projects), month__year__range=(years[0], years[-1]))
    wanted: dict[int, dict[Word, Floats]] = defaultdict(dict)
    columns = ("project_id", "role_id", "skill_id", "month", "hours")
    for project, role, skill, month, hours in demands.order_by().values_list(*columns):
        line = wanted[project].setdefault((role, skill), np.zeros(12 * len(years)))
        line[(month.year - years[0]) * 12 + month.month - 1] += float(hours)
    staffed = _staffed(list(wanted), years, as_of)
    for project, lines in wanted.items():
        for word, hours in unstaffed(lines, staffed.get(project, {})).items():
            yield from ((project, word, year, hours[12 * n : 12 * n + 12]) for n, year in enumerate(years))


def _staffed(projects: list[int], years: range, as_of: datetime | None) -> dict[int, dict[Word, Floats]]:
    """(months,) hours booked for each project by role and skill."""
    rows = Booking.objects.as_of(as_of).filter(project__in=projects)
    found = booked(rows.touching(date(years[0], 1, 1), date(years[-1], 12, 31)))
    by_project: dict[int, dict[Word, Floats]] = defaultdict(dict)
    if not len(found.hours):
        return by_project
    spreader = Spreader(found, years, as_of)
    months = Horizon(spreader.first, spreader.last, "month")
    lines, of_line = np.unique(
        np.stack([found.project, found.role, found.skill], axis=1), axis=0, return_inverse=True
    )
    sums = spread(spreader.of(found, months), spreader.hours, months, group=of_line, groups=len(lines))
    begin = (years[0] - spreader.first.year) * 12
    for (project, role, skill), hours in zip(lines.tolist(), sums[:, begin : begin + 12 * len(years)], strict=True):
        by_project[project][(role, skill or None)] = hours
    return by_project


def unstaffed(wanted: dict[Word, Floats], given: dict[Word, Floats]) -> dict[Word, Floats]:
    """What is wanted by role and skill less what is booked.

    A booking counts for a line with its role and skill first, then for one with its role alone, then for one with
    its skill alone; no booked hour counts twice.
    """
    left = {word: hours.copy() for word, hours in given.items()}
    open_hours = {}
    for word in sorted(wanted, key=_strictness):
        missing = wanted[word].copy()
        for other in sorted((one for one in left if _fits(word, one)), key=lambda one: one != word):
            taken = np.minimum(missing, left[other])
            missing, left[other] = missing - taken, left[other] - taken
        open_hours[word] = missing
    return open_hours


def _strictness(word: Word) -> tuple[bool, bool, int, int]:
    role, skill = word
    return skill is None or role is None, role is None, role or 0, skill or 0


def _fits(wanted: Word, given: Word) -> bool:
    return all(asked is None or asked == there for asked, there in zip(wanted, given, strict=True))
