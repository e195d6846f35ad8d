"""What the pages of people share: finding rows, saving forms, and the form page."""

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
from mainstay.resources.models import Resource

UNKNOWN = "There is nothing here, or it is not open to you."


def found(rows: Any, user: Any, verb: Verb | None = None, **by: Any) -> Any:
    """The one row among those the person may see, to which they may do this."""
    row = rows.visible_to(user).filter(**by).first()
    if row is None:
        raise Missing(UNKNOWN)
    if verb is not None:
        access.require(user, verb, row.scope)
    return row


def resource_to(request: HttpRequest, key: str, verb: Verb) -> Resource:
    """A person, placeholder or group to whom something is done."""
    return found(Resource.objects.select_related("team__portfolio"), request.user, verb, key=key)


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
    template: str = "resources/form.html",
    **more: Any,
) -> HttpResponse:
    """Save and go back; or show the form as typed, with its errors or beside what somebody else saved meanwhile."""
    page = {"form": form, "title": title, "back": back, "row": row, "verb": "Save"} | more
    if request.method != "POST":
        page["version"] = getattr(row, "version", None)
        return render(request, template, page)
    page["version"] = request.POST.get("version", "")
    try:
        made = attempt(form, act)
    except Stale as stale:
        conflict = Conflict(stale, form)
        page |= {"conflict": conflict, "version": conflict.version}
        return render(request, template, page, status=stale.status)
    if made is None:
        return render(request, template, page, status=422)
    messages.success(request, f"{made}: saved.")
    return redirect(back)
