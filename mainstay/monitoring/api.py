"""Timesheets in the REST API: everything the pages do."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Case, CharField, F, Q, Value, When
from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code, Day, Id, Number, PortfolioCode, Sent, Told, text
from mainstay.core.errors import Impossible
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import Favourite, HoursEntry, LockedWeek, OtherWork, Timesheet, TimesheetState
from mainstay.monitoring.operations.favourites import set_favourites
from mainstay.monitoring.operations.hours import HoursCell, correct_hours, enter_hours
from mainstay.monitoring.operations.rules import known_projects
from mainstay.monitoring.operations.timesheets import (
    approve_timesheets,
    lock_weeks,
    remind_late,
    return_timesheet,
    submit_timesheet,
)
from mainstay.monitoring.queries.late import late_in
from mainstay.monitoring.queries.week import own_resource
from mainstay.monitoring.week_page import NOBODY
from mainstay.portfolio.models import Portfolio, Project
from mainstay.resources.api.shared import NUMBER, Slug
from mainstay.resources.models import Resource
from mainstay.resources.views.shared import require_somewhere

routes = Routes("Timesheets")
WORK = tuple(OtherWork.values)
HoursOfDay = Annotated[Number, Rule(ge=0, le=24)]
Reason = text(300, least=1, example="Tuesday was training")
PERSON = Field("resource", Kind.TEXT, "The key of the person.", "resource__key", example="anna-berg")

SHEETS = Noun(
    "Timesheet",
    (
        NUMBER,
        PERSON,
        Field("week", Kind.DAY, "The Monday of the week.", example="2027-05-03"),
        Field("state", Kind.CHOICE, "How far it is.", choices=tuple(TimesheetState.values)),
        Field("submitted_at", Kind.MOMENT, "When it was handed in.", may_be_missing=True),
        Field("decided_at", Kind.MOMENT, "When it was approved or returned.", may_be_missing=True),
        Field("decided_by", Kind.TEXT, "Who approved or returned it.", "decided_by__username", may_be_missing=True),
        Field("returned_reason", Kind.TEXT, "Why it was returned."),
        Field("is_locked", Kind.YES_NO, "Whether it stands for good."),
        VERSION,
    ),
    key="id",
    order=("week", "id"),
)
HOURS = Noun(
    "HoursEntry",
    (
        NUMBER,
        PERSON,
        Field("date", Kind.DAY, "The day."),
        Field(
            "project", Kind.TEXT, "The code of the project; null for other work, and where it is not open to you.",
            "project_seen", may_be_missing=True, example="PUMPS",
        ),
        Field("work", Kind.CHOICE, "The kind of other work; empty for a project.", choices=("", *WORK)),
        Field("hours", Kind.DECIMAL, "Hours; below zero in a reversal.", example="7.50"),
        Field("note", Kind.TEXT, "A note; null where the project is not open.", "note_seen", may_be_missing=True),
        Field("corrects", Kind.WHOLE, "The entry this one corrects.", "corrects_id", may_be_missing=True),
        Field(
            "external_key", Kind.TEXT, "Its key in the source; null where the project is not open.", "key_seen",
            may_be_missing=True,
        ),
        VERSION,
    ),
    key="id",
    order=("date", "id"),
)  # fmt: skip
LOCKS = Noun(
    "LockedWeek",
    (
        NUMBER,
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("week", Kind.DAY, "The Monday of the week."),
        Field("locked_at", Kind.MOMENT, "When it was locked."),
        VERSION,
    ),
    key="id",
    order=("week", "id"),
)
FAVOURITES = Noun(
    "Favourite",
    (NUMBER, Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"), VERSION),
    key="id",
    order=("id",),
)


class Cell(Sent):
    """Hours of a day for a project or for other work; zero takes them away."""

    date: Day
    hours: HoursOfDay
    project: Code | None = None
    work: Literal[WORK] | None = None
    note: text(200) | None = None


class Hours(Sent):
    """Hours of one's own week; days that are not named stay."""

    cells: Annotated[list[Cell], Rule(min_length=1, max_length=500)]


class HoursCorrection(Sent):
    """What is right instead; without a project or other work it is for the same as before."""

    hours: HoursOfDay
    project: Code | None = None
    work: Literal[WORK] | None = None
    reason: text(200, least=1)


class Projects(Sent):
    """The projects that stand in every week, in this order."""

    projects: Annotated[list[Code], Rule(max_length=30)]


