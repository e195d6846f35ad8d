"""The pages of studies: how sure an answer is, what another budget would give, whether the choice holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.authorisation import queries
from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.models import Study, StudyKind
from mainstay.authorisation.result import Result, result_of
from mainstay.authorisation.scenarios.queries import scenario_for
from mainstay.authorisation.studies import jobs, reading, studying
from mainstay.authorisation.studies.address import address_of
from mainstay.authorisation.studies.forms import TermsForm
from mainstay.authorisation.studies.terms import FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.operations.runs import start_run
from mainstay.core.verbs import Verb


@dataclass(frozen=True)
class Page:
    """One kind of study: its page, its terms, who may ask, the job that makes it, and how it is told."""

    kind: StudyKind
    name: str
    title: str
    terms: Any
    verb: Verb
    job: str
    tell: Callable[[Study, Result], dict[str, Any]]


PAGES = {
    page.name: page
    for page in (
        Page(
            StudyKind.UNCERTAINTY, "uncertainty", "How sure is {}?", UncertaintyTerms,
            Verb.SELECTION_SIMULATE, jobs.SIMULATE, reading.uncertainty,
        ),
        Page(
            StudyKind.FRONTIER, "frontier", "Value against budget: {}", FrontierTerms,
            Verb.SELECTION_VARY, jobs.VARY, reading.frontier,
        ),
        Page(
            StudyKind.ROBUSTNESS, "robustness", "Does {} hold?", RobustnessTerms,
            Verb.SELECTION_TEST, jobs.TEST, reading.robustness,
        ),
    )
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def uncertainty(request: HttpRequest, selection_id: int) -> HttpResponse:
    """What the plan may cost and bring, and how likely its limits hold."""
    return _page(request, *_solved(request, selection_id), PAGES["uncertainty"])


@login_required
@require_http_methods(["GET", "POST"])
def frontier(request: HttpRequest, selection_id: int) -> HttpResponse:
    """What more or less of a limit would be worth."""
    return _page(request, *_solved(request, selection_id), PAGES["frontier"])


@login_required
@require_http_methods(["GET", "POST"])
def scenario_uncertainty(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """What the plan of a scenario may cost and bring, and how likely each of its limits is passed."""
    return _page(request, *_solved_scenario(request, scenario_id), PAGES["uncertainty"])


@login_required
@require_http_methods(["GET", "POST"])
def scenario_robustness(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Which projects are in the best plan of a scenario however things come out."""
    return _page(request, *_solved_scenario(request, scenario_id), PAGES["robustness"])


@login_required
@require_http_methods(["GET", "POST"])
def scenario_frontier(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """What more or less of a limit of a scenario would be worth."""
    return _page(request, *_solved_scenario(request, scenario_id), PAGES["frontier"])


@login_required
@require_http_methods(["GET", "POST"])
def robustness(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Which candidates are in the best plan however things come out."""
    return _page(request, *_solved(request, selection_id), PAGES["robustness"])


@login_required
@require_GET
def frontier_point(request: HttpRequest, selection_id: int, point: int) -> HttpResponse:
    """The plan for one amount, against the present plan."""
    return _point(request, *_solved(request, selection_id), point)


@login_required
@require_GET
def scenario_frontier_point(request: HttpRequest, scenario_id: int, point: int) -> HttpResponse:
    """The plan of a scenario for one amount, against the present plan."""
    return _point(request, *_solved_scenario(request, scenario_id), point)


def _point(request: HttpRequest, row: Any, result: Result, point: int) -> HttpResponse:
    study = queries.study_of(row, StudyKind.FRONTIER, request.as_of)
    if study is None or point >= len(study.result["points"]):
        raise Missing("There is no such point; draw the curve again.")
    told = reading.point(study, result, point)
    context = {"subject": row, "result": result, "address": address_of(result.solution, "frontier"), **told}
    return render(request, "authorisation/frontier_point.html", context)


def _page(request: HttpRequest, row: Any, result: Result, page: Page) -> HttpResponse:
    form = TermsForm(page.terms, result, request.POST or None)
    if request.method == "POST":
        access.require(request.user, page.verb, row.portfolio)
        if form.is_valid():
            return _ask(request, row, result, page, form.read())
    study = queries.study_of(row, page.kind, request.as_of)
    context = {
        "subject": row,
        "result": result,
        "address": address_of(result.solution, page.name),
        "form": form,
        "study": study,
        "title": page.title.format(row.name),
        "may_ask": _may_ask(request, row, result, page),
        **(page.tell(study, result) if study else {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"authorisation/{page.name}.html", context, status=status)


def _ask(request: HttpRequest, row: Any, result: Result, page: Page, terms: Any) -> HttpResponse:
    """Make the study at once where that takes about a second, else as a run."""
    if page.kind == StudyKind.UNCERTAINTY and studying.is_quick(result, terms):
        with one_of_few():
            studying.simulate(row, terms, request.user)
        return redirect(address_of(result.solution, page.name))
    studying.solved(row, request.user, page.verb)
    kind = "scenario" if result.solution.scenario_id else "selection"
    parameters = {kind: row.pk, "terms": terms.kept()}
    title = page.title.format(row.name)
    run = start_run(None, actor=request.user, kind=page.job, title=title, parameters=parameters)
    return redirect("run", run.pk)


def _may_ask(request: HttpRequest, row: Any, result: Result, page: Page) -> bool:
    is_open = request.as_of is None and result.solution.has_plan
    return is_open and access.may(request.user, page.verb, row.portfolio)


def _solved(request: HttpRequest, selection_id: int) -> tuple[Any, Result]:
    row = queries.selection_for(request.user, selection_id, request.as_of)
    if (result := result_of(row)) is None:
        raise Missing("This selection is not solved yet.")
    return row, result


def _solved_scenario(request: HttpRequest, scenario_id: int) -> tuple[Any, Result]:
    row = scenario_for(request.user, scenario_id, request.as_of)
    if (result := result_of(row)) is None:
        raise Missing("This scenario is not solved yet.")
    return row, result
