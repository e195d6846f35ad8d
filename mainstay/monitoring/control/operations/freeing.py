"""Writing what a stop or a pause frees, within the operation that decided it."""

from datetime import date
from typing import Any

from django.utils import timezone

from mainstay.authorisation.funding.operations import returned
from mainstay.authorisation.scenarios.periods import moved
from mainstay.core import history
from mainstay.core.surrounding import surrounding
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.control.release import Gone, Release
from mainstay.monitoring.models import Action
from mainstay.portfolio.guards import pass_guards
from mainstay.portfolio.models import Milestone, Project, Transition
from mainstay.resources.models import Demand, OfferState, Resource, StaffingState
from mainstay.resources.operations.bookings import write
from mainstay.resources.operations.talk import closed_offer, moved_on, standing_offer

CLOSING = (
    ("Close contracts, accounts and access, and hand over what is usable", 30),
    ("Write down what was learnt, for those who propose something like it", 45),
)


def enter(project: Project, way: Transition) -> Project:
    """Take a project to another stage, where nothing stands in the way."""
    pass_guards(project, way)
    project.stage = way.target
    project.stage_since = timezone.localdate(surrounding().now())
    return history.save(project)


def free(release: Release) -> None:
    """Let bookings, demand, money and questions to teams go, or move on; the people are held meanwhile."""
    held = [one.pk for one in release.bookings.resources]
    list(Resource.objects.select_for_update(of=("self",)).filter(pk__in=held).order_by("pk"))
    write(release.bookings)
    _let_go(release.demand, release.months)
    for one in release.money:
        returned(one.commitment, amount=one.amount)
    for request in release.requests:
        closed_offer(standing_offer(request), OfferState.DECLINED)
        moved_on(request, StaffingState.WITHDRAWN)


def _let_go(demand: list[Gone], months: int) -> None:
    """Take demand away, or move it some months later; a month of which a part stays keeps that part."""
    kept = [one for one in demand if one.stays]
    for one in demand:
        if not one.stays:
            history.remove(one.row)
    for one in kept:
        one.row.hours = one.stays
    history.save_many([one.row for one in kept])
    if months and demand:
        _put_down(demand, months)


def _put_down(demand: list[Gone], months: int) -> None:
    """The demand in its later months, on top of what is needed there already."""
    there = {_key(row, row.month): row for row in Demand.objects.filter(project=demand[0].row.project_id)}
    new = []
    for one in demand:
        key = _key(one.row, month_after(one.row.month, months))
        if key in there:
            there[key].hours += one.goes
        else:
            there[key] = _later(one, key[-1])
            new.append(there[key])
    history.save_many([row for row in there.values() if row.pk])
    history.create_many(new)


def _key(row: Demand, month: date) -> tuple[Any, ...]:
    return row.role_id, row.skill_id, row.least_level, month


def _later(one: Gone, month: date) -> Demand:
    row = one.row
    return Demand(
        project_id=row.project_id, role_id=row.role_id, skill_id=row.skill_id, least_level=row.least_level,
        source=row.source, month=month, hours=one.goes,
    )  # fmt: skip


def wind_up(project: Project, day: date) -> None:
    """Let a stopped project end on the day, with what remains to be done."""
    if project.end_date and project.end_date > day and (project.start_date is None or project.start_date <= day):
        project.end_date = day
        history.save(project)
    owner = project.manager or project.owner
    due = [date.fromordinal(day.toordinal() + days) for _, days in CLOSING]
    rows = zip(CLOSING, due, strict=True)
    history.create_many([Action(project=project, text=text, owner=owner, due_date=at) for (text, _), at in rows])


def put_off(project: Project, months: int, since: date) -> None:
    """Move the end and every milestone still to come some months later, or earlier for a number below zero."""
    if project.end_date is not None:
        project.end_date = max(moved(project.end_date, months), project.start_date or since)
        history.save(project)
    put_off_milestones(project, months, since)


def put_off_milestones(project: Project, months: int, since: date) -> None:
    """Move every milestone still to come some months later, or earlier for a number below zero."""
    rows = [row for row in project.milestones.filter(done_date=None) if _expected(row) >= since]
    for row in rows:
        row.forecast_date = moved(_expected(row), months)
    history.save_many(rows)


def shift_demand(project: Project, months: int, since: date) -> None:
    """Move all demand of the months from a day on; nothing of it is lost."""
    rows: Any = Demand.objects.filter(project=project, month__gte=since.replace(day=1)).select_related(
        "role", "skill"
    )
    if months:
        _let_go([Gone(row, stays=row.hours * 0, goes=row.hours) for row in rows.order_by("month", "pk")], months)


def _expected(milestone: Milestone) -> date:
    return milestone.forecast_date or milestone.due_date
