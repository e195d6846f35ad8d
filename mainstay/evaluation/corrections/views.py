"""Pages of corrections: all that are offered, withdrawing one, and switching one on or off in a case."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.evaluation.corrections.classes import class_kinds
from mainstay.evaluation.corrections.effect import effect_of
from mainstay.evaluation.corrections.queries import corrections_seen, offers_for
from mainstay.evaluation.models import Correction
from mainstay.evaluation.operations.corrections import apply_correction, lift_correction, withdraw_correction
from mainstay.identification.case_parts import may_write
from mainstay.identification.case_reading import writable
from mainstay.portfolio.views.sent import reason_of, version_sent

GONE = "There is no such correction, or it is not open to you."


def corrections_of(request: HttpRequest, case: Any) -> dict[str, Any]:
    """What the page of a case tells of corrections."""
    offers = offers_for(case, request.as_of)
    may = bool(offers) and request.as_of is None and may_write(request.user, case)
    effect = effect_of(case, offers, request.as_of)
    return {"offers": offers, "effect": effect, "may_correct": may and access.may(*_to_apply(request, case))}


def _to_apply(request: HttpRequest, case: Any) -> tuple[Any, Verb, Any]:
    return request.user, Verb.CORRECTION_APPLY, case.scope


@login_required
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction the person may see, in force and withdrawn."""
    if not access.may_somewhere(request.user, Verb.SEE_FIGURES):
        raise Missing("There is nothing here, or it is not open to you.")
    rows, kinds = corrections_seen(request.user, request.as_of), class_kinds()
    may = request.as_of is None
    shown = [
        (
            row,
            kinds.get(row.class_by, "Class"),
            may and access.may(request.user, Verb.CORRECTION_WITHDRAW, row.portfolio),
        )
        for row in rows
    ]
    held = sum(1 for row, _, _ in shown if not row.is_withdrawn)
    return render(request, "evaluation/corrections.html", {"shown": shown, "held": held})


@login_required
@require_POST
def correction_withdrawal(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Offer a correction no longer."""
    row = Correction.objects.visible_to(request.user).filter(pk=correction_id).first()
    if row is None:
        raise Missing(GONE)
    withdraw_correction(row, actor=request.user, expected_version=version_sent(request), reason=reason_of(request))
    messages.success(request, "The correction is withdrawn; estimates count as they were made.")
    return redirect("corrections")


@login_required
@require_POST
def case_correction(request: HttpRequest, case_id: int, correction_id: int) -> HttpResponse:
    """Switch a correction on or off in a case."""
    case = writable(request, case_id)
    found = next((offer for offer in offers_for(case) if offer.correction.pk == correction_id), None)
    if found is None:
        raise Missing(GONE)
    act = lift_correction if found.is_on else apply_correction
    act(case, actor=request.user, correction=found.correction, reason=reason_of(request))
    messages.success(request, f"{found.correction} is switched {'off' if found.is_on else 'on'}.")
    return redirect(reverse("case_appraisal", args=[case.pk]))
