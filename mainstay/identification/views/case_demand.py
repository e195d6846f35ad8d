"""Handing the demand of a business case over to planning."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.verbs import Verb
from mainstay.identification.case_reading import case_for
from mainstay.identification.demand_handover import hand_over


@login_required
@require_POST
def case_demand(request: HttpRequest, case_id: int) -> HttpResponse:
    """Make the demand of the preferred option the demand of the project."""
    case = case_for(request, case_id)
    access.require(request.user, Verb.DEMAND_ENTER, case.scope)
    if request.as_of is not None:
        raise Impossible("The demand of a past day is not handed over; look at the case as it is today.")
    try:
        done = hand_over(case, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("case", case_id)
    told = f"{done} month{'s' * (done != 1)} of demand handed over." if done else "Planning knew all of it already."
    messages.success(request, told)
    return redirect("project_people", case.project.code)
