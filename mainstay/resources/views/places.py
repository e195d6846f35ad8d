"""Teams, and the sites and calendars people work by."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.forms.places import CalendarForm, NewTeamForm, SiteForm, TeamForm
from mainstay.resources.models import Calendar, Site, Team
from mainstay.resources.operations.places import add_site, create_calendar, edit_calendar, edit_site
from mainstay.resources.operations.teams import create_team, edit_team
from mainstay.resources.places_page import CalendarsPage, HolidayPreview, TeamsPage
from mainstay.resources.views.shared import data_of, edited, found, require_somewhere


@login_required
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Teams with their managers, heads and skills."""
    access_to_people(request)
    return render(request, "resources/teams.html", {"page": TeamsPage(request)})


def access_to_people(request: HttpRequest) -> None:
    """Refuse who may see nobody's people."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)


@login_required
@require_http_methods(["GET", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    """Found a team."""
    require_somewhere(request.user, Verb.TEAM_CREATE)
    form = NewTeamForm(data_of(request), user=request.user)

    def act() -> Team:
        given = form.given()
        return create_team(given.pop("portfolio"), actor=request.user, **given)

    return edited(request, form, act, title="Found a team", back=reverse("teams"), verb="Found the team")


@login_required
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, key: str) -> HttpResponse:
    """Change a team."""
    row = found(Team.objects.select_related("portfolio"), request.user, Verb.TEAM_EDIT, key=key)
    form = TeamForm(data_of(request), user=request.user, instance=row)

    def act() -> Team:
        return edit_team(row, actor=request.user, expected_version=version_of(request), **form.changes())

    return edited(request, form, act, title=f"Edit {row}", back=reverse("teams"), row=row)


@login_required
@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """Calendars and the sites where they hold."""
    return render(request, "resources/calendars.html", {"page": CalendarsPage(request)})


@login_required
@require_http_methods(["GET", "POST"])
def calendar_new(request: HttpRequest) -> HttpResponse:
    """Say when people of a site work."""
    access.require(request.user, Verb.CALENDAR_CREATE)
    form = CalendarForm(data_of(request), user=request.user)

    def act() -> Calendar:
        return create_calendar(None, actor=request.user, **form.as_told(form.given()))

    return _calendar(request, form, act, title="Add a calendar", verb="Add the calendar")


@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Change the hours of a calendar, its holidays and the days that differ."""
    row = found(Calendar.objects.all(), request.user, key=key)
    access.require(request.user, Verb.CALENDAR_EDIT)
    form = CalendarForm(data_of(request), user=request.user, instance=row)

    def act() -> Calendar:
        told = form.as_told(form.changes())
        return edit_calendar(row, actor=request.user, expected_version=version_of(request), **told)

    return _calendar(request, form, act, title=f"Edit {row}", row=row)


def _calendar(request: HttpRequest, form: CalendarForm, act: Any, **page: Any) -> HttpResponse:
    preview = HolidayPreview(form["country"].value() or "", form["region"].value() or "")
    page |= {"preview": preview, "template": "resources/calendar.html", "back": reverse("calendars")}
    return edited(request, form, act, **page)


@login_required
@require_GET
def holidays(request: HttpRequest) -> HttpResponse:
    """The public holidays of next year in a country or a region, and its regions to choose from."""
    preview = HolidayPreview(request.GET.get("country", ""), request.GET.get("region", ""))
    return render(request, "resources/calendar.html#holidays", {"preview": preview})


@login_required
@require_http_methods(["GET", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    """Add a place where people work."""
    access.require(request.user, Verb.SITE_ADD)
    form = SiteForm(data_of(request), user=request.user)

    def act() -> Site:
        return add_site(None, actor=request.user, **form.given())

    return edited(request, form, act, title="Add a site", back=reverse("calendars"), verb="Add the site")


@login_required
@require_http_methods(["GET", "POST"])
def site(request: HttpRequest, key: str) -> HttpResponse:
    """Change a site, or take it out of use."""
    row = found(Site.objects.all(), request.user, key=key)
    access.require(request.user, Verb.SITE_EDIT)
    form = SiteForm(data_of(request), user=request.user, instance=row)

    def act() -> Site:
        return edit_site(row, actor=request.user, expected_version=version_of(request), **form.changes())

    return edited(request, form, act, title=f"Edit {row}", back=reverse("calendars"), row=row)
