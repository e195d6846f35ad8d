"""What each project offers a scenario: its options with money, hours and worth by period, counted from its start."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.exits import exits_of
from mainstay.authorisation.scenarios.freed import Freed
from mainstay.authorisation.scenarios.periods import Periods, periods_of
from mainstay.authorisation.scenarios.ways import WHOLE, Amounts, Offer, Way
from mainstay.core.system import Actor
from mainstay.evaluation.corrections.taking import Taken
from mainstay.identification.models import BusinessCase, Option, OptionKind
from mainstay.portfolio.models import Project
from mainstay.resources.models import Demand

HOURS_A_DAY = 8
GRAIN = {"month": 1, "quarter": 3, "year": 12}
MOST_PERIODS = 240


class Offering:
    """Reads the offers of many projects in few queries."""

    def __init__(
        self, scenario: Scenario, projects: list[Project], actor: Actor, corrected: Mapping[int, list[Taken]]
    ) -> None:
        self.corrected = corrected
        self.periods: Periods = periods_of(scenario)
        self.aim = scenario.maximise
        ids = [project.pk for project in projects]
        self.demand = _demand(ids, actor)
        self.options = _options(ids, actor)
        is_free = scenario.rules.get("committed") == "free"
        self.exits = exits_of(projects, actor) if is_free else {}

    def offer(self, project: Any, value: Decimal, uses: Mapping[str, float]) -> Offer:
        """What one project offers."""
        day = project.start_date
        start = self.periods.place(day) if day else 0
        known = (project.pk, project.code, project.name, project.theme, project.stage.phase, start, bool(day))
        if exit := self.exits.get(project.pk):
            usual = self._usual(project, float(value), start)
            freed = Freed(self.periods, self.aim, exit, project.end_date, _rest(usual, max(0, -start)))
            return Offer(*known, freed.ways, uses, freed.stop)
        ways = self._ways(project, float(value), start)
        if day and start < 0:
            ways = tuple(_rest(way, -start) for way in ways)
        return Offer(*known, ways, uses)

    def _ways(self, project: Any, value: float, start: int) -> tuple[Way, ...]:
        options = self.options.get(project.pk, [])
        usual = self._usual(project, value, start)
        if len(options) < 2:
            return (usual,)
        worth = _benefit(options[0])
        others = [self._way(option, project, value, worth) for option in options[1:]]
        preferred = Way(options[0].name, usual.cost, usual.capital, usual.roles, usual.value)
        return (preferred, *(way for way in others if sum(way.cost)))

    def _usual(self, project: Any, value: float, start: int) -> Way:
        """The project as the register has it: its cost evenly over its periods, its demand month by month."""
        end = self.periods.place(project.end_date) if project.start_date and project.end_date else start
        count = max(1, min(end - start + 1, MOST_PERIODS))
        cost = (float(project.cost_seen) / count,) * count
        roles = self._roles(project, start)
        return Way(WHOLE, cost, cost, roles, value)

    def _roles(self, project: Any, start: int) -> dict[str, Amounts]:
        rows = self.demand.get(project.pk, [])
        if not rows:
            return {}
        first = start if project.start_date else min(self.periods.place(month) for _, month, _ in rows)
        placed = [(role, max(0, self.periods.place(month) - first), hours) for role, month, hours in rows]
        return _summed(placed)

    def _way(self, option: Option, project: Any, value: float, worth: float) -> Way:
        """Another option of the business case, its periods turned into those of the scenario."""
        case = option.case
        lines, times = list(option.costs.all()), self._times(project)
        cost = tuple(times * part for part in self._spread(case, (line.likely for line in lines)))
        capital = tuple(
            times * part for part in self._spread(case, (line.likely for line in lines if line.is_capital))
        )
        roles: dict[str, Amounts] = {}
        for line in option.demands.all():
            if line.role:
                hours = self._spread(case, [line.likely])
                roles[line.role.key] = _added(roles.get(line.role.key, ()), [HOURS_A_DAY * each for each in hours])
        own = _benefit(option)
        if self.aim == "net_benefit":
            gain = own - sum(cost)
        else:
            gain = own if self.aim == "benefit" else value * (own / worth if worth else 1.0)
        return Way(option.name, cost, capital, roles, gain)

    def _times(self, project: Any) -> float:
        """By how much the cost of each of its options is corrected, as that of the project is."""
        taken = self.corrected.get(project.pk, ())
        return next((float(one.factor) for one in taken if one.what == "cost"), 1.0)

    def _spread(self, case: BusinessCase, lines: Iterable[Mapping[str, str]]) -> Amounts:
        """Amounts by the case's periods as amounts by the scenario's, counted from the first of the case."""
        placed = []
        for likely in lines:
            for text, amount in likely.items():
                year, month = int(text[:4]), int(text[5:7])
                first = (year - case.first_period.year) * 12 + month - case.first_period.month
                months = range(first, first + GRAIN[case.grain])
                part = float(amount) / len(months)
                placed += [("", max(0, month) // self.periods.months, part) for month in months]
        return _summed(placed).get("", ())


def _demand(ids: list[int], actor: Actor) -> dict[int, list[Any]]:
    found = defaultdict(list)
    rows = Demand.objects.visible_to(actor).filter(project__in=ids, role__isnull=False)
    for project, *row in rows.values_list("project_id", "role__key", "month", "hours"):
        found[project].append((row[0], row[1], float(row[2])))
    return found


def _options(ids: list[int], actor: Actor) -> dict[int, list[Option]]:
    """The options of the projects' cases that do something, the preferred one first."""
    cases = BusinessCase.objects.visible_to(actor).filter(project__in=ids)
    rows = Option.objects.filter(case__in=cases).exclude(kind=OptionKind.DO_NOTHING)
    rows = rows.select_related("case").prefetch_related("costs", "benefits", "demands__role")
    found = defaultdict(list)
    for option in rows.order_by("case", "-is_preferred", "position", "pk"):
        found[option.case.project_id].append(option)
    return found


def _benefit(option: Option) -> float:
    lines = [line for line in option.benefits.all() if line.is_money]
    return sum(
        (-1 if line.is_disbenefit else 1) * sum(float(amount) for amount in line.likely.values()) for line in lines
    )


def _summed(placed: Iterable[tuple[str, int, float]]) -> dict[str, Amounts]:
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for key, place, amount in placed:
        if place < MOST_PERIODS:
            sums[key][place] += amount
    return {key: tuple(at.get(place, 0.0) for place in range(max(at) + 1)) for key, at in sums.items()}


def _added(one: Amounts, other: Iterable[float]) -> Amounts:
    others = tuple(other)
    length = max(len(one), len(others))
    return tuple(sum(each[place] for each in (one, others) if place < len(each)) for place in range(length))


def _rest(way: Way, gone: int) -> Way:
    """What is left of work that began so many periods before the time planned."""
    roles = {key: hours[gone:] for key, hours in way.roles.items()}
    return Way(way.name, way.cost[gone:], way.capital[gone:], roles, way.value)
