"""Where running work stands in money: still to come, still to be spent, spent already, and the terms of leaving."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from mainstay.authorisation.scenarios.exits import Exit
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.engine.control import Forward, Work, forward
from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.monitoring.models import ExitTerms
from mainstay.monitoring.running import in_flight
from mainstay.portfolio.models import Project

BY_MONTH, BY_REGISTER = range(2)
SOURCES = {
    BY_MONTH: "spent so far and the forecast by month",
    BY_REGISTER: "the whole-life cost of the register, or what is spent and ordered where that is more",
}


@dataclass(frozen=True, eq=False)
class Course:
    """Money of projects in the order of their ids, each in its own currency; NaN where a figure is not known.

    benefit: still to come. forecast: what it will have cost. source: where that is from. has_terms: whether somebody
    said what stopping costs; else it is taken to cost nothing and to leave nothing.
    """

    benefit: Floats
    forecast: Floats
    spent: Floats
    stop_cost: Floats
    salvage: Floats
    pause_cost: Floats
    source: NDArray[np.int8]
    has_terms: NDArray[np.bool_]

    @property
    def remaining(self) -> Floats:
        """(projects,) still to be spent; nothing where more was spent than is forecast."""
        return np.maximum(self.forecast - self.spent, 0)

    def ahead(self, hours: Floats | None = None, hour_elsewhere: float = 0.0, rate: Any = 1.0) -> Forward:
        """What going on is worth, with hours of a scarce role and in another currency where they are given."""
        needed = np.full(len(self.benefit), np.nan) if hours is None else hours
        money = (self.benefit, self.remaining, self.stop_cost, self.salvage)
        return forward(Work.of(*(each * rate for each in money), needed), hour_elsewhere)


def course_of(batch: Batch) -> Course:
    """The course of the projects of a batch, in a constant number of queries."""
    from mainstay.monitoring.money.queries import money_of

    sums, month = money_of(batch.rows, as_of=batch.as_of), batch.today.replace(day=1)
    spent = batch.column(((pk, one.total("actual")) for pk, one in sums.items()), missing=0.0)
    bound = spent + batch.column(((pk, one.total("committed")) for pk, one in sums.items()), missing=0.0)
    planned = batch.column((pk, one.outlook(month)) for pk, one in sums.items() if one.total("forecast"))
    by_month = ~np.isnan(planned)
    forecast = np.where(by_month, planned, np.maximum(batch.field("cost"), bound))
    terms = batch.of(ExitTerms).values_list("project_id", "stop_cost", "salvage", "pause_cost")
    known = {pk: rest for pk, *rest in terms}
    stop_cost, salvage, pause_cost = (
        batch.column(((pk, rest[place]) for pk, rest in known.items()), missing=0.0) for place in range(3)
    )
    return Course(
        batch.field("benefit"), forecast, spent, stop_cost, salvage, pause_cost,
        np.where(by_month, BY_MONTH, BY_REGISTER).astype(np.int8), np.isin(batch.ids, list(known)),
    )  # fmt: skip


def exits(projects: list[Any], actor: Actor) -> dict[int, Exit]:
    """What a scenario that sets running work free is told of it; only where the reader sees the figures."""
    seen = [project.pk for project in projects if project.cost_seen is not None]
    batch = Batch(in_flight(Project.objects.filter(pk__in=seen)), timezone.localdate(surrounding().now()))
    course = course_of(batch)
    columns = (course.remaining, course.benefit, course.stop_cost, course.salvage, course.pause_cost)
    rows = zip(batch.ids.tolist(), *(each.tolist() for each in columns), strict=True)
    return {
        pk: Exit(cost, None if np.isnan(benefit) else benefit, *terms)
        for pk, cost, benefit, *terms in rows
        if not np.isnan(cost)
    }
