"""Writing a benefit down, changing it, recording what came and verifying it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Missing, Unreadable
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import version_sent
from mainstay.value.benefits.forms import BenefitForm, NeedsForm, ReadingForm
from mainstay.value.benefits.page import BenefitPage, benefit_for
from mainstay.value.models import Benefit, BenefitReading
from mainstay.value.operations import (
    Read,
    add_benefit,
    edit_benefit,
    record_readings,
    remove_benefit,
    remove_reading,
    set_needs,
    verify_readings,
)
from mainstay.value.operations.reminding import remind_owners


@login_required
@require_http_methods(["GET", "POST"])
def benefit_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what a project is to bring."""
    project, status = writable(request, code, Verb.BENEFIT_ADD), 200
    form = BenefitForm(request.POST or None, instance=Benefit(project=project))
    if request.method == "POST":
        made, status = tried(form, lambda sent: add_benefit(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "The benefit is on the register.")
            return redirect("benefit", made.pk)
    return _form(request, project, form, status, None)


@login_required
@require_http_methods(["GET", "POST"])
def benefit_edit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Change what a benefit is to be."""
    row, status = benefit_for(request.user, benefit_id), 200
    access.require(request.user, Verb.BENEFIT_EDIT, row.project)
    form = BenefitForm(request.POST or None, instance=row)
    if request.method == "POST":
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: edit_benefit(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The benefit was saved.")
            return redirect("benefit", row.pk)
        row = benefit_for(request.user, benefit_id)
    return _form(request, row.project, form, status, row)


@login_required
@require_POST
def benefit_removal(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Take away a benefit that was written down by mistake."""
    row = benefit_for(request.user, benefit_id)
    remove_benefit(row, actor=request.user)
    messages.success(request, "The benefit was removed; its history stays.")
    return redirect("project_benefits", row.project.code)


@login_required
@require_POST
def readings(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Say what came in a month, with evidence."""
    row = benefit_for(request.user, benefit_id)
    form = ReadingForm(request.POST, instance=BenefitReading(benefit=row))
    made, status = tried(form, lambda sent: record_readings(row, actor=request.user, readings=[Read(**sent)]))
    if made is not None:
        messages.success(request, "What came was recorded." if made else "It was recorded just so already.")
        return redirect("benefit", row.pk)
    return BenefitPage(request, row, form).shown(status)


@login_required
@require_POST
def verification(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Confirm from the books what was read in the months ticked."""
    row = benefit_for(request.user, benefit_id)
    try:
        months = [date.fromisoformat(text) for text in request.POST.getlist("month")]
    except ValueError as error:
        raise Unreadable("The months were not sent as dates.") from error
    if not months:
        messages.error(request, "Tick the months that you confirm.")
        return redirect("benefit", row.pk)
    rows = verify_readings(row, actor=request.user, months=months)
    messages.success(request, f"Verified: {len(rows)} month{'' if len(rows) == 1 else 's'}.")
    return redirect("benefit", row.pk)


@login_required
@require_POST
def reading_removal(request: HttpRequest, benefit_id: int, reading_id: int) -> HttpResponse:
    """Take a reading back that was recorded by mistake."""
    row = benefit_for(request.user, benefit_id)
    reading = BenefitReading.objects.filter(benefit=row, pk=reading_id).first()
    if reading is None:
        raise Missing("There is no such reading, or it is not open to you.")
    remove_reading(reading, actor=request.user)
    messages.success(request, "The reading was taken back; its history stays.")
    return redirect("benefit", row.pk)


@login_required
@require_POST
def needs(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Say which benefits must come for this one to come."""
    row = benefit_for(request.user, benefit_id)
    form = NeedsForm(request.POST, benefit=row, user=request.user)
    done, status = tried(form, lambda sent: set_needs(row, actor=request.user, needed=sent["needed"]))
    if done is not None:
        messages.success(request, "What it hangs on was saved.")
        return redirect("benefit", row.pk)
    return BenefitPage(request, row, needs_form=form).shown(status)


@login_required
@require_POST
def benefit_reminders(request: HttpRequest) -> HttpResponse:
    """Remind the owners of every benefit the person may remind of."""
    count = remind_owners(request.user)
    told = f"{words.counted(count, 'notice')} left." if count else "Nobody had to be reminded."
    messages.success(request, told)
    return redirect("benefits")


def _form(request: HttpRequest, project: Project, form: Any, status: int, row: Any) -> HttpResponse:
    context = {"project": project, "form": form, "benefit": row}
    return render(request, "value/benefit_form.html", context, status=status)