class Chosen(Sent):
    """The weeks that are approved together."""

    timesheets: Annotated[list[Id], Rule(min_length=1, max_length=500)]


class Return(Sent):
    """Why a week is returned."""

    reason: Reason


class Reminder(Sent):
    """The week, and who is reminded where they are late; without names everybody."""

    week: Day
    resources: Annotated[list[Slug], Rule(max_length=500)] | None = None


class Weeks(Sent):
    """The Mondays of the weeks to lock."""

    weeks: Annotated[list[Day], Rule(min_length=1, max_length=60)]


class Count(Told):
    """How many."""

    count: int


class Handed(Told):
    """The week that was handed in."""

    id: int
    state: str


class LateOne(Told):
    """A person who has not handed in a week, and their working hours in it."""

    resource: str
    week: date
    hours: float


class LateOnes(Told):
    """Everybody who is late."""

    items: list[LateOne]


def readable(request: HttpRequest) -> Any:
    """The entries the asker sees; the project, the note and the key only where the project is open to them."""
    rows = HoursEntry.objects.as_of(request.as_of).visible_to(request.user)
    open_ones = Project.objects.visible_to(request.user).order_by().values("pk")
    seen = Q(project=None) | Q(project_id__in=open_ones) | Q(resource__person=request.user)
    named = {"project_seen": "project__code", "note_seen": "note", "key_seen": "external_key"}
    return rows.annotate(
        **{
            name: Case(When(seen, then=F(source)), default=Value(None), output_field=CharField())
            for name, source in named.items()
        }
    )


def _own(request: HttpRequest) -> Resource:
    resource = own_resource(request.user)
    if resource is None:
        raise Impossible(NOBODY)
    return resource


def _project(request: HttpRequest, resource: Resource, code: str | None) -> Project | None:
    return found(known_projects(resource, request.user).filter(code=code)) if code else None


