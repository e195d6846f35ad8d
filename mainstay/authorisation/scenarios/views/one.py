"""One scenario: its page, its lines, solving it, and passing it on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.models import PlanLine
from mainstay.authorisation.scenarios import operations, queries
from mainstay.authorisation.scenarios.forms import LineForm
from mainstay.authorisation.scenarios.jobs import SOLVE
from mainstay.authorisation.scenarios.page import ScenarioPage
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.solving import QUICK_SECONDS, explained
from mainstay.authorisation.why import reasons
from mainstay.core import access
from mainstay.core.api.problems import Busy
from mainstay.core.errors import Missing, Stale
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_sent

STEPS = {
    "freeze": (operations.freeze_scenario, "It is frozen."),
    "reopen": (operations.reopen_scenario, "It may be changed again."),
    "submit": (operations.submit_scenario, "It is before the board."),
    "archive": (operations.archive_scenario, "It is put away; the list of scenarios shows archived ones on demand."),
}


@login_required
@require_GET
def scenario(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """A scenario: what it comes to, who is in and out, and how far it uses money and people."""
    row = queries.scenario_for(request.user, scenario_id, request.as_of)
    page = ScenarioPage(row, request.user, request.as_of)
    part = "#totals" if request.htmx.target == "totals" else ""
    return render(request, f"authorisation/scenario.html{part}", {"scenario": row, "page": page, **page.rights})


@login_required
@require_POST
def scenario_arranging(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Take a project in or out; the answer to a page is its row and the totals anew."""
    row = queries.scenario_for(request.user, scenario_id)
    code = request.POST.get("toggle", "")
    line = PlanLine.objects.filter(scenario=row, project__code=code).first()
    if line is None:
        raise Missing("There is no such project in this scenario.")
    entry = {"project": code, "is_in": not line.is_in}
    try:
        row = operations.arrange_scenario(
            row, actor=request.user, expected_version=version_sent(request), lines=[entry]
        )
    except Stale as stale:
        return _refused(request, row, stale.message)
    except ValidationError as error:
        return _refused(request, row, " ".join(error.messages))
    if not request.htmx:
        return redirect("scenario", row.pk)
    page = ScenarioPage(row, request.user)
    shown = next(one for one in map(page.row, page.lines) if one.line.project.code == code)
    context = {"scenario": row, "page": page, "row": shown, "is_answer": True, **page.rights}
    return render(request, "authorisation/scenario_row.html", context)


def _refused(request: HttpRequest, row: Any, message: str) -> HttpResponse:
    """The whole page as it is now, with why nothing was changed."""
    messages.error(request, message)
    answer = HttpResponse(status=200) if request.htmx else redirect("scenario", row.pk)
    if request.htmx:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def scenario_line(request: HttpRequest, scenario_id: int, code: str) -> HttpResponse:
    """One project in a scenario: option, dates, what is settled by hand, and why it is in or out."""
    row = queries.scenario_for(request.user, scenario_id, request.as_of)
    line = next((one for one in queries.lines_for(row, request.as_of) if one.project.code == code), None)
    if line is None:
        raise Missing("There is no such project in this scenario.")
    page = ScenarioPage(row, request.user, request.as_of)
    form = LineForm(line, page.frame.offers.get(line.project_id), request.POST or None)
    context = {"scenario": row, "page": page, "line": line, "shown": page.row(line), "form": form, **page.rights}
    context["ways"] = page.ways(line)
    if request.method == "GET":
        return render(request, "authorisation/scenario_line.html", context | _why(page, code))
    access.require(request.user, Verb.SCENARIO_ARRANGE, row.portfolio)
    return _arrange(request, context, code)


def _arrange(request: HttpRequest, context: dict[str, Any], code: str) -> HttpResponse:
    form, row, status = context["form"], context["scenario"], 422
    if form.is_valid():
        entry = {"project": code, **form.cleaned_data}
        if entry["end_date"] == context["line"].end_date and entry["start_date"] != context["line"].start_date:
            del entry["end_date"]
        try:
            operations.arrange_scenario(
                row, actor=request.user, expected_version=version_sent(request), lines=[entry]
            )
        except Stale as stale:
            context["stale"], status = stale, stale.status
        except ValidationError as error:
            for name, told in error.message_dict.items():
                form.add_error(name if name in form.fields else None, told)
        else:
            messages.success(request, f"{context['line'].project.name} was saved.")
            return redirect("scenario", row.pk)
    return render(request, "authorisation/scenario_line.html", context, status=status)


