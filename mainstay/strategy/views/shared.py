"""What the pages of strategy share: finding rows, saving forms, and the form page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mainstay.core import access
from mainstay.core.conflict import Conflict, settled
from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.strategy.models import Goal

UNKNOWN = "There is nothing here, or it is not open to you."


def found(rows: Any, user: Any, verb: Verb | None = None, **by: Any) -> Any:
    """The one row among those the person may see, to which they may do this."""
    row = rows.visible_to(user).filter(**by).first()
    if row is None:
        raise Missing(UNKNOWN)
    if verb is not None:
        access.require(user, verb, row.scope)
    return row


def goal_to(request: HttpRequest, code: str, verb: Verb) -> Goal:
    """A goal to change."""
    return found(Goal.objects.select_related("parent", "portfolio"), request.user, verb, code=code)


def project_to(request: HttpRequest, code: str, verb: Verb) -> Project:
    """A project to change."""
    return found(Project.objects.all(), request.user, verb, code=code)


def require_somewhere(user: Any, verb: Verb) -> None:
    """Refuse who may not do this anywhere."""
    if not access.may_somewhere(user, verb):
        raise Forbidden(f"Your roles do not let you {verb.sentence}. Ask an administrator for a grant.")


def attempt(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What an operation gives; None where the form or the operation refuses, with the reasons in the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as error:
        take_errors(form, error)
        return None


def data_of(request: HttpRequest) -> Any:
    """What was posted, for a form, with the other version wherever the person chose it."""
    return settled(request.POST) if request.method == "POST" else None


def edited(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], Any],
    *,
    title: str,
    back: str,
    row: Any = None,
    **more: Any,
) -> HttpResponse:
    """Save and go back; or show the form as typed, with its errors or beside what somebody else saved meanwhile."""
    page = {"form": form, "title": title, "back": back, "verb": "Save"} | more
    if request.method != "POST":
        page["version"] = getattr(row, "version", None)
        return render(request, "strategy/form.html", page)
    page["version"] = request.POST.get("version", "")
    try:
        if attempt(form, act) is not None:
            messages.success(request, "Saved.")
            return redirect(back)
    except Stale as stale:
        conflict = Conflict(stale, form)
        page |= {"conflict": conflict, "version": conflict.version}
        return render(request, "strategy/form.html", page, status=stale.status)
    return render(request, "strategy/form.html", page, status=422)