@routes.reads("/timesheets", "timesheets", SHEETS.Page, is_list=True)
def timesheets(request: HttpRequest, query: SHEETS.Asked) -> Any:
    """List weeks: your own, and those of people whose hours you may see."""
    return SHEETS.page(request, Timesheet.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/timesheets/{timesheet_id}", "timesheet", SHEETS.One, versioned=True)
def timesheet(request: HttpRequest, timesheet_id: Id) -> Any:
    """Read a week."""
    rows = Timesheet.objects.as_of(request.as_of).visible_to(request.user)
    return SHEETS.one(request, rows.identified_by([timesheet_id]))


@routes.reads("/hours", "hours", HOURS.Page, is_list=True)
def hours(request: HttpRequest, query: HOURS.Asked) -> Any:
    """List hours: your own, and those of people whose hours you may see."""
    return HOURS.page(request, readable(request), query)


@routes.reads("/hours/{entry_id}", "hours.entry", HOURS.One, versioned=True)
def entry(request: HttpRequest, entry_id: Id) -> Any:
    """Read an entry."""
    return HOURS.one(request, readable(request).identified_by([entry_id]))


@routes.reads("/locked-weeks", "locked.weeks", LOCKS.Page, is_list=True)
def locked(request: HttpRequest, query: LOCKS.Asked) -> Any:
    """List the weeks that are locked."""
    return LOCKS.page(request, LockedWeek.objects.as_of(request.as_of).visible_to(request.user), query)


@routes.reads("/favourites", "favourites", FAVOURITES.Page, is_list=True)
def favourites(request: HttpRequest, query: FAVOURITES.Asked) -> Any:
    """List your own favourites."""
    rows = Favourite.objects.as_of(request.as_of).filter(resource__person=request.user)
    return FAVOURITES.page(request, rows, query)


@routes.reads("/late-timesheets/{week}", "late.timesheets", LateOnes)
def late(request: HttpRequest, week: date) -> Any:
    """List who has not handed in a week that is over."""
    people = Resource.objects.visible_to(request.user, Verb.TIMESHEETS_REMIND)
    rows = late_in(people, [week - timedelta(days=week.weekday())])
    return {
        "items": [
            {"resource": one.resource.key, "week": one.week.isoformat(), "hours": round(one.hours, 2)} for one in rows
        ]
    }


@routes.does(
    "POST", "/my-weeks/{week}/hours", Verb.HOURS_ENTER, Count,
    example={"cells": [{"date": "2027-05-04", "hours": "7.5", "project": "PUMPS"}]},
)  # fmt: skip
def put_hours(request: HttpRequest, week: date, body: Hours) -> Any:
    """Enter hours in your own week."""
    own = _own(request)
    cells = [
        HoursCell(one.date, one.hours, _project(request, own, one.project), one.work or "", one.note)
        for one in body.cells
    ]
    return {"count": enter_hours(own, actor=request.user, week=week, cells=cells)}


@routes.does("POST", "/my-weeks/{week}/submission", Verb.TIMESHEET_SUBMIT, Handed)
def hand_in(request: HttpRequest, week: date) -> Any:
    """Hand in your own week."""
    sheet = submit_timesheet(_own(request), actor=request.user, week=week)
    return {"id": sheet.pk, "state": sheet.state}


@routes.does("PUT", "/favourites", Verb.FAVOURITES_SET, Count, example={"projects": ["PUMPS"]})
def choose(request: HttpRequest, body: Projects) -> Any:
    """Choose the projects that stand in every week of yours."""
    own = _own(request)
    rows = [_project(request, own, code) for code in body.projects]
    return {"count": set_favourites(own, actor=request.user, projects=rows)}


@routes.does("POST", "/timesheet-approvals", Verb.TIMESHEETS_APPROVE, Count, example={"timesheets": [1]})
def approve(request: HttpRequest, body: Chosen) -> Any:
    """Approve weeks that were handed in, all of them or none."""
    rows = list(Timesheet.objects.visible_to(request.user).filter(pk__in=body.timesheets))
    if len(rows) != len(set(body.timesheets)):
        found(Timesheet.objects.none())
    return {"count": approve_timesheets(rows, actor=request.user)}


@routes.does(
    "POST", "/timesheets/{timesheet_id}/return", Verb.TIMESHEET_RETURN, SHEETS.One, precondition="possible",
    example={"reason": "Tuesday was training"},
)  # fmt: skip
def give_back(request: HttpRequest, timesheet_id: Id, body: Return) -> Any:
    """Return a week with the reason."""
    rows = Timesheet.objects.visible_to(request.user)
    sheet = found(rows.filter(pk=timesheet_id).select_related("resource__team__portfolio"))
    return_timesheet(sheet, actor=request.user, reason=body.reason, expected_version=request.expected_version)
    return SHEETS.one(request, rows.filter(pk=timesheet_id))


@routes.does(
    "POST", "/hours/{entry_id}/correction", Verb.HOURS_CORRECT, HOURS.One, status=201,
    example={"hours": "6", "reason": "Typing error"},
)  # fmt: skip
def correct(request: HttpRequest, entry_id: Id, body: HoursCorrection) -> Any:
    """Correct an entry: the old one, its reversal and the new one all stay; the last one made is told."""
    rows = HoursEntry.objects.visible_to(request.user).select_related("resource__team__portfolio")
    row = found(rows.filter(pk=entry_id))
    project = _project(request, row.resource, body.project)
    terms = {"hours": Decimal(body.hours), "work": body.work or "", "reason": body.reason}
    made = correct_hours(row, actor=request.user, project=project, **terms)
    told = HOURS.one(request, readable(request).filter(pk=made[-1].pk)).body
    return Answer(told, location=f"/api/v1/hours/{made[-1].pk}")


@routes.does("POST", "/timesheet-reminders", Verb.TIMESHEETS_REMIND, Count, example={"week": "2027-05-03"})
def remind(request: HttpRequest, body: Reminder) -> Any:
    """Remind those who are late for a week."""
    people = Resource.objects.visible_to(request.user, Verb.TIMESHEETS_REMIND)
    require_somewhere(request.user, Verb.TIMESHEETS_REMIND)
    people = people if body.resources is None else people.filter(key__in=body.resources)
    late_ones = [one.resource for one in late_in(people, [body.week])]
    return {"count": remind_late(late_ones, actor=request.user, week=body.week)}


@routes.does(
    "POST", "/portfolios/{code}/locked-weeks", Verb.WEEKS_LOCK, Count, example={"weeks": ["2026-05-11"]}
)  # fmt: skip
def lock(request: HttpRequest, code: PortfolioCode, body: Weeks) -> Any:
    """Lock weeks that are over for everybody of a portfolio and below; gives how many were open."""
    portfolio = found(Portfolio.objects.visible_to(request.user).filter(code=code))
    return {"count": lock_weeks(portfolio, actor=request.user, weeks=body.weeks)}
