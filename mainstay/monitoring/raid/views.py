"""Pages of risks, issues, actions and dependencies: of one project, and of many."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.identification.models import BusinessCase
from mainstay.monitoring.raid.places import place_asked, project_place
from mainstay.monitoring.raid.queries import STATES, Asked, Register
from mainstay.monitoring.raid.risks import DEFINITION, STEPS_TOLD
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.sections import tabs_of


@login_required
@require_GET
def raid(request: HttpRequest) -> HttpResponse:
    """What threatens many projects, what has happened and what is done: all, or one's own."""
    asked, reading = Asked.of(request.GET), Reading(request.user, request.as_of)
    place = place_asked(reading, asked.portfolio, asked.programme)
    context = _context(Register(place, asked)) | {
        "portfolios": reading.portfolios.values(),
        "programmes": reading.programmes.values(),
    }
    return render(request, "monitoring/raid.html", context)


@login_required
@require_GET
def project_raid(request: HttpRequest, code: str) -> HttpResponse:
    """Risks, issues, actions and dependencies of a project; a fragment of its page or a page of its own."""
    place, now = project_place(request.user, code, request.as_of), request.as_of is None
    current = Project.objects.get(pk=place.row.row_id)
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    cases = BusinessCase.objects.visible_to(request.user)
    context = _context(Register(place, Asked.of(request.GET))) | {
        "project": place.row,
        "tabs": tabs_of(current, request.user, "project_raid", as_of),
        "may_add_issue": now and access.may(request.user, Verb.ISSUE_ADD, current),
        "may_add_action": now and access.may(request.user, Verb.ACTION_ADD, current),
        "case": cases.filter(project=current).first(),
        "may_add_risk": now and access.may(request.user, Verb.RISK_ADD, current),
    }
    return render(request, f"monitoring/project_raid.html{'#raid' if request.htmx else ''}", context)


def _context(register: Register) -> dict[str, Any]:
    return {
        "register": register,
        "asked": register.asked,
        "states": STATES.items(),
        "definitions": {"exposure": DEFINITION, "steps": STEPS_TOLD},
    }
