"""Where people's time goes by kinds of work: hours booked and hours worked, against what should be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from mainstay.core.models import Person
from mainstay.monitoring.models import HoursEntry
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Resource, ResourceKind
from mainstay.resources.queries.booked_hours import spread_over
from mainstay.resources.queries.heat import Question, people_of
from mainstay.resources.queries.remembered import remembered
from mainstay.resources.queries.working import availability
from mainstay.strategy.models import Bucket, Placement
from mainstay.strategy.models.standing import WHOLE

Hours = dict[int, float]


@dataclass(frozen=True)
class Kind:
    """One kind of work: hours booked and worked, and their shares of all hours on projects that are open.

    bucket: none for work in no bucket. Shares lie between 0 and 1; none where there are no hours.
    """

    bucket: Any
    booked: float
    worked: float
    booked_share: float | None
    worked_share: float | None
    projects: tuple[int, ...]

    @property
    def target(self) -> float | None:
        """The share it should have."""
        return None if self.bucket is None else float(self.bucket.target_share / WHOLE)

    def status(self, share: float | None) -> tuple[str, str]:
        """How a share stands against the target, as a kind and a word."""
        if share is None or self.bucket is None:
            return "none", "No target" if self.bucket is None else "No hours"
        off = Decimal(str(share)) * WHOLE - self.bucket.target_share
        if abs(off) <= self.bucket.tolerance:
            return "good", "As intended"
        return "warn", "Too much" if off > 0 else "Too little"


class StrategicUse:
    """The hours of the people asked for, by the buckets of a classification."""

    def __init__(self, classification: Any, question: Question, reader: Person) -> None:
        self.classification, self.question, self.reader = classification, question, reader

    @cached_property
    def booked(self) -> Hours:
        """Booked hours by project; placeholders do not count, nobody works in their place yet."""
        return remembered(("strategic", self.question), self.reader, self._booked)

    def _booked(self) -> Hours:
        first, last = self.question.first, self.question.last
        people = people_of(self.question, self.reader).exclude(kind=ResourceKind.GENERIC)
        rows = Booking.objects.filter(resource__in=people.order_by().values("pk")).touching(first, last)
        told = list(rows.order_by().values_list("resource_id", "starts_on", "ends_on", "hours", "project_id"))
        if not told:
            return {}
        known = availability(Resource.objects.filter(pk__in={one[0] for one in told}), first, last)
        place = {project: number for number, project in enumerate(sorted({one[4] for one in told}))}
        spans, group = [one[:4] for one in told], [place[one[4]] for one in told]
        sums = spread_over(known, spans, group=group, groups=len(place)).sum(axis=1)
        return {project: float(sums[number]) for project, number in place.items()}

    @cached_property
    def worked(self) -> Hours:
        """Hours entered in timesheets by project, as far as the reader may see them."""
        inside = {"date__range": (self.question.first, self.question.last), "project__isnull": False}
        people = people_of(self.question, self.reader).order_by().values("pk")
        rows = HoursEntry.objects.visible_to(self.reader).filter(resource__in=people, **inside)
        sums = rows.order_by().values_list("project_id").annotate(hours=Sum("hours"))
        return {project: float(hours) for project, hours in sums}

    @cached_property
    def open_projects(self) -> set[int]:
        """The projects among them that the reader may know of."""
        ids = {*self.booked, *self.worked}
        return set(Project.objects.visible_to(self.reader).filter(pk__in=ids).values_list("pk", flat=True))

    @cached_property
    def hidden(self) -> float:
        """Booked hours on projects that are not open to the reader; they are in no share."""
        return sum(hours for project, hours in self.booked.items() if project not in self.open_projects)

    @cached_property
    def kinds(self) -> list[Kind]:
        """The buckets in their order, then what lies in none."""
        placed = self._placed()
        rows = Bucket.objects.filter(classification=self.classification).order_by("position", "pk")
        return [*(self._kind(one, placed[one.pk]) for one in rows), self._kind(None, placed[None])]

    def _placed(self) -> dict[int | None, list[int]]:
        rows = Placement.objects.filter(classification=self.classification, project__in=self.open_projects)
        bucket_of = dict(rows.values_list("project_id", "bucket_id"))
        placed: dict[int | None, list[int]] = defaultdict(list)
        for project in sorted(self.open_projects):
            placed[bucket_of.get(project)].append(project)
        return placed

    def _kind(self, bucket: Any, projects: list[int]) -> Kind:
        booked, worked = (self._sum(hours, projects) for hours in (self.booked, self.worked))
        whole = [self._sum(hours, self.open_projects) for hours in (self.booked, self.worked)]
        shares = [part / all_of if all_of else None for part, all_of in zip((booked, worked), whole, strict=True)]
        return Kind(bucket, booked, worked, *shares, tuple(projects))

    @staticmethod
    def _sum(hours: Hours, projects: Iterable[int]) -> float:
        return sum(hours.get(project, 0.0) for project in projects)
