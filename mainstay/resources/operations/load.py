"""Keeps load, capacity and need ready: inside every operation that moves them, whatever the operation is.

Nobody has to call anything: it follows from the rows that operations write (`history.follows`). Whoever writes rows
in another way, such as a benchmark, calls `touched`; whoever does many operations may do them within `later`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from mainstay.resources.models import Booking, Demand, KeptCapacity, KeptLoad, KeptNeed, KeptStamp, Resource
from mainstay.resources.queries import keeping
from mainstay.resources.queries.pieces import KEPT

PEOPLE_AT_ONCE = 500
PROJECTS_AT_ONCE = 100
ROWS_AT_ONCE = 500
STAMPS_KEPT = 200
LOCK = 5_207_881  # one number for all who keep these figures: the second waits until the first has committed
YEARS_BACK, YEARS_AHEAD = 1, 3


@dataclass
class Moved:
    """What has to be computed anew: people and projects, from a first to a last year."""

    resources: set[int] = field(default_factory=set)
    projects: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, resources: Iterable[int], projects: Iterable[int], years: Iterable[int]) -> None:
        """Widen it."""
        self.resources |= set(resources)
        self.projects |= set(projects)
        self.years |= set(years)


_later: ContextVar[Moved | None] = ContextVar("later", default=None)


def touched(
    resources: Iterable[int] = (),
    first: date | None = None,
    last: date | None = None,
    *,
    projects: Iterable[int] | None = None,
) -> None:
    """Compute anew what is kept of people, and what projects still need, from one day to another.

    resources, projects: ids. Without days all years are computed that are kept; without projects, those are computed
    that the people are booked on.
    """
    people = set(resources)
    years = range(first.year, last.year + 1) if first and last else kept_years()
    wanting = _booking(people, years) if projects is None else set(projects)
    if (waiting := _later.get()) is not None:
        waiting.add(people, wanting, years)
    else:
        _keep(people, wanting, years)


@contextmanager
def later() -> Iterator[None]:
    """Do it once for all operations inside, at the end."""
    waiting = Moved()
    token = _later.set(waiting)
    try:
        yield
    finally:
        _later.reset(token)
    if waiting.years:
        _keep(waiting.resources, waiting.projects, range(min(waiting.years), max(waiting.years) + 1))


def keep_all() -> int:
    """Compute everything anew; gives the number of people."""
    people = set(Resource.objects.values_list("pk", flat=True))
    projects = set(Demand.objects.order_by().values_list("project", flat=True).distinct())
    with transaction.atomic():
        for model in (KeptLoad, KeptCapacity, KeptNeed):
            model.objects.all().delete()
        _keep(people, projects, kept_years())
    return len(people)


def keep_missing() -> None:
    """Compute everything where there are bookings and nothing is kept, as after a change of its form."""
    if Booking.objects.exists() and not KeptLoad.objects.exists():
        keep_all()


def kept_years() -> range:
    """Last year and three years ahead, and every year with a booking."""
    today = timezone.localdate().year
    ends = (Booking.objects.order_by("starts_on"), Booking.objects.order_by("-ends_on"))
    first = ends[0].values_list("starts_on", flat=True).first()
    last = ends[1].values_list("ends_on", flat=True).first()
    low = min(today - YEARS_BACK, first.year if first else today)
    return range(low, max(today + YEARS_AHEAD, last.year if last else today) + 1)


def stamp() -> None:
    """Leave a mark: figures remembered before it hold no longer."""
    made = KeptStamp.objects.create()
    if made.pk % STAMPS_KEPT == 0:
        KeptStamp.objects.filter(pk__lt=made.pk - STAMPS_KEPT).delete()


def _keep(people: set[int], projects: set[int], years: range) -> None:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for some in _parts(people, PEOPLE_AT_ONCE):
            _keep_people(some, years)
        for some in _parts(projects, PROJECTS_AT_ONCE):
            _keep_needs(some, years)
        stamp()


def _parts(ids: set[int], size: int) -> Iterator[list[int]]:
    ordered = sorted(ids)
    yield from (ordered[start : start + size] for start in range(0, len(ordered), size))


def _booking(people: set[int], years: range) -> set[int]:
    """The projects that book some people."""
    ends = date(years[0], 1, 1), date(years[-1], 12, 31)
    found: set[int] = set()
    for some in _parts(people, PEOPLE_AT_ONCE):
        rows = Booking.objects.filter(resource__in=some).touching(*ends).order_by()
        found |= set(rows.values_list("project_id", flat=True).distinct())
    return found


def _keep_people(ids: list[int], years: range) -> None:
    ends = date(years[0], 1, 1), date(years[-1], 12, 31)
    rows = Booking.objects.filter(resource__in=ids).touching(*ends)
    kept, parallel = keeping.loads(rows, years)
    free = keeping.capacities(Resource.objects.filter(pk__in=ids), years, parallel)
    for model, made in ((KeptLoad, kept), (KeptCapacity, free)):
        model.objects.filter(resource__in=ids, year__range=(years[0], years[-1])).delete()
        model.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)


def _keep_needs(ids: list[int], years: range) -> None:
    found = [
        KeptNeed(project_id=project, role_id=role, skill_id=skill, year=year, hours=hours.astype(KEPT).tobytes())
        for project, (role, skill), year, hours in keeping.needs(ids, years)
        if hours.any()
    ]
    KeptNeed.objects.filter(project__in=ids, year__range=(years[0], years[-1])).delete()
    KeptNeed.objects.bulk_create(found, batch_size=ROWS_AT_ONCE)
