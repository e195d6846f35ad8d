"""Teams, sites and calendars in the REST API."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource as Noun
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Changes, Day, PortfolioCode, Reason, Sent, Told, Username, YesNo, text, whole
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_portfolio
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.api.shared import Hours, Slug, sent_of, with_rows
from mainstay.resources.models import Calendar, CalendarDay, Site, Team
from mainstay.resources.operations.places import (
    SpecialDay,
    add_site,
    create_calendar,
    edit_calendar,
    edit_site,
)
from mainstay.resources.operations.teams import create_team, edit_team
from mainstay.resources.queries.public_holidays import countries, holidays_of_year, regions

routes = Routes("Resources")
KEY = Field("key", Kind.TEXT, "The key other systems know it by.", example="design")
NAME = Field("name", Kind.TEXT, "The name.", example="Design")
IN_USE = Field("is_active", Kind.YES_NO, "Whether it is in use.")
TEXT = Field("description", Kind.TEXT, "What it means.")
TEAMS = Noun(
    "Team",
    (
        KEY,
        NAME,
        Field("portfolio", Kind.TEXT, "The code of the portfolio that decides who sees it.", "portfolio__code"),
        Field("parent", Kind.TEXT, "The key of the team it is a part of.", "parent__key", may_be_missing=True),
        Field("manager", Kind.TEXT, "Its resource manager.", "manager__username", may_be_missing=True),
        IN_USE,
        VERSION,
    ),
    key="key",
    order=("name",),
)
SITES = Noun(
    "Site",
    (
        KEY,
        NAME,
        TEXT,
        Field("calendar", Kind.TEXT, "The key of the calendar there.", "calendar__key", may_be_missing=True),
        IN_USE,
        VERSION,
    ),
    key="key",
    order=("name",),
)


class DayTold(Told):
    """A day on which a calendar differs."""

    date: date
    hours: str
    name: str


def _with_days(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Put the days that differ into each calendar that is told whole."""
    days = CalendarDay.objects.as_of(request.as_of).filter(calendar_id__in=[row["_pk"] for row in rows])
    told: dict[int, list[dict[str, Any]]] = {row["_pk"]: [] for row in rows}
    for day in days.order_by("date"):
        one = {"date": day.date.isoformat(), "hours": str(day.hours), "name": day.name}
        told[day.calendar_id].append(one)
    for row in rows:
        row["days"] = told[row["_pk"]]


CALENDARS = Noun(
    "Calendar",
    (
        KEY,
        NAME,
        TEXT,
        Field("week", Kind.DATA, "Working hours from Monday to Sunday.", schema=list[float], filters=False),
        Field("country", Kind.TEXT, "The country whose public holidays hold.", example="GB"),
        Field("region", Kind.TEXT, "The part of the country with holidays of its own.", example="SCT"),
        IN_USE,
        VERSION,
    ),
    key="key",
    order=("name",),
    private=("pk",),
    finish=_with_days,
    added={"days": (list[DayTold], Rule(description="The days that differ."))},
)


class TeamCreate(Sent):
    """A team; its portfolio decides who may see and book its people."""

    portfolio: PortfolioCode
    name: text(80, least=1)
    key: Slug | None = None
    parent: Slug | None = None
    manager: Username | None = None


class TeamEdit(Changes):
    """Changes to a team; what is left away stays."""

    name: text(80, least=1) = ""
    portfolio: PortfolioCode = ""
    parent: Slug | None = None
    manager: Username | None = None
    is_active: YesNo = True
    reason: Reason = ""


class SiteAdd(Sent):
    """A place where people work."""

    name: text(80, least=1)
    key: Slug | None = None
    description: text(300) = ""
    calendar: Slug | None = None


class SiteEdit(Changes):
    """Changes to a site."""

    name: text(80, least=1) = ""
    description: text(300) = ""
    calendar: Slug | None = None
    is_active: YesNo = True
    reason: Reason = ""


class DaySent(Sent):
    """A day on which a calendar differs."""

    date: Day
    hours: Hours = Decimal(0)
    name: text(80) = ""


Week = Annotated[list[Annotated[float, Rule(ge=0, le=24)]], Rule(min_length=7, max_length=7)]
Days = Annotated[list[DaySent], Rule(max_length=1000)]
Country = Annotated[str, Rule(max_length=2, pattern=r"^([A-Z]{2})?$", examples=["GB"])]
Region = Annotated[str, Rule(max_length=10, pattern=r"^[A-Za-z0-9]*$", examples=["SCT"])]


class CalendarCreate(Sent):
    """The hours of a normal week, whose public holidays hold, and the days that differ."""

    name: text(80, least=1)
    key: Slug | None = None
    description: text(300) = ""
    week: Week = [8, 8, 8, 8, 8, 0, 0]
    country: Country = ""
    region: Region = ""
    days: Days = []


class CalendarEdit(Changes):
    """Changes to a calendar; days sent take the place of all days that differ."""

    name: text(80, least=1) = ""
    description: text(300) = ""
    week: Week = [8, 8, 8, 8, 8, 0, 0]
    country: Country = ""
    region: Region = ""
    days: Days = []
    is_active: YesNo = True
    reason: Reason = ""


