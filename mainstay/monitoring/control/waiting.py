"""Work that waits to be authorised, and from when each piece fits into the people and the money that are free now."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from django.utils import timezone

from mainstay.authorisation.funding.balance import balances
from mainstay.authorisation.funding.rules import serves
from mainstay.core import access
from mainstay.core.surrounding import surrounding
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.engine.control import Fit, fits
from mainstay.monitoring.alerts.batch import Floats
from mainstay.portfolio.models import Dependency, DependencyKind, Phase, Portfolio, Project, Transition
from mainstay.resources.models import Demand, Role
from mainstay.resources.queries.heat import HARD, OPEN, SOFT, By, Question, heat
from mainstay.value.models import Envelope
from mainstay.value.queries import rates_on

MONTHS = 24
MOST = 200


@dataclass(frozen=True)
class Candidate:
    """A project that waits. alone, together: the first day it fits, by itself and after those above it."""

    project: Any
    benefit: Decimal
    cost: Decimal
    hours: float
    alone: date | None
    together: date | None
    obstacle: str

    @property
    def is_offered(self) -> bool:
        """Whether it fits with those above it and nothing else stands in its way."""
        return self.together is not None and not self.obstacle


class WaitingList:
    """The candidates of a portfolio in the order of what they bring for their cost, and when each fits."""

    def __init__(self, user: Any, place: Portfolio) -> None:
        self.user, self.place = user, place
        self.today = timezone.localdate(surrounding().now())
        self.first = self.today.replace(day=1)

    @cached_property
    def projects(self) -> list[Any]:
        """Who waits where a decision can authorise it, what brings most for its cost first."""
        from_here = Transition.objects.filter(is_authorising=True, target__phase=Phase.COMMITTED)
        rows = Project.objects.readable_by(self.user).within(self.place).filter(seal=self.place.seal)
        rows = rows.in_phase(Phase.PIPELINE).filter(stage__in=from_here.values("origin"))
        rows = rows.filter(cost_seen__isnull=False, benefit_seen__isnull=False).select_related("stage")
        known = [row for row in rows.defer("description", "given_text") if row.currency in self._rates]
        return sorted(known, key=lambda row: (-self._yield(row), row.code))[:MOST]

    @cached_property
    def _rates(self) -> dict[str, float]:
        """What each currency is worth in that of the portfolio."""
        rates, own = rates_on(self.today), self.place.currency
        if not rates.knows(own):
            return {own: 1.0}
        return {code: float(worth / rates.worth[own]) for code, worth in rates.worth.items()} | {own: 1.0}

    @staticmethod
    def _yield(row: Any) -> float:
        return float((row.benefit_seen - row.cost_seen) / row.cost_seen) if row.cost_seen else float("inf")

    @cached_property
    def money(self) -> float | None:
        """What funds that pay here have left in this year and later ones; None where no fund pays."""
        rows = Envelope.objects.visible_to(self.user).filter(fund__is_open=True, year__is_closed=False)
        rows = rows.filter(year__end_date__gte=self.today).select_related("fund__portfolio", "year")
        own = [row for row in rows if serves(row.fund.portfolio, self.place) and row.fund.currency in self._rates]
        if not own:
            return None
        left = balances(own)
        return sum(float(left[row.pk].available) * self._rates[row.fund.currency] for row in own)

    @cached_property
    def sees_people(self) -> bool:
        """Whether the person sees how much time people have; else only money is looked at."""
        return access.may_somewhere(self.user, Verb.SEE_RESOURCES)

    @cached_property
    def roles(self) -> list[Role]:
        """The roles that candidates need."""
        asked = Demand.objects.filter(project__in=[row.pk for row in self.projects], role__isnull=False)
        return list(Role.objects.filter(pk__in=asked.order_by().values("role")).order_by("name"))

    @cached_property
    def free(self) -> Floats:
        """(roles, months) hours nobody asked for yet: capacity less bookings and what authorised work needs."""
        last = month_after(self.first, MONTHS) - timedelta(days=1)
        found = heat(Question(By.ROLE, "month", self.first, last), self.user)
        place = {int(key): row for row, key in enumerate(found.keys.tolist())}
        free = np.zeros((len(self.roles), MONTHS))
        for row, role in enumerate(self.roles):
            if (known := place.get(role.pk)) is not None:
                taken = found.demand[known][[HARD, SOFT, OPEN]].sum(axis=0)
                free[row] = found.supply[known] - taken
        return free

    @cached_property
    def demand(self) -> Floats:
        """(projects, roles, months) hours counted from the month each project begins in."""
        number = {role.pk: row for row, role in enumerate(self.roles)}
        place = {row.pk: at for at, row in enumerate(self.projects)}
        begin: dict[int, date] = {}
        found = np.zeros((len(place), len(number), MONTHS))
        rows = Demand.objects.visible_to(self.user).filter(project__in=place, role__in=number).order_by("month")
        for project, role, month, hours in rows.values_list("project_id", "role_id", "month", "hours"):
            first = begin.setdefault(project, self._begin(project, month))
            at = max(0, _months(first, month))
            if at < MONTHS:
                found[place[project], number[role], at] += float(hours)
        return found

    def _begin(self, project: int, first_needed: date) -> date:
        start = self._starts[project]
        return min(start, first_needed) if start else first_needed

    @cached_property
    def _starts(self) -> dict[int, date | None]:
        return {row.pk: row.start_date for row in self.projects}

    @cached_property
    def fit(self) -> Fit:
        """When each fits, in their order; not before the month it was planned for."""
        demand = self.demand if self.sees_people else self.demand * 0
        free = self.free if self.sees_people else np.zeros((len(self.roles), MONTHS))
        cost = [float(row.cost_seen) * self._rates[row.currency] for row in self.projects]
        planned = [max(0, _months(self.first, row.start_date)) if row.start_date else 0 for row in self.projects]
        money = np.inf if self.money is None else max(0.0, self.money)
        return fits(demand, free, cost, money, planned)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Everybody who waits, with the days they fit."""
        unmet, hours = self._unmet(), self.demand.sum(axis=(1, 2))
        return [
            Candidate(
                row, row.benefit_seen, row.cost_seen, float(hours[at]), self._day(self.fit.alone[at]),
                self._day(self.fit.together[at]),
                "It requires a project that is not authorised." if row.pk in unmet else "",
            )
            for at, row in enumerate(self.projects)
        ]  # fmt: skip

    def _unmet(self) -> set[int]:
        rows = Dependency.objects.filter(project__in=[row.pk for row in self.projects], kind=DependencyKind.REQUIRES)
        open_ones = rows.exclude(needs__stage__phase__in=[Phase.COMMITTED, Phase.FINISHED])
        return set(open_ones.values_list("project_id", flat=True))

    def _day(self, period: int) -> date | None:
        """The first day of a period; this month begins today."""
        return None if period < 0 else max(self.today, month_after(self.first, int(period)))


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month
