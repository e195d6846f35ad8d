"""Drivers, departments, weights, and the grid of ratings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.conflict import Conflict
from mainstay.core.errors import Stale
from mainstay.core.sheet import read_sheet
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.sent import version_of
from mainstay.strategy.asked import Asked
from mainstay.strategy.driver_pages import DriversPage, Ratings
from mainstay.strategy.forms.drivers import (
    DepartmentForm,
    DriverForm,
    NewDepartmentForm,
    NewDriverForm,
    WeightsForm,
)
from mainstay.strategy.models import Department, Driver
from mainstay.strategy.operations.drivers import (
    create_department,
    create_driver,
    edit_department,
    edit_driver,
    rate_impacts,
    weigh_drivers,
)
from mainstay.strategy.queries.drivers import drivers_in_use, statements_of
from mainstay.strategy.views.shared import attempt, data_of, edited, found, require_somewhere


@login_required
@require_GET
def drivers(request: HttpRequest) -> HttpResponse:
    """What the business wants more of: drivers by department, what each level means, and their weights."""
    return _page(request)


def _page(request: HttpRequest, status: int = 422, conflict: Conflict | None = None, **forms: Any) -> HttpResponse:
    page = DriversPage(Asked(request), **forms)
    empty = {"driver": NewDriverForm(user=request.user), "department": NewDepartmentForm(user=request.user)}
    context = {"page": page, "forms": empty | forms, "conflict": conflict}
    return render(request, "strategy/drivers.html", context, status=status if forms else 200)


@login_required
@require_POST
def new_drivers(request: HttpRequest) -> HttpResponse:
    """Write down a driver."""
    require_somewhere(request.user, Verb.DRIVER_CREATE)
    form = NewDriverForm(request.POST, user=request.user)

    def act() -> Driver:
        given = form.split(form.given())
        return create_driver(given.pop("portfolio"), actor=request.user, **given)

    made = attempt(form, act)
    if made is None:
        return _page(request, driver=form)
    messages.success(request, f"{made} is a driver now; weigh it next.")
    return redirect("drivers")


@login_required
@require_http_methods(["GET", "POST"])
def driver(request: HttpRequest, code: str) -> HttpResponse:
    """Change a driver and what the levels of impact on it mean."""
    row = found(Driver.objects.all(), request.user, Verb.DRIVER_EDIT, code=code)
    told = {"user": request.user, "statements": statements_of([row])[row.pk]}
    form = DriverForm(data_of(request), instance=Driver.objects.get(pk=row.pk), **told)

    def act() -> Driver:
        changes = form.split(form.changes())
        return edit_driver(row, actor=request.user, expected_version=version_of(request), **changes)

    return edited(request, form, act, title=f"Edit {row}", back=reverse("drivers"), row=row)


@login_required
@require_POST
def driver_weights(request: HttpRequest) -> HttpResponse:
    """Weigh the drivers in use."""
    require_somewhere(request.user, Verb.DRIVERS_WEIGH)
    rows = drivers_in_use(request.user, Asked(request).portfolio)
    form = WeightsForm(rows, data_of(request))

    def act() -> int:
        reason = form.cleaned_data["reason"]
        return weigh_drivers(rows, actor=request.user, weights=form.weights, versions=form.versions, reason=reason)

    try:
        changed = attempt(form, act)
    except Stale as stale:
        return _page(request, stale.status, weights=form, conflict=Conflict(stale, form))
    if changed is None:
        return _page(request, weights=form)
    messages.success(request, "The weights are published.")
    return redirect("drivers")


@login_required
@require_POST
def departments(request: HttpRequest) -> HttpResponse:
    """Name a department."""
    require_somewhere(request.user, Verb.DEPARTMENT_CREATE)
    form = NewDepartmentForm(request.POST, user=request.user)

    def act() -> Department:
        given = form.given()
        return create_department(given.pop("portfolio"), actor=request.user, **given)

    if attempt(form, act) is None:
        return _page(request, department=form)
    return redirect("drivers")


@login_required
@require_http_methods(["GET", "POST"])
def department(request: HttpRequest, department_id: int) -> HttpResponse:
    """Change a department."""
    row = found(Department.objects.all(), request.user, Verb.DEPARTMENT_EDIT, pk=department_id)
    form = DepartmentForm(data_of(request), user=request.user, instance=Department.objects.get(pk=row.pk))

    def act() -> Department:
        return edit_department(row, actor=request.user, expected_version=version_of(request), **form.changes())

    return edited(request, form, act, title=f"Edit {row}", back=reverse("drivers"), row=row)


@login_required
@require_http_methods(["GET", "POST"])
def ratings(request: HttpRequest) -> HttpResponse:
    """Projects by drivers: rate many at once."""
    page = Ratings(Asked(request))
    if request.method == "GET":
        return render(request, "strategy/ratings.html", {"page": page, "sheet": page.sheet})
    require_somewhere(request.user, Verb.IMPACT_RATE)
    entered = read_sheet(request.POST, page.sheet)
    if entered.is_refused:
        return _ratings(request, page, entered.shown())
    changes = page.changes(entered.changed)
    projects = Project.objects.visible_to(request.user).filter(pk__in={rating.project_id for rating in changes})
    try:
        count = rate_impacts(projects, actor=request.user, ratings=changes) if changes else 0
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _ratings(request, page, entered.shown())
    messages.success(request, f"{count} ratings changed." if count != 1 else "1 rating changed.")
    return redirect(request.get_full_path())


def _ratings(request: HttpRequest, page: Ratings, sheet: Any) -> HttpResponse:
    return render(request, "strategy/ratings.html", {"page": page, "sheet": sheet}, status=422)
