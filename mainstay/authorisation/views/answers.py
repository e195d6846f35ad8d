"""The page of the answer, and everything one does with it."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mainstay.authorisation import queries, sentences
from mainstay.authorisation.adoption import is_current
from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.candidates import corrected_candidates, gather
from mainstay.authorisation.impossible import conflict
from mainstay.authorisation.jobs import SOLVE
from mainstay.authorisation.pictures import against_present, limit_use
from mainstay.authorisation.questions import rules
from mainstay.authorisation.result import Line, Result, result_of
from mainstay.authorisation.solving import QUICK_SECONDS, explained, solve_now
from mainstay.authorisation.studies.address import addresses_of
from mainstay.authorisation.terms import limitable
from mainstay.authorisation.why import reasons
from mainstay.core import access
from mainstay.core.api.problems import Busy
from mainstay.core.errors import Impossible, Missing
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine

MOST_SHOWN = 300


@login_required
@require_GET
def selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """A selection: what is asked, and once it is solved what is in, what is out and why."""
    row = queries.selection_for(request.user, selection_id, request.as_of)
    result = result_of(row)
    context = {
        "selection": row,
        "result": result,
        "limits": _limits(row),
        "rules": rules(row, result),
        **_rights(request, row),
        "corrected": _corrected(request, row),
    }
    if result is not None:
        context |= _told(request, row, result)
    elif request.as_of is None:
        context |= _asked(request, row)
    return render(request, "authorisation/selection.html", context)


def _limits(row: Any) -> list[tuple[str, Decimal]]:
    names = limitable()
    return [(names.get(limit["source"], limit["source"]), Decimal(limit["max"])) for limit in row.limits]


def _rights(request: HttpRequest, row: Any) -> dict[str, bool]:
    is_open = request.as_of is None and not row.is_adopted
    verbs = {
        "may_edit": Verb.SELECTION_EDIT,
        "may_solve": Verb.SELECTION_SOLVE,
        "may_adopt": Verb.SELECTION_ADOPT,
    }
    return {name: is_open and access.may(request.user, verb, row.portfolio) for name, verb in verbs.items()}


def _corrected(request: HttpRequest, row: Any) -> list[Any]:
    """The candidates that count with corrected figures, as the register is today."""
    if request.as_of is not None or row.is_adopted:
        return []
    return corrected_candidates(row, request.user)


def _asked(request: HttpRequest, row: Any) -> dict[str, Any]:
    """The candidates of a selection that is not solved yet."""
    try:
        return {"pool": gather(row, request.user)}
    except Impossible as refusal:
        return {"obstacle": refusal.message}


def _told(request: HttpRequest, row: Any, result: Result) -> dict[str, Any]:
    most = None if request.GET.get("all") else MOST_SHOWN
    has_plan = result.solution.has_plan
    return {
        "finding": sentences.finding(result),
        "proof": sentences.proof(result),
        "conflict": conflict(result),
        "left_out": sentences.left_out(result.solution.left_out),
        "ins": [_row(result, line) for line in result.ins[:most]],
        "outs": [_row(result, line) for line in result.outs[:most]],
        "hidden": sum(max(0, len(lines) - most) for lines in (result.ins, result.outs)) if most else 0,
        "value": result.aim.figure(result.plan.value),
        "present_value": result.aim.figure(result.present.value) if result.present else "",
        "left": result.budget - result.plan.cost,
        "against": against_present(result) if has_plan and result.present else None,
        "limit_use": limit_use(result) if has_plan else None,
        "is_stale": request.as_of is None and not row.is_adopted and not is_current(row, request.user),
        "is_explained": bool(result.solution.explanations),
        "studies": queries.findings_of(row, request.as_of) if has_plan else {},
        "addresses": addresses_of(result.solution),
    }


def _row(result: Result, line: Line) -> tuple[Line, str, list[str]]:
    """A candidate, the figure of what it brings, and why it is in or out."""
    return line, result.aim.figure(line.value), reasons(result, line)


@login_required
@require_POST
def solution(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Solve at once where that is quick, else as a run; explaining every candidate is always a run."""
    row = queries.selection_for(request.user, selection_id)
    access.require(request.user, Verb.SELECTION_SOLVE, row.portfolio)
    explain = "all" if request.POST.get("explain") == "all" else ""
    if not explain and (solved := _solved_at_once(request, row)):
        return redirect("selection", solved.pk)
    title = f"Explain every candidate of {row.name}" if explain else f"Solve {row.name}"
    parameters = {"selection": row.pk, "explain": explain}
    run = start_run(None, actor=request.user, kind=SOLVE, title=title, parameters=parameters)
    return redirect("run", run.pk)


def _solved_at_once(request: HttpRequest, row: Any) -> Any:
    """The selection solved, or None where that takes longer or others are solving right now."""
    try:
        with one_of_few():
            return solve_now(row, actor=request.user, seconds=QUICK_SECONDS, explain="few", must_be_proven=True)
    except Busy:
        return None


@login_required
@require_GET
def explanation(request: HttpRequest, selection_id: int, code: str) -> HttpResponse:
    """Why one candidate is in or out, found by solving again; a fragment of the answer or a page of its own."""
    row, result = _solved(request, selection_id)
    line = result.line(code)
    if line is None:
        raise Missing("There is no such candidate in this selection.")
    with one_of_few():
        line = explained(result, line)
    part = "#reason" if request.htmx else ""
    context = {"selection": row, "line": line, "reasons": reasons(result, line), "finding": sentences.finding(result)}
    return render(request, f"authorisation/explanation.html{part}", context)


@login_required
@require_GET
def problem_file(request: HttpRequest, selection_id: int) -> HttpResponse:
    """The question as a planning file, which `mainstay plan` solves again."""
    _, result = _solved(request, selection_id)
    return _file(engine.problem_to_dict(result.problem), f"selection-{selection_id}-problem.json")


@login_required
@require_GET
def answer_file(request: HttpRequest, selection_id: int) -> HttpResponse:
    """The solver's answer as it was kept."""
    _, result = _solved(request, selection_id)
    return _file(result.solution.answer, f"selection-{selection_id}-answer.json")


def _solved(request: HttpRequest, selection_id: int) -> tuple[Any, Result]:
    row = queries.selection_for(request.user, selection_id, request.as_of)
    if (result := result_of(row)) is None:
        raise Missing("This selection is not solved yet.")
    return row, result


def _file(document: dict[str, Any], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(document, headers=headers, json_dumps_params={"indent": 1, "ensure_ascii": False})