class HolidayTold(Told):
    """A public holiday."""

    date: date
    name: str


class HolidaysTold(Told):
    """The public holidays of a year, and the regions of the country that have their own."""

    country: str
    region: str
    year: int
    holidays: list[HolidayTold]
    regions: dict[str, str]


def _rows(request: HttpRequest, model: Any) -> Any:
    return model.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/teams", "teams", TEAMS.Page, is_list=True)
def teams(request: HttpRequest, query: TEAMS.Asked) -> Any:
    """List the teams whose people you may see."""
    return TEAMS.page(request, _rows(request, Team), query)


@routes.does(
    "POST", "/teams", Verb.TEAM_CREATE, TEAMS.One, status=201, example={"portfolio": "NET", "name": "Research"}
)
def found_team(request: HttpRequest, body: TeamCreate) -> Any:
    """Found a team."""
    sent = sent_of(body)
    place = named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.TEAM_CREATE)
    made = create_team(place, actor=request.user, **with_rows(request, sent))
    return TEAMS.one(request, Team.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/teams/{team}", Verb.TEAM_EDIT, TEAMS.One, precondition="required", example={"name": "Design office"}
)
def change_team(request: HttpRequest, team: Slug, body: TeamEdit) -> Any:
    """Change a team, move it, or take it out of use."""
    rows = Team.objects.visible_to(request.user).filter(key=team)
    changes, reason = sent_changes(body)
    told = {"expected_version": request.expected_version, "reason": reason, **with_rows(request, changes)}
    edit_team(found(rows), actor=request.user, **told)
    return TEAMS.one(request, Team.objects.filter(key=team))


@routes.reads("/sites", "sites", SITES.Page, is_list=True)
def sites(request: HttpRequest, query: SITES.Asked) -> Any:
    """List the places where people work."""
    return SITES.page(request, _rows(request, Site), query)


@routes.does("POST", "/sites", Verb.SITE_ADD, SITES.One, status=201, example={"name": "Fell House"})
def put_site(request: HttpRequest, body: SiteAdd) -> Any:
    """Add a site."""
    made = add_site(None, actor=request.user, **with_rows(request, sent_of(body)))
    return SITES.one(request, Site.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/sites/{site}", Verb.SITE_EDIT, SITES.One, precondition="required", example={"is_active": False}
)
def change_site(request: HttpRequest, site: Slug, body: SiteEdit) -> Any:
    """Change a site, or take it out of use."""
    rows = Site.objects.visible_to(request.user).filter(key=site)
    changes, reason = sent_changes(body)
    told = {"expected_version": request.expected_version, "reason": reason, **with_rows(request, changes)}
    edit_site(found(rows), actor=request.user, **told)
    return SITES.one(request, rows)


@routes.reads("/calendars", "calendars", CALENDARS.Page, is_list=True)
def calendars(request: HttpRequest, query: CALENDARS.Asked) -> Any:
    """List calendars with their weeks, holidays and the days that differ."""
    return CALENDARS.page(request, _rows(request, Calendar), query)


@routes.does(
    "POST",
    "/calendars",
    Verb.CALENDAR_CREATE,
    CALENDARS.One,
    status=201,
    example={"name": "Scotland", "country": "GB", "region": "SCT", "days": [{"date": "2026-12-24", "hours": "4"}]},
)
def put_calendar(request: HttpRequest, body: CalendarCreate) -> Any:
    """Add a calendar."""
    made = create_calendar(None, actor=request.user, **_with_special_days(sent_of(body)))
    return CALENDARS.one(request, Calendar.objects.filter(pk=made.pk))


@routes.does(
    "PATCH",
    "/calendars/{calendar}",
    Verb.CALENDAR_EDIT,
    CALENDARS.One,
    precondition="required",
    example={"week": [8, 8, 8, 8, 6, 0, 0]},
)
def change_calendar(request: HttpRequest, calendar: Slug, body: CalendarEdit) -> Any:
    """Change a calendar, or take it out of use."""
    rows = Calendar.objects.visible_to(request.user).filter(key=calendar)
    changes, reason = sent_changes(body)
    told = {"expected_version": request.expected_version, "reason": reason, **_with_special_days(changes)}
    edit_calendar(found(rows), actor=request.user, **told)
    return CALENDARS.one(request, rows)


def _with_special_days(sent: dict[str, Any]) -> dict[str, Any]:
    days = {"days": [SpecialDay(**one) for one in sent["days"]]} if "days" in sent else {}
    return sent | days


@routes.reads("/holidays", "holidays", HolidaysTold)
def public_holidays(request: HttpRequest, country: Country, year: whole(1970, 2100), region: Region = "") -> Any:
    """Read the public holidays of a country, or of a region of it, in a year."""
    known = dict(regions(country))
    place = region if region in known else ""
    days = holidays_of_year(country, place, year) if country in dict(countries()) else ()
    told = [{"date": day.isoformat(), "name": name} for day, name in days]
    return {"country": country, "region": place, "year": year, "holidays": told, "regions": known}
