"""The page of conditions: what must still be done, by whom and until when."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mainstay.authorisation.meetings import queries
from mainstay.authorisation.meetings.operations.reminding import remind_within
from mainstay.authorisation.meetings.operations.session import meet_condition
from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.verbs import Verb


class EvidenceForm(forms.Form):
    """By what one sees that a condition is met."""

    evidence = forms.CharField(max_length=500)


@login_required
@require_GET
def conditions(request: HttpRequest) -> HttpResponse:
    """Every condition the person may see, those not met first."""
    rows = list(queries.conditions_for(request.user)[: queries.MOST_SHOWN])
    today = timezone.localdate()
    unmet = [row for row in rows if row.met_at is None]
    context = {
        "conditions": rows,
        "unmet": unmet,
        "late": sum(row.due_date < today for row in unmet),
        "today": today,
        "may_remind": unmet and access.may_somewhere(request.user, Verb.CONDITIONS_REMIND),
    }
    return render(request, "authorisation/conditions.html", context)


@login_required
@require_POST
def condition_reminders(request: HttpRequest) -> HttpResponse:
    """Remind the owners of every condition the person may remind of."""
    count = remind_within(request.user)
    told = f"{words.counted(count, 'notice')} left." if count else "Nobody had to be reminded."
    messages.success(request, told)
    return redirect("conditions")


@login_required
@require_POST
def condition_meeting(request: HttpRequest, condition_id: int) -> HttpResponse:
    """Say that a condition is met."""
    row = queries.condition_for(request.user, condition_id)
    form = EvidenceForm(request.POST)
    evidence = form.cleaned_data["evidence"] if form.is_valid() else ""
    try:
        meet_condition(row, actor=request.user, evidence=evidence)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Impossible as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "The condition is met.")
    return redirect("conditions")
