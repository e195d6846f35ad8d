"""Pages of the reports of one project: all of them with the trend, beginning one, and one to write or to read."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import ReportState
from mainstay.monitoring.raid.places import project_place
from mainstay.monitoring.reports import queries
from mainstay.monitoring.reports.computed import DEFINITION, PARTS, Computed
from mainstay.monitoring.reports.forms import ReportForm
from mainstay.monitoring.reports.operations import draft_report, edit_report, publish_report
from mainstay.monitoring.reports.prefill import figures_of
from mainstay.portfolio.models import Health, Phase, Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import version_sent

AMOUNTS = frozenset({"budget", "actual", "committed", "outlook", "exposure"})


@login_required
@require_GET
def project_reports(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of a project with the trend of its health; a fragment of its page or a page of its own."""
    place, now = project_place(request.user, code, request.as_of), request.as_of is None
    current = Project.objects.select_related("stage").get(pk=place.row.row_id)
    figures = access.may(request.user, Verb.SEE_FIGURES, current)
    rows = queries.reports_for(request.user, request.as_of).filter(project_id=current.pk)
    runs = now and current.stage.phase == Phase.COMMITTED
    as_of = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    context = {
        "project": place.row, "rows": rows.select_related("published_by").order_by("-end_date"),
        "tabs": tabs_of(current, request.user, "project_reports", as_of), "figures": figures,
        "trend": queries.trend_of(current, request.as_of), "today": timezone.localdate(request.as_of),
        "computed": _computed(current, request.as_of) if figures else None, "definition": DEFINITION,
        "may_draft": runs and access.may(request.user, Verb.REPORT_DRAFT, current),
    }  # fmt: skip
    return render(request, f"monitoring/project_reports.html{'#reports' if request.htmx else ''}", context)


def _computed(project: Any, as_of: Any) -> Computed:
    return queries.computed_health([project], as_of=as_of).get(project.row_id, queries.NOTHING)


@login_required
@require_POST
def report_new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the report that is due, prefilled."""
    project = writable(request, code, Verb.REPORT_DRAFT)
    try:
        made = draft_report(project, actor=request.user)
    except Impossible as refusal:
        messages.error(request, refusal.message)
        return redirect("project_reports", project.code)
    return redirect("report", made.pk)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report: the form while it is a draft, else as it was published; POST saves it and publishes it if asked."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = queries.report_for(request.user, report_id, as_of), 200
    draft = as_of is None and row.state == ReportState.DRAFT
    may_edit = draft and access.may(request.user, Verb.REPORT_EDIT, row.project)
    last = queries.last_published(row.project, row.end_date) if may_edit else None
    form = ReportForm(request.POST or None, instance=row, hint=last.planned if last else "") if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.REPORT_EDIT, row.project)
        if form is None:
            raise Impossible("This report is published; it no longer changes. Say what is new in the next one.")
        done, status = tried(form, lambda sent: _save(request, row, sent))
        if done is not None:
            return _saved(request, done)
        row = queries.report_for(request.user, report_id)
    return _page(request, row, form, status)


def _save(request: HttpRequest, row: Any, sent: dict[str, Any]) -> Any:
    """What was typed, and published in the same step where that was asked for: both or neither."""
    version = version_sent(request)
    with transaction.atomic():
        saved = edit_report(row, actor=request.user, expected_version=version, **sent)
        return publish_report(saved, actor=request.user) if request.POST.get("then") == "publish" else saved


def _saved(request: HttpRequest, row: Any) -> HttpResponse:
    published = row.state == ReportState.PUBLISHED
    messages.success(request, "The report is published." if published else "The draft was saved.")
    return redirect("report", row.pk)


def _page(request: HttpRequest, row: Any, form: Any, status: int) -> HttpResponse:
    as_of, published = request.as_of, row.state == ReportState.PUBLISHED
    figures = access.may(request.user, Verb.SEE_FIGURES, row.project)
    computed = (Computed.of(row.computed) if published else _computed(row.project, as_of)) if figures else None
    context = {
        "report": row, "project": row.project, "form": form, "published": published, "computed": computed,
        "parts": _parts(row, computed), "worse": computed.worse_than(row) if computed else [],
        "figures": _amounts(row.figures if published else figures_of(row.project, as_of)) if figures else None,
        "trend": queries.trend_of(row.project, as_of, row.end_date), "definition": DEFINITION,
        "texts": [("What was done", row.done), ("What comes next", row.planned),
                  ("Decisions and help needed", row.needed)],
        "overall": Health(row.overall).label, "trail": _trail(row.project),
        "may_publish": form is not None and access.may(request.user, Verb.REPORT_PUBLISH, row.project),
    }  # fmt: skip
    return render(request, "monitoring/report.html", context, status=status)


def _amounts(kept: dict[str, Any]) -> dict[str, Any]:
    """Figures as they are kept, amounts as numbers."""
    return {name: Decimal(told) if name in AMOUNTS and told else told for name, told in kept.items()}


def _parts(row: Any, computed: Computed | None) -> list[dict[str, Any]]:
    """Each part as it is declared beside what the figures say."""
    found = {one.key: one for one in computed.parts} if computed else {}
    worse = set(computed.worse_than(row)) if computed else set()
    rows = [(key, label, getattr(row, key), found.get(key)) for key, label in PARTS.items()]
    return [
        {"key": key, "label": label, "declared": said, "computed": by, "worse": label in worse}
        for key, label, said, by in rows
    ]


def _trail(project: Any) -> list[tuple[str, str]]:
    return [
        (project.name, reverse("project", args=[project.code])),
        ("Reports", reverse("project_reports", args=[project.code])),
    ]
