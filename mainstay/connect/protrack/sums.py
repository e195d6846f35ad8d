"""Planned value, earned value and actual cost at the end of each period, added up from activities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mainstay.connect.protrack.schedule import Activity, Period, Schedule, Tracked
from mainstay.engine.evm import Figures

WHOLE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished project: cost and working hours, planned and actual; hours run from first start to last end."""

    planned_cost: float
    actual_cost: float
    planned_hours: float
    actual_hours: float


def figures(schedule: Schedule) -> Figures:
    """(1, periods) PV, EV and AC of a tracked schedule; raises ValueError where it has no periods.

    What is paid at once counts from the start of an activity, what is paid by the hour as its hours pass.
    """
    plan = {each.number: each for each in schedule.activities}
    pv = [sum(_planned(schedule, each, period.ends) for each in schedule.activities) for period in schedule.periods]
    ev = [sum(_earned(plan[each.activity], each) for each in period.reports) for period in schedule.periods]
    ac = [_spent(plan, period) for period in schedule.periods]
    return Figures.of(pv, ev, ac, [schedule.budget])


def outcome(schedule: Schedule) -> Outcome | None:
    """Planned against actual of a project whose last report says all is done; nothing for others."""
    if not schedule.periods or any(each.complete < WHOLE for each in schedule.periods[-1].reports):
        return None
    plan, last = {each.number: each for each in schedule.activities}, schedule.periods[-1]
    begun = [each for each in schedule.activities if each.hours > 0]
    first = min(each.starts for each in begun)
    planned = max(schedule.agenda.between(first, each.starts) + each.hours for each in begun)
    ends = [
        schedule.agenda.between(first, each.started) + each.hours
        for each in last.reports
        if each.started is not None and each.hours > 0
    ]
    starts = [
        schedule.agenda.between(first, each.started) for each in last.reports if each.started and each.hours > 0
    ]
    return Outcome(schedule.budget, _spent(plan, last), planned, max(ends) - min(starts)) if ends else None


def _planned(schedule: Schedule, activity: Activity, moment: datetime) -> float:
    if moment < activity.starts:
        return 0.0
    worked = min(schedule.agenda.between(activity.starts, moment), activity.hours)
    return activity.at_once + worked * activity.an_hour


def _earned(activity: Activity, report: Tracked) -> float:
    if report.complete >= WHOLE:
        return activity.budget
    if not report.has_begun or report.complete <= 0:
        return 0.0
    return activity.at_once + report.complete * activity.an_hour * activity.hours


def _spent(plan: dict[int, Activity], period: Period) -> float:
    return sum(cost(plan[each.activity], each) for each in period.reports)


def cost(activity: Activity, report: Tracked) -> float:
    """At the plan's rates for the hours done, and what was reported beside them."""
    rates = activity.at_once + activity.an_hour * report.hours if report.has_begun else 0.0
    return rates + report.cost_deviation