def _why(page: ScenarioPage, code: str) -> dict[str, Any]:
    """Why the solver has it in or out, where it was asked; it is asked again for what it did not keep."""
    result = page.result
    line = result.line(code) if result and result.solution.has_plan else None
    if result is None or line is None:
        return {"reasons": []}
    with one_of_few():
        line = explained(result, line)
    return {"reasons": reasons(result, line)}


@login_required
@require_POST
def scenario_solution(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Solve at once where that is quick, else as a run; explaining every project is always a run."""
    row = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_SOLVE, row.portfolio)
    explain = "all" if request.POST.get("explain") == "all" else ""
    if not explain and _solved_at_once(request, row):
        return redirect("scenario", row.pk)
    title = f"Explain every project of {row.name}" if explain else f"Solve {row.name}"
    parameters = {"scenario": row.pk, "explain": explain}
    run = start_run(None, actor=request.user, kind=SOLVE, title=title, parameters=parameters)
    return redirect("run", run.pk)


def _solved_at_once(request: HttpRequest, row: Any) -> Any:
    try:
        with one_of_few():
            return solve_scenario_now(
                row, actor=request.user, seconds=QUICK_SECONDS, explain="few", must_be_proven=True
            )
    except Busy:
        return None


@login_required
@require_POST
def scenario_step(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Freeze, reopen, submit or archive."""
    row = queries.scenario_for(request.user, scenario_id)
    if (step := STEPS.get(request.POST.get("step", ""))) is None:
        raise Missing("There is no such step.")
    operation, said = step
    operation(row, actor=request.user, expected_version=version_sent(request))
    messages.success(request, said)
    return redirect("scenario", row.pk)


@login_required
@require_http_methods(["GET", "POST"])
def scenario_sharing(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Say who may see a scenario, and who may change it."""
    row = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_SHARE, row.portfolio)
    context: dict[str, Any] = {"scenario": row, "shares": row.shares.select_related("person")}
    if request.method == "GET":
        return render(request, "authorisation/scenario_sharing.html", context)
    people = [{"username": name, "may_edit": name in request.POST.getlist("edit")} for name in _names(request)]
    try:
        operations.share_scenario(
            row, actor=request.user, expected_version=version_sent(request),
            is_open=request.POST.get("is_open") == "on", people=people,
        )  # fmt: skip
    except ValidationError as error:
        context["errors"] = error.messages
        return render(request, "authorisation/scenario_sharing.html", context, status=422)
    messages.success(request, "Who may see it was saved.")
    return redirect("scenario", row.pk)


def _names(request: HttpRequest) -> list[str]:
    """Those who keep it, and one who is added."""
    names = [*request.POST.getlist("keep"), *request.POST.getlist("edit"), request.POST.get("add", "").strip()]
    return list(dict.fromkeys(name for name in names if name))


@login_required
@require_POST
def scenario_moves(request: HttpRequest, scenario_id: int) -> JsonResponse:
    """Give a project other dates in a scenario, as the roadmap asks."""
    row = queries.scenario_for(request.user, scenario_id)
    access.require(request.user, Verb.SCENARIO_ARRANGE, row.portfolio)
    start, end = (parse_date(request.POST.get(name, "")) for name in ("start", "end"))
    entry = {"project": request.POST.get("project", ""), "start_date": start, "end_date": end}
    try:
        saved = operations.arrange_scenario(
            row, actor=request.user, expected_version=version_sent(request), lines=[entry]
        )
    except Stale as stale:
        told = {"message": stale.message, "changes": [one.label for one in stale.changes], "version": stale.current}
        return JsonResponse(told, status=stale.status)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)
    page = ScenarioPage(saved, request.user)
    told = {"message": page.finding, "conflicts": page.totals.over, "version": saved.version}
    return JsonResponse(told)
