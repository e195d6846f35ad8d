"""The page of calibration: classes of finished work, offering corrections, and their effect on a selection."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.queries import selection_for, selections_for
from mainstay.core import access
from mainstay.core.errors import Impossible, Missing, Unreadable
from mainstay.core.verbs import Verb
from mainstay.evaluation.corrections.classes import class_kinds
from mainstay.evaluation.models import Correction
from mainstay.evaluation.models.correction import Estimate
from mainstay.evaluation.operations.corrections import offer_correction
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.sent import asked_for, portfolio_chosen, whole
from mainstay.review.calibration.classes import Calibrated, ClassOfWork
from mainstay.review.calibration.effect import effect_on
from mainstay.review.calibration.forecasts import stage_forecasts

WARNING = (
    "All of these were chosen, partly because their estimates were good; what they teach holds for work that is "
    "chosen and may be too strong for the rest."
)


@login_required
@require_GET
def calibration(request: HttpRequest) -> HttpResponse:
    """How estimates of finished projects came out, by class."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    places = Portfolio.objects.as_of(request.as_of).visible_to(request.user, Verb.SEE_FIGURES).order_by("path")
    place = _place(request, places)
    found = _calibrated(request, place, asked_for(request, "what"), asked_for(request, "by"))
    context = {
        "found": found,
        "picture": found.picture(lambda code: reverse("project", args=[code])),
        "open_class": found.class_named(asked_for(request, "class")),
        "rows": _rows(request, found, place),
        "place": place,
        "places": places,
        "kinds": class_kinds(request.user).items(),
        "estimates": Estimate.choices,
        "warning": WARNING,
        "forecasts": stage_forecasts(Reading(request.user, request.as_of), place),
        "query": urlencode({"portfolio": place.code if place else "", "what": found.what, "by": found.by}),
    }
    return render(request, "review/calibration.html", context | _effect(request))


def _place(request: HttpRequest, places: Any) -> Any:
    """The portfolio asked for, else the outermost one."""
    code = asked_for(request, "portfolio")
    found = places.filter(code=code).first() if code else places.first()
    if found is None and code:
        raise Missing("There is no such portfolio, or it is not open to you.")
    return found


def _calibrated(request: HttpRequest, place: Any, what: str, by: str) -> Calibrated:
    what, by = what or Estimate.COST, by or "theme"
    if what not in Estimate.values or by not in class_kinds(request.user):
        raise Unreadable("There is no such estimate or no such way to sort.")
    return Calibrated(Reading(request.user, request.as_of), what, by, place)


def _rows(request: HttpRequest, found: Calibrated, place: Any) -> list[tuple[ClassOfWork, Any, bool]]:
    """Each class with the correction offered for it, and whether the person may offer one."""
    may = request.as_of is None and place is not None and access.may(request.user, Verb.CORRECTION_OFFER, place)
    terms = {"portfolio": place and place.row_id, "what": found.what, "class_by": found.by, "is_withdrawn": False}
    rows = Correction.objects.as_of(request.as_of).visible_to(request.user).filter(**terms)
    offered = {row.class_value: row for row in rows}
    return [
        (one, offered.get(one.name), may and one.can_be_offered and one.name not in offered) for one in found.classes
    ]


def _effect(request: HttpRequest) -> dict[str, Any]:
    """The selections that can be looked at, and the effect on the one asked for; only as things are today."""
    if request.as_of is not None:
        return {}
    wanted = whole(asked_for(request, "selection"))
    open_ones = [row for row in selections_for(request.user) if not row.is_adopted]
    told: dict[str, Any] = {"selections": open_ones, "selection_id": wanted}
    if wanted:
        selection = selection_for(request.user, wanted)
        with one_of_few():
            told["effect"] = effect_on(selection, request.user)
    return told


@login_required
@require_POST
def calibration_offer(request: HttpRequest) -> HttpResponse:
    """Offer new estimates of a class what its finished projects say; the figures are worked out here, not sent."""
    place = portfolio_chosen(request, Verb.CORRECTION_OFFER, "Choose a portfolio in which you may offer corrections.")
    asked = {name: request.POST.get(name, "")[:120] for name in ("what", "by", "class")}
    found = _calibrated(request, place, asked["what"], asked["by"])
    one = found.class_named(asked["class"])
    if one is None:
        raise Impossible("No finished work lies in this class any more.")
    try:
        made = offer_correction(place, actor=request.user, **terms_of(found, one))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{made} is offered to new business cases: times {made.factor.normalize():f}.")
    query = urlencode({"portfolio": place.code, "what": found.what, "by": found.by})
    return redirect(f"{reverse('calibration')}?{query}")


def terms_of(found: Calibrated, one: ClassOfWork) -> dict[str, Any]:
    """What an operation is told to offer the factor of a class."""
    level = None if one.p80 is None else Decimal(str(round(one.p80, 4)))
    return {
        "what": found.what,
        "class_by": found.by,
        "class_value": one.name,
        "factor": Decimal(str(round(one.factor, 4))),
        "p80_factor": level,
        "cases": one.cases,
        "source": one.source,
    }
