"""The open demand of all projects somebody may see, and the people they may book, as a question of assignment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from mainstay.core import access
from mainstay.core.models import Person as Reader
from mainstay.core.verbs import Verb
from mainstay.engine.assignment import Booked, Held, Need, Person, Staffing
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project
from mainstay.resources.models import Booking, Demand, Proficiency, Resource, ResourceKind
from mainstay.resources.queries.booked_hours import spread_over
from mainstay.resources.queries.costs import Rates
from mainstay.resources.queries.project_demand import DemandLine, ProjectDemand, Share, demand_of
from mainstay.resources.queries.working import availability

WORTH = 100.0  # of an hour of committed work; of a proposal as much less as it is less likely to come
JOINING = 400.0  # what it costs to bring somebody new into a project: four hours of committed work
HIGHEST = 5


@dataclass(frozen=True)
class Line:
    """A need of a project, told apart by its number."""

    id: str
    project: Project
    line: DemandLine


class OpenDemand:
    """What is needed and who is there, over some months."""

    def __init__(self, reader: Reader, first: date, months: int) -> None:
        self.reader, self.first, self.months = reader, first.replace(day=1), months
        self.demands: dict[int, ProjectDemand] = {}

    @property
    def starts(self) -> list[date]:
        """The first day of each month."""
        return [month_after(self.first, place) for place in range(self.months)]

    @property
    def last(self) -> date:
        """The last day of all."""
        return month_after(self.first, self.months) - timedelta(days=1)

    @cached_property
    def people(self) -> list[Resource]:
        """Everybody the reader may book."""
        rows = Resource.objects.visible_to(self.reader, Verb.BOOKING_ADD).filter(kind=ResourceKind.NAMED)
        return list(rows.working(self.first, self.last).select_related("team__portfolio", "role", "site"))

    @cached_property
    def lines(self) -> list[Line]:
        """Every need of a project that the reader may see and that is not over."""
        asked = Demand.objects.visible_to(self.reader).filter(month__range=(self.first, self.last), hours__gt=0)
        projects = Project.objects.filter(pk__in=asked.values("project")).select_related("stage")
        found = []
        for project in projects.order_by("pk"):
            if project.stage.weight and project.stage.phase != "finished":
                self.demands[project.pk] = demand_of(project)
                lines = [line for line in self.demands[project.pk].lines if line.is_needed]
                found += [Line(f"{project.pk}-{place}", project, line) for place, line in enumerate(lines)]
        return found

    def staffing(self) -> Staffing:
        """The question as the engine takes it: bookings stay, and what people outside cover is wanted no more."""
        known = {one.pk for one in self.people}
        booked, covered = self._booked(known)
        needs = tuple(self._need(one, covered[one.id]) for one in self.lines)
        return Staffing(tuple(self._people()), needs, tuple(booked), JOINING)

    def _need(self, one: Line, covered: dict[date, float]) -> Need:
        wanted = (float(one.line.needed.get(month, 0)) - covered.get(month, 0.0) for month in self.starts)
        hours = tuple(max(0.0, each) for each in wanted)
        level = max(1, one.line.least_level)
        worth = WORTH * one.project.stage.weight
        return Need(one.id, str(one.project.pk), _skill_of(one.line), hours, level, worth)

    def _people(self) -> Iterator[Person]:
        rows = Resource.objects.filter(pk__in=[one.pk for one in self.people])
        known = availability(rows, self.first, self.last)
        net, number, held = known.net(), known.number, self._held()
        open_rates = [one for one in self.people if access.may(self.reader, Verb.SEE_RATES, one.team.portfolio)]
        rates = Rates(open_rates)
        for one in self.people:
            rate = rates.on(one.pk, self.first) if one.pk in rates.role_of else None
            hours = tuple(float(each) for each in net[number[one.pk]])
            site, most = one.site.key if one.site else "", one.most_projects
            yield Person(str(one.pk), hours, tuple(held[one.pk]), float(rate[0]) if rate else 0.0, site, most)

    def _held(self) -> dict[int, list[Held]]:
        """Main roles at the highest level, skills at theirs, and both together where a need asks for both."""
        held: dict[int, list[Held]] = defaultdict(list)
        role_of = {one.pk: one.role_id for one in self.people}
        for pk, role in role_of.items():
            held[pk].append(Held(f"r{role}", HIGHEST))
        for row in Proficiency.objects.filter(resource__in=role_of):
            first, last = self._periods(row)
            if last is None or last >= first:
                for skill in (f"s{row.skill_id}", f"r{role_of[row.resource_id]}s{row.skill_id}"):
                    held[row.resource_id].append(Held(skill, row.level, first, last))
        return held

    def _periods(self, row: Proficiency) -> tuple[int, int | None]:
        """The whole months in which a proficiency holds."""
        first = sum(row.valid_from > month for month in self.starts) if row.valid_from else 0
        if row.valid_until is None:
            return first, None
        ends = [month_after(month, 1) - timedelta(days=1) for month in self.starts]
        return first, sum(row.valid_until >= end for end in ends) - 1

    def _booked(self, known: set[int]) -> tuple[list[Booked], dict[str, dict[date, float]]]:
        """Bookings of the people in question, by need, and what others cover of each need."""
        covered: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
        found = []
        for project, need, share in self._shares():
            person = share.booking.resource
            if person.pk in known:
                found.append(self._fixed(person.pk, project, share.hours, need))
            elif need and person.kind != ResourceKind.GENERIC:
                for month, hours in share.hours.items():
                    covered[need][month] += hours
        return [*found, *self._elsewhere(known)], covered

    def _shares(self) -> Iterator[tuple[int, str | None, Share]]:
        """Each booking of a project in question with the need it answers."""
        ids = {(one.project.pk, one.line.key): one.id for one in self.lines}
        for project, demand in self.demands.items():
            yield from ((project, ids.get((project, share.line.key)), share) for share in demand.shares)

    def _fixed(self, person: int, project: int, hours: dict[date, float], need: str | None) -> Booked:
        by_month = tuple(hours.get(month, 0.0) for month in self.starts)
        return Booked(str(person), str(project), by_month, need)

    def _elsewhere(self, known: set[int]) -> Iterable[Booked]:
        """What the people do on projects without a need in question."""
        asked = {one.project.pk for one in self.lines}
        rows = Booking.objects.filter(resource__in=known).touching(self.first, self.last).exclude(project__in=asked)
        told = list(rows.values_list("resource_id", "starts_on", "ends_on", "hours", "project_id"))
        people = availability(Resource.objects.filter(pk__in=known), self.first, self.last)
        spans = [one[:4] for one in told]
        hours = spread_over(people, spans, group=range(len(spans)), groups=len(spans)) if spans else []
        for place, one in enumerate(told):
            yield Booked(str(one[0]), str(one[4]), tuple(float(each) for each in hours[place]))


def _skill_of(line: DemandLine) -> str:
    role, skill = (f"r{line.role.pk}" if line.role else ""), (f"s{line.skill.pk}" if line.skill else "")
    return role + skill
