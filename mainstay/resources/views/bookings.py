"""Pages of bookings: a new one, and every change of one, each with its effect shown before it is booked."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.booking_actions import ACTIONS, Action
from mainstay.resources.booking_rules import refuse
from mainstay.resources.forms.bookings import BookingForm
from mainstay.resources.models import Booking, Resource
from mainstay.resources.operations.bookings import add_booking, confirm_bookings
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.queries.matches import DEFINITION, Wanted, matches

RELATED = ("resource__team__portfolio", "project", "role", "skill")


@login_required
@require_GET
def booking(request: HttpRequest, booking_id: int) -> HttpResponse:
    """One booking, and what may be done to it."""
    row = _found(request, booking_id)
    actions = _open_actions(request, row) if request.as_of is None else []
    return render(request, "resources/booking.html", {"row": row, "actions": actions} | _of(request, row))


@login_required
@require_http_methods(["GET", "POST"])
def booking_change(request: HttpRequest, booking_id: int, action: str) -> HttpResponse:
    """Change a booking: first its effect is shown, then it is booked."""
    row, chosen = _found(request, booking_id), ACTIONS.get(action)
    if chosen is None or isinstance(row, Booking.Version):
        raise Missing("There is no such change.")
    access.require(request.user, chosen.verb, row.resource.team.portfolio)
    form = chosen.form(_sent(request, chosen.form.starting(row)), booking=row, user=request.user)
    best = matches(Wanted.of(row), request.user, without=[row.resource_id]) if chosen.offers_matches else []
    context = {"row": row, "action": chosen, "actions": _open_actions(request, row), "best": best}
    context["match_definition"] = DEFINITION
    context |= {"title": f"{chosen.title}: {row.resource}", "button": chosen.button, "version": row.version} | _of(
        request, row
    )

    def book() -> HttpResponse:
        chosen.act(row, actor=request.user, expected_version=version_of(request), **_seen(request, chosen, form))
        messages.success(request, chosen.done)
        return redirect("resource_bookings", row.resource.key)

    return _stepwise(request, form, book, context)


@login_required
@require_http_methods(["GET", "POST"])
def booking_new(request: HttpRequest, key: str) -> HttpResponse:
    """Book somebody for a project."""
    person = Resource.objects.visible_to(request.user).filter(key=key).select_related("team__portfolio").first()
    if person is None:
        raise Missing("There is nobody of this key, or they are not open to you.")
    access.require(request.user, Verb.BOOKING_ADD, person.team.portfolio)
    form = BookingForm(_sent(request), resource=person, user=request.user)
    context = {"person": person, "title": f"Book {person}", "button": "Book", "version": 1}

    def book() -> HttpResponse:
        add_booking(
            person, actor=request.user, seen=request.POST.get("seen", ""), reason=form.cleaned_data["reason"],
            **form.given,
        )  # fmt: skip
        messages.success(request, f"{person} is booked.")
        return redirect("resource_bookings", person.key)

    return _stepwise(request, form, book, context)


@login_required
@require_POST
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Make the ticked soft bookings of somebody hard."""
    ids = [int(one) for one in request.POST.getlist("selected")[:500] if one.isdecimal()]
    person = Resource.objects.visible_to(request.user).filter(key=key).select_related("team__portfolio").first()
    if person is None:
        raise Missing("There is nobody of this key, or they are not open to you.")
    access.require(request.user, Verb.BOOKINGS_CONFIRM, person.team.portfolio)
    rows = list(Booking.objects.filter(pk__in=ids, resource=person))
    done = confirm_bookings(rows, actor=request.user) if rows else 0
    messages.success(request, f"{done} booking{'s' * (done != 1)} confirmed.")
    return redirect("resource_bookings", key)


def _stepwise(
    request: HttpRequest, form: Any, book: Callable[[], HttpResponse], context: dict[str, Any]
) -> HttpResponse:
    """Show the form, then the effect, then book exactly what was shown."""
    context["form"] = form
    if not form.is_bound or not form.is_valid():
        return _page(request, context, 422 if form.errors else 200)
    context["print"] = _print_of(form)
    try:
        effect = effect_of(form.change(), request.user)
        is_shown = request.POST.get("step") == "book" and request.POST.get("shown") == context["print"]
        if is_shown:
            return book()
        refuse(list(effect.objections), form.cleaned_data["reason"])
        return _page(request, context, effect=effect)
    except ValidationError as error:
        take_errors(form, error)
        return _page(request, context, 422, effect=_effect_still(form, request))
    except Stale as stale:
        return _page(request, context, stale.status, effect=_effect_still(form, request), stale=stale)


def _effect_still(form: Any, request: HttpRequest) -> Effect | None:
    """The effect as it would be now, where there is one."""
    try:
        return effect_of(form.change(), request.user)
    except ValidationError:
        return None


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200, **more: Any) -> HttpResponse:
    if (row := context.get("row")) is not None:
        context["version"] = Booking.objects.filter(pk=row.pk).values_list("version", flat=True).first()
    return render(request, "resources/booking_change.html", context | more, status=status)


def _sent(request: HttpRequest, starting: dict[str, Any] | None = None) -> Any:
    """What was typed; an address that names fields shows its effect at once, the others as they start."""
    if request.method == "POST":
        return request.POST
    asked = {name: value for name, value in request.GET.items() if name != "as_of"}
    return (starting or {}) | asked if asked else None


def _print_of(form: Any) -> str:
    """What was typed, as a short text: only what was shown is booked."""
    typed = sorted((name, str(getattr(value, "pk", value))) for name, value in form.given.items())
    return hashlib.sha256(repr(typed).encode()).hexdigest()[:16]


def _seen(request: HttpRequest, action: Action, form: Any) -> dict[str, Any]:
    given = form.given | {"reason": form.cleaned_data["reason"]}
    return given if action.key == "remove" else given | {"seen": request.POST.get("seen", "")}


def _found(request: HttpRequest, booking_id: int) -> Any:
    rows = Booking.objects.as_of(request.as_of).visible_to(request.user).identified_by([booking_id])
    row = rows.select_related(*RELATED).first()
    if row is None:
        raise Missing("There is no such booking, or it is not open to you.")
    return row


def _open_actions(request: HttpRequest, row: Any) -> list[Action]:
    place = row.resource.team.portfolio
    return [action for action in ACTIONS.values() if access.may(request.user, action.verb, place)]


def _of(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The project, where the person may know of it, and the person booked, where their page is open."""
    sees_person = Resource.objects.visible_to(request.user).filter(pk=row.resource_id).exists()
    project = Project.objects.visible_to(request.user).filter(pk=row.project_id).first()
    return {"project": project, "sees_person": sees_person}
