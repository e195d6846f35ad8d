"""Pages about the money of a project: promising, dividing and returning it."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation.funding import queries
from mainstay.authorisation.funding.forms import CommitmentForm, ReturnForm, TrancheForms
from mainstay.authorisation.funding.operations import commit_funding, divide_commitment, return_funding
from mainstay.authorisation.funding.rules import what_holds
from mainstay.authorisation.models import Commitment, TrancheState
from mainstay.core import access
from mainstay.core.errors import Impossible, Stale
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.sent import version_sent, whole


@login_required
@require_GET
def project_funding(request: HttpRequest, code: str) -> HttpResponse:
    """The money a project holds; a fragment of its page or a page of its own."""
    project = queries.project_for(request.user, code)
    rows, now = queries.held_by(project, request.as_of), request.as_of is None
    for row in rows:
        row.readiness = [(tranche, what_holds(tranche)) for tranche in row.parts] if now else []
    context = {
        "project": project,
        "rows": rows,
        "sums": _sums(rows),
        "now": now,
        "may_commit": now and access.may(request.user, Verb.FUNDING_COMMIT, project),
        "may_divide": now and access.may(request.user, Verb.FUNDING_DIVIDE, project),
        "may_release": now and access.may(request.user, Verb.FUNDING_RELEASE, project),
        "tabs": tabs_of(project, request.user, "project_funding"),
    }
    part = "#funding" if request.htmx else ""
    return render(request, f"authorisation/project_funding.html{part}", context)


def _sums(rows: list[Any]) -> list[tuple[str, Decimal, Decimal]]:
    """What is committed and released, by currency."""
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        sums = found.setdefault(row.envelope.fund.currency, [Decimal(0), Decimal(0)])
        sums[0] += row.held
        sums[1] += row.released
    return [(currency, held, released) for currency, (held, released) in found.items()]


@login_required
@require_http_methods(["GET", "POST"])
def funding_new(request: HttpRequest, code: str) -> HttpResponse:
    """Promise a project money of a fund."""
    project = queries.project_for(request.user, code)
    access.require(request.user, Verb.FUNDING_COMMIT, project)
    envelopes = queries.open_envelopes(request.user, project)
    form, status = CommitmentForm(request.POST or None, envelopes=envelopes), 200
    if request.method == "POST":
        known = {row.pk: row for row, _ in envelopes}
        made, status = tried(
            form,
            lambda sent: commit_funding(project, actor=request.user, **sent | {"envelope": known[sent["envelope"]]}),
        )
        if made:
            messages.success(request, "The money is committed; divide it into tranches.")
            return redirect("commitment", made.pk)
    context = {"form": form, "project": project, "envelopes": envelopes}
    return render(request, "authorisation/funding_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """A commitment with its tranches; POST divides it anew."""
    row = queries.commitment_for(request.user, commitment_id)
    forms = TrancheForms(request.POST or None, initial=_held(row))
    error, status = "", 200
    if request.method == "POST":
        access.require(request.user, Verb.FUNDING_DIVIDE, row.project)
        status = 422
        if forms.is_valid():
            error, status = _divide(request, row, forms)
            if not error:
                messages.success(request, "The tranches were saved.")
                return redirect("project_funding", row.project.code)
    return _page(request, row, forms, ReturnForm(currency=row.envelope.fund.currency), error, status)


def _held(row: Commitment) -> list[dict[str, Any]]:
    rows = row.tranches.filter(state=TrancheState.HELD).order_by("number")
    return list(rows.values("title", "amount", "gate", "due_date"))


def _divide(request: HttpRequest, row: Commitment, forms: Any) -> tuple[str, int]:
    parts = [form.cleaned_data for form in forms if form.cleaned_data.get("amount")]
    try:
        divide_commitment(row, actor=request.user, tranches=parts, expected_version=version_sent(request))
    except ValidationError as error:
        return " ".join(error.messages), 422
    except (Impossible, Stale) as refusal:
        return refusal.message, refusal.status
    return "", 200


@login_required
@require_POST
def funding_return(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Give money back to its envelope."""
    row = queries.commitment_for(request.user, commitment_id)
    access.require(request.user, Verb.FUNDING_RETURN, row.project)
    tranche = row.tranches.filter(pk=whole(request.POST.get("tranche", ""))).first()
    if tranche is not None:
        return_funding(row, actor=request.user, tranche=tranche, reason=request.POST.get("reason", "")[:300])
        messages.success(request, f"Tranche {tranche.number} went back to {row.envelope}.")
        return redirect("commitment", row.pk)
    form = ReturnForm(request.POST, currency=row.envelope.fund.currency)
    made, status = tried(form, lambda sent: return_funding(row, actor=request.user, **sent))
    if made:
        messages.success(request, f"The money went back to {row.envelope}.")
        return redirect("commitment", row.pk)
    return _page(request, row, TrancheForms(initial=_held(row)), form, "", status)


def _page(
    request: HttpRequest, row: Commitment, forms: Any, form: ReturnForm, error: str, status: int
) -> HttpResponse:
    (row,) = queries.with_released([row])
    context = {
        "commitment": row,
        "forms": forms,
        "form": form,
        "error": error,
        "settled": row.tranches.exclude(state=TrancheState.HELD).select_related("released_by"),
        "may_divide": access.may(request.user, Verb.FUNDING_DIVIDE, row.project),
        "may_return": access.may(request.user, Verb.FUNDING_RETURN, row.project),
        "trail": [(row.project.name, reverse("project_funding", args=[row.project.code]))],
    }
    return render(request, "authorisation/commitment.html", context, status=status)
