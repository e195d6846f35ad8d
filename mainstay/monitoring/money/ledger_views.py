"""Pages about the ledger of a portfolio: taking in files, matching lines, reconciling, closing months."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.exchange import BadFile
from mainstay.core.forms import tried
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import ClosedPeriod, LedgerFile, LedgerLine, LedgerRule
from mainstay.monitoring.money import ledger_files, reconciling
from mainstay.monitoring.money.effect import effects_of
from mainstay.monitoring.money.forms import CloseForm, LedgerUploadForm, MatchForm, ReopenForm
from mainstay.monitoring.money.matching import projects_below
from mainstay.monitoring.money.operations.entering import close_period, reopen_period
from mainstay.monitoring.money.operations.ledger import match_ledger
from mainstay.monitoring.money.periods import Closed
from mainstay.monitoring.money.place_page import PlaceMoney, portfolio_money
from mainstay.portfolio.views.sent import version_sent
from mainstay.resources.views.shared import found

MOST_SHOWN = 200
MOST_FILES = 50


@login_required
@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """The ledger of a portfolio: its files, what is unmatched, and taking in another file."""
    page = portfolio_money(request.user, code, request.as_of)
    if request.method == "GET":
        return _ledger(request, page)
    access.require(request.user, Verb.LEDGER_IMPORT, page.place)
    form = LedgerUploadForm(request.POST, request.FILES, portfolio=page.place)
    if form.is_valid():
        file, source = form.cleaned_data["file"], form.cleaned_data["source"]
        told = {"filename": file.name, "portfolio": page.place, "source": source}
        try:
            kept = ledger_files.keep(file.chunks(), person=request.user, **told)
        except BadFile as bad:
            form.add_error("file", bad.message)
        else:
            return redirect("ledger_check", kept.upload.token)
    return _ledger(request, page, 422, form=form)


def _ledger(request: HttpRequest, page: PlaceMoney, status: int = 200, **more: Any) -> HttpResponse:
    files = LedgerFile.objects.as_of(page.as_of).visible_to(request.user).filter(portfolio_id=page.place.row_id)
    files = list(files.select_related("imported_by").order_by("-imported_at")[:MOST_FILES])
    sums = reconciling.balances(files, page.as_of)
    rules = LedgerRule.objects.as_of(page.as_of).visible_to(request.user).filter(portfolio_id=page.place.row_id)
    projects = list(projects_below(page.place, request.user, Verb.LEDGER_MATCH).order_by("code")) if page.may(
        Verb.LEDGER_MATCH
    ) else []  # fmt: skip
    groups = reconciling.unmatched(page.place, request.user, page.as_of)
    context = {
        "page": page,
        "portfolio": page.place,
        "files": [(file, sums[file.row_id]) for file in files],
        "groups": groups[: reconciling.MOST_GROUPS],
        "waiting": sum(group.count for group in groups),
        "rules": list(rules.select_related("project")[:MOST_SHOWN]),
        "projects": projects,
        "form": LedgerUploadForm(portfolio=page.place) if page.may_import else None,
    }
    return render(request, "monitoring/ledger.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def ledger_check(request: HttpRequest, token: str) -> HttpResponse:
    """See what a file would bring and what stands in the way, then book it."""
    file = ledger_files.arriving(token, request.user)
    if request.method == "POST" and file.is_long:
        title = f"Book {file.upload.filename} into the ledger of {file.portfolio}"
        terms = {"kind": ledger_files.KIND, "title": title, "parameters": {"upload": token}}
        return redirect("run", start_run(file.portfolio, actor=request.user, **terms).pk)
    plan = file.book(request.user) if request.method == "POST" else file.plan(request.user)
    if plan.committed:
        messages.success(request, _booked(plan))
        return redirect("ledger", file.portfolio.code)
    words = Counter((line.project_text or line.cost_centre or line.account) for line in plan.unmatched)
    context = {
        "file": file,
        "plan": plan,
        "problems": list(plan.problems)[:MOST_SHOWN],
        "words": words.most_common(MOST_SHOWN),
        "lines": plan.new[:10],
    }
    return render(request, "monitoring/ledger_check.html", context, status=200 if request.method == "GET" else 422)


def _booked(plan: Any) -> str:
    if not plan.new:
        return "Every line of the file stands here already; nothing was changed."
    waiting = len(plan.unmatched)
    told = f"{len(plan.new):,} line{'s' * (len(plan.new) != 1)} booked"
    return f"{told}; {waiting:,} of them without a project yet." if waiting else f"{told}."


@login_required
@require_POST
def ledger_match(request: HttpRequest, code: str) -> HttpResponse:
    """Say which project lines with certain words belong to."""
    page = portfolio_money(request.user, code, None)
    access.require(request.user, Verb.LEDGER_MATCH, page.place)
    form = MatchForm(request.POST, projects=projects_below(page.place, request.user, Verb.LEDGER_MATCH))
    moved, status = tried(form, lambda sent: match_ledger(page.place, actor=request.user, **sent))
    if status != 200:
        return _ledger(request, page, status, refused=form)
    messages.success(request, f"{moved} line{'s' * (moved != 1)} matched; later files follow the rule.")
    return redirect("ledger", code)


@login_required
@require_GET
def ledger_file(request: HttpRequest, number: int) -> HttpResponse:
    """Reconcile a file: its totals against what stands here, and what exchange rates did."""
    file = reconciling.file_for(request.user, number, request.as_of)
    lines = LedgerLine.objects.as_of(request.as_of).visible_to(request.user).filter(file_id=file.row_id)
    balances = reconciling.balances([file], request.as_of)[file.row_id]
    context = {
        "file": file,
        "balances": balances,
        "differences": [one for one in balances if one.difference],
        "effects": effects_of(lines, request.as_of),
        "lines": list(lines.select_related("project").order_by("date", "external_key")[:MOST_SHOWN]),
        "trail": [(f"Ledger of {file.portfolio}", reverse("ledger", args=[file.portfolio.code]))],
    }
    return render(request, "monitoring/ledger_file.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest, code: str) -> HttpResponse:
    """The closed months of a portfolio; POST closes another one."""
    page = portfolio_money(request.user, code, request.as_of)
    form = CloseForm(request.POST or None, closed=Closed().months_of(page.place))
    if request.method == "GET":
        return _periods(request, page, form)
    access.require(request.user, Verb.PERIOD_CLOSE, page.place)
    made, status = tried(form, lambda sent: close_period(page.place, actor=request.user, **sent))
    if made is None:
        return _periods(request, page, form, status)
    messages.success(request, f"{made.month:%B %Y} is closed.")
    return redirect("periods", code)


def _periods(request: HttpRequest, page: PlaceMoney, form: CloseForm, status: int = 200, **more: Any) -> HttpResponse:
    rows = ClosedPeriod.objects.as_of(page.as_of).visible_to(request.user)
    above = [row for row in rows.select_related("portfolio", "closed_by").order_by("-month")
             if page.place.path.startswith(row.portfolio.path)]  # fmt: skip
    waiting = LedgerLine.objects.visible_to(request.user).filter(portfolio_id=page.place.row_id, project=None)
    context = {
        "page": page,
        "portfolio": page.place,
        "rows": above,
        "form": form,
        "waiting": waiting.count(),
        "may_close": page.may(Verb.PERIOD_CLOSE),
        "may_reopen": page.may(Verb.PERIOD_REOPEN),
        "trail": [(f"Money of {page.place}", reverse("portfolio_money", args=[page.place.code]))],
    }
    return render(request, "monitoring/periods.html", context | more, status=status)


@login_required
@require_POST
def period_reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed month again, for a reason."""
    row = found(ClosedPeriod.objects.select_related("portfolio"), request.user, Verb.PERIOD_REOPEN, pk=number)
    form = ReopenForm(request.POST)
    version = version_sent(request)
    _, status = tried(form, lambda sent: reopen_period(row, actor=request.user, expected_version=version, **sent))
    if status != 200:
        page = portfolio_money(request.user, row.portfolio.code, None)
        blank = CloseForm(closed=Closed().months_of(page.place))
        return _periods(request, page, blank, status, refused=form)
    messages.success(request, f"{row.month:%B %Y} is open again.")
    return redirect("periods", row.portfolio.code)
