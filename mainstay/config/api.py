"""The API put together: the endpoints of every room under one description."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from mainstay.authorisation import api as authorisation
from mainstay.authorisation.comparing import api as comparing
from mainstay.authorisation.funding import api as funding
from mainstay.authorisation.gates import api as gates
from mainstay.authorisation.meetings import api as meetings
from mainstay.cockpit import api as cockpit
from mainstay.cockpit import roadmap_api
from mainstay.cockpit.dashboards import api as dashboards
from mainstay.core.api import page, rooms
from mainstay.core.api.application import MainstayAPI
from mainstay.core.errors import Missing
from mainstay.evaluation import api as evaluation
from mainstay.evaluation.appraisal import api as appraisal
from mainstay.evaluation.corrections import api as corrections
from mainstay.governance import api as governance
from mainstay.governance.boards import api as boards
from mainstay.governance.gates import api as gate_models
from mainstay.identification import api as identification
from mainstay.identification import case_api, case_parts_api
from mainstay.monitoring import api as monitoring
from mainstay.monitoring import strategic_api
from mainstay.monitoring.alerts import api as alerts
from mainstay.monitoring.changes import api as changes
from mainstay.monitoring.control import api as control
from mainstay.monitoring.money import api as money
from mainstay.monitoring.progress import api as progress
from mainstay.monitoring.raid import api as raid
from mainstay.monitoring.reports import api as reports
from mainstay.portfolio import api as portfolio
from mainstay.resources import api as resources
from mainstay.review import api as review
from mainstay.review import lessons_api
from mainstay.review.calibration import api as calibration
from mainstay.strategy import api as strategy
from mainstay.value import api as value
from mainstay.value.benefits import api as benefits
from mainstay.value.funds import api as funds
from mainstay.value.surveys import api as surveys

DESCRIPTION = """Everything a person can do in Mainstay, a program can do here, with the same rights.

**Who asks.** Send a key as `Authorization: Bearer mst_...` (made under Profile, Keys), or use a session with its
`X-CSRFToken` header. A key has scopes: `read`, `write`, or single verbs; every key needs `read`.

**What may not be seen does not exist.** It answers 404 and is in no list, count or sum. Figures of the business
case may be hidden: they are null then, and `hidden` names them.

**Versions.** A row carries its version in `ETag`. Edits need `If-Match`; when somebody was faster the answer is 412
with what they changed. `If-None-Match` answers 304 while nothing changed.

**Repeated requests.** A POST with an `Idempotency-Key` acts once within a day, however often it is sent.

**Lists** come in pages: follow `next` until it is null. `sort=-cost,name` orders, `fields=code,name` selects, and
each field filters by its own name, with `_in`, `_gte`, `_lte`, `_contains` or `_given` behind it.

**Money** is text (`"1234.50"`), dates are ISO, `as_of=2026-03-31` tells things as they were known that day.

**Refusals** are problem documents (RFC 9457) with what went wrong and what to do.
"""

UPPER = [
    *identification.ROUTES,
    value.routes,
    governance.routes,
    *evaluation.ROUTES,
    *authorisation.ROUTES,
    cockpit.routes,
    roadmap_api.routes,
    dashboards.routes,
]
CASES = [case_api.routes, case_parts_api.routes, appraisal.routes, *resources.ROUTES, monitoring.routes]
TIME = [strategic_api.routes, corrections.routes, calibration.routes]
CONTROL = [alerts.routes, control.routes]
MONEY = [
    funds.routes,
    benefits.routes,
    surveys.routes,
    funding.routes,
    gate_models.routes,
    gates.routes,
    comparing.routes,
]
BOARDS = [boards.routes, meetings.routes]
COURSE = [
    review.routes,
    lessons_api.routes,
    money.routes,
    progress.routes,
    raid.routes,
    changes.routes,
    reports.routes,
]
ROUTES = [
    *portfolio.ROUTES,
    *strategy.ROUTES,
    *UPPER,
    *CASES,
    *MONEY,
    *BOARDS,
    *TIME,
    *CONTROL,
    *COURSE,
    *rooms.ROUTES,
]
api = MainstayAPI(ROUTES, title="Mainstay", version="1", description=DESCRIPTION)


def unknown(request: HttpRequest) -> HttpResponse:
    """An address below /api/ that leads nowhere."""
    raise Missing("There is no such address; /api/docs lists them all.")


urlpatterns = [
    path("v1/", api.urls),
    path("v1/openapi.json", page.description(api), name="openapi"),
    path("openapi.json", page.description(api)),
    path("docs", page.reference(api), name="api_docs"),
    path("v1/docs", page.reference(api)),
    re_path(r"", unknown),
]
