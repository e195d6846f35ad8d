"""Measures of dates, risks, people and open questions: what the register, cases and plans already hold."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
from django.db.models import Case, Count, F, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from mainstay.authorisation.models import Baseline, Condition
from mainstay.engine.basics.periods import month_after
from mainstay.engine.capacity import Horizon
from mainstay.identification.models import Risk
from mainstay.identification.models.risk import RiskKind
from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.monitoring.alerts.measures import Measure, register
from mainstay.monitoring.models import Action, HoursEntry, Issue, IssueState, Severity
from mainstay.portfolio.models import Dependency, DependencyKind, Milestone
from mainstay.resources.models import Demand
from mainstay.resources.queries.load import needs_in

MONTHS_AHEAD = 3
OF_CASE = "case__project_id"


def days_overdue(batch: Batch) -> Floats:
    """By how many days milestones that are not done lie behind, the worst one."""
    late = defaultdict[int, int](int)
    rows = batch.of(Milestone).filter(done_date=None)
    for project, due, forecast in rows.values_list("project_id", "due_date", "forecast_date"):
        late[project] = max(late[project], (max(forecast or due, batch.today) - due).days)
    return batch.column(late.items(), missing=0.0)


def milestones_overdue(batch: Batch) -> Floats:
    return batch.summed(batch.of(Milestone).filter(done_date=None, due_date__lt=batch.today), Count("pk"))


def end_slip(batch: Batch) -> Floats:
    """Days by which the end lies behind the current baseline."""
    promised = batch.column(batch.of(Baseline).filter(is_current=True).values_list("project_id", "end_date"))
    return batch.field("end_date") - promised


def cost_slip(batch: Batch) -> Floats:
    """By how much the whole-life cost lies above the current baseline, in per cent."""
    rows = batch.of(Baseline).filter(is_current=True).values_list("project_id", "figures")
    promised = batch.column((pk, figures.get("cost")) for pk, figures in rows)
    promised[promised == 0] = np.nan
    return 100 * (batch.field("cost") / promised - 1)


def issues_open(batch: Batch) -> Floats:
    return batch.summed(batch.of(Issue).filter(state=IssueState.OPEN), Count("pk"))


def serious_issues(batch: Batch) -> Floats:
    rows = batch.of(Issue).filter(state=IssueState.OPEN, severity=Severity.SERIOUS)
    return batch.summed(rows, Count("pk"))


def actions_overdue(batch: Batch) -> Floats:
    return batch.summed(batch.of(Action).filter(done_date=None, due_date__lt=batch.today), Count("pk"))


def conditions_overdue(batch: Batch) -> Floats:
    rows = batch.of(Condition).filter(met_at=None, due_date__lt=batch.today)
    return batch.summed(rows, Count("pk"))


def exposure(batch: Batch) -> Floats:
    """The expected value of open risks after the responses, opportunities taken off."""
    chance = Coalesce(F("residual_probability"), F("probability"))
    effect = Coalesce(F("residual_impact"), F("impact"))
    signed = Case(When(kind=RiskKind.OPPORTUNITY, then=-chance * effect), default=chance * effect)
    return batch.summed(batch.of(Risk, "case__project").filter(is_closed=False), Sum(signed), OF_CASE)


def exposure_share(batch: Batch) -> Floats:
    cost = batch.field("cost")
    cost[cost == 0] = np.nan
    return 100 * exposure(batch) / cost


def dependency_gap(batch: Batch) -> Floats:
    """By how many days what others hand over is promised after it is needed, the worst one."""
    open_ones = batch.of(Dependency).exclude(kind=DependencyKind.EXCLUDES).filter(delivered_date=None)
    rows = open_ones.filter(Q(promised_date__gt=F("needed_date")))
    gaps = defaultdict[int, int](int)
    for project, promised, needed in rows.values_list("project_id", "promised_date", "needed_date"):
        gaps[project] = max(gaps[project], (promised - needed).days)
    return batch.column(gaps.items(), missing=0.0)


def unstaffed(batch: Batch) -> Floats:
    """The share of the hours needed in the next three months that nobody is booked for, in per cent."""
    first = batch.today.replace(day=1)
    last = month_after(first, MONTHS_AHEAD) - timedelta(days=1)
    needed = batch.summed(batch.of(Demand).filter(month__range=(first, last)), Sum("hours"))
    needs = needs_in(batch.projects, Horizon(first, last, "month"), batch.as_of)
    place = np.searchsorted(batch.ids, needs.project)
    missing = np.bincount(place, weights=needs.hours.sum(axis=1), minlength=len(batch.ids))
    return 100 * np.divide(missing, needed, out=np.full(len(needed), np.nan), where=needed > 0)


def since_hours(batch: Batch) -> Floats:
    return batch.since(batch.of(HoursEntry).filter(hours__gt=0), "date")


def next_milestone(batch: Batch) -> Floats:
    """Days until the next milestone that is not done."""
    rows = batch.of(Milestone).filter(done_date=None, due_date__gte=batch.today)
    return batch.column(rows.values_list("project_id").annotate(Min("due_date"))) - batch.today.toordinal()


def make_known() -> None:
    """Register the measures of this file."""
    for measure in (
        Measure("milestones.slip", "Latest milestone behind by", "days",
                "The largest number of days by which a milestone that is not done lies behind its due date, by its "
                "forecast, or by today where it is overdue.", days_overdue),
        Measure("milestones.overdue", "Milestones overdue", "milestones",
                "Milestones that were due before today and are not done.", milestones_overdue),
        Measure("milestones.next", "Next milestone in", "days",
                "Days until the next milestone that is not done.", next_milestone),
        Measure("end.slip", "End behind the baseline", "days",
                "The end as planned now less the end of the current baseline.", end_slip),
        Measure("cost.slip", "Cost above the baseline", "%",
                "The whole-life cost as it stands against that of the current baseline: cost / baseline - 1.",
                cost_slip, places=1),
        Measure("issues.open", "Open issues", "issues", "Issues that are not resolved.", issues_open),
        Measure("issues.serious", "Serious open issues", "issues",
                "Issues of the highest severity that are not resolved.", serious_issues),
        Measure("actions.overdue", "Actions overdue", "actions",
                "Actions that were due before today and are not done.", actions_overdue),
        Measure("conditions.overdue", "Conditions overdue", "conditions",
                "Conditions of decisions that were due before today and are not met.", conditions_overdue),
        Measure("risk.exposure", "Risk exposure", "",
                "Probability times impact of all open risks after their responses, opportunities taken off.",
                exposure, is_money=True),
        Measure("risk.share", "Risk exposure of the cost", "%",
                "Risk exposure / whole-life cost.", exposure_share, places=1),
        Measure("dependency.gap", "Hand-over promised too late by", "days",
                "The largest number of days by which another project promises something after this one needs it.",
                dependency_gap),
        Measure("people.missing", "Hours nobody is booked for", "%",
                "Of the hours of roles and skills needed from this month on for three months, the share nobody is "
                "booked for.", unstaffed),
        Measure("hours.silence", "Days without hours worked", "days",
                "Days since hours were entered for the project; since it began where there are none.", since_hours,
                is_silence=True),
    ):  # fmt: skip
        register(measure)
