"""The page of a key result: its chart, its check-ins, and what changes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import reason_of, version_of
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.goals import CheckInForm, KeyResultForm
from mainstay.strategy.models import CheckIn, KeyResult
from mainstay.strategy.operations.results import correct_check_in, edit_result, record_check_in, remove_result
from mainstay.strategy.result_page import ResultPage
from mainstay.strategy.views.shared import attempt, data_of, edited, found


def _result(request: HttpRequest, result_id: int, verb: Verb) -> KeyResult:
    rows = KeyResult.objects.select_related("goal__portfolio")
    return found(rows, request.user, verb, pk=result_id)


@login_required
@require_GET
def key_result(request: HttpRequest, result_id: int) -> HttpResponse:
    """A key result with its chart and every check-in."""
    return _page(request, result_id, None)


def _page(request: HttpRequest, result_id: int, form: CheckInForm | None) -> HttpResponse:
    page = ResultPage(Asked(request), result_id, form)
    return render(request, "strategy/key_result.html", {"page": page}, status=422 if form else 200)


@login_required
@require_http_methods(["GET", "POST"])
def key_result_edit(request: HttpRequest, result_id: int) -> HttpResponse:
    """Change a key result or a measure."""
    row = _result(request, result_id, Verb.RESULT_EDIT)
    instance = _result(request, result_id, Verb.RESULT_EDIT)
    form = KeyResultForm(data_of(request), user=request.user, instance=instance)

    def act() -> KeyResult:
        return edit_result(row, actor=request.user, expected_version=version_of(request), **form.changes())

    removal = reverse("key_result_removal", args=[result_id])
    question = f"Remove {row} with its check-ins? Their history stays."
    page = {"title": f"Edit {row}", "row": row, "removal": removal, "question": question}
    return edited(request, form, act, back=reverse("key_result", args=[result_id]), **page)


@login_required
@require_POST
def key_result_removal(request: HttpRequest, result_id: int) -> HttpResponse:
    """Take a key result away."""
    row = _result(request, result_id, Verb.RESULT_REMOVE)
    remove_result(row, actor=request.user, reason=reason_of(request))
    messages.success(request, f"{row} was removed; its history stays.")
    return redirect("goal", row.goal.code)


@login_required
@require_POST
def check_ins(request: HttpRequest, result_id: int) -> HttpResponse:
    """Record where a key result stands."""
    row = _result(request, result_id, Verb.CHECKIN_RECORD)
    form = CheckInForm(request.POST, result=row, instance=CheckIn(key_result=row))
    if attempt(form, lambda: record_check_in(row, actor=request.user, **form.cleaned_data)) is None:
        return _page(request, result_id, form)
    messages.success(request, "Checked in.")
    return redirect("key_result", result_id)


@login_required
@require_http_methods(["GET", "POST"])
def check_in_correction(request: HttpRequest, check_in_id: int) -> HttpResponse:
    """Replace a check-in by a right one; both are kept."""
    rows = CheckIn.objects.select_related("key_result__goal__portfolio")
    wrong = found(rows, request.user, Verb.CHECKIN_CORRECT, pk=check_in_id)
    initial = {name: getattr(wrong, name) for name in ("value", "on_date", "confidence", "note")}
    right = CheckIn(key_result=wrong.key_result)
    form = CheckInForm(data_of(request), result=wrong.key_result, instance=right, initial=initial)

    def act() -> CheckIn:
        return correct_check_in(wrong, actor=request.user, **form.cleaned_data)

    title = f"Correct the check-in of {wrong.on_date:%-d %B %Y}"
    back = reverse("key_result", args=[wrong.key_result_id])
    return edited(request, form, act, title=title, back=back, help="Both entries are kept; the right one counts.")
