"""The answer to a selection: solving it, reading who is in and out and why, and adopting it."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.authorisation import impossible, queries, sentences
from mainstay.authorisation.api.decisions import DECISIONS, told
from mainstay.authorisation.api.effort import one_of_few
from mainstay.authorisation.jobs import SOLVE
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.result import Line, Result, result_of
from mainstay.authorisation.solving import LONGEST_SECONDS, solve_now
from mainstay.authorisation.why import why
from mainstay.core import access
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.runs import offer_job
from mainstay.core.api.types import Id, LongText, Sent, Told, YesNo
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine

routes = Routes("Selections")
MOST_SECONDS = 30


class LineTold(Told):
    """A candidate in the answer."""

    code: str
    name: str
    theme: str
    value: float
    cost: float
    is_in: bool
    was_in: bool
    change: str
    why: str


class SumTold(Told):
    """How many candidates, what they bring and what they cost."""

    count: int
    value: float
    cost: float


class AnswerTold(Told):
    """The answer in words and figures."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    finding: str
    proof: str
    conflict: str
    plan: SumTold
    present: SumTold | None
    candidates: list[LineTold]


class Solve(Sent):
    """How hard to try, and which candidates to explain."""

    seconds: Annotated[float, Rule(gt=0, le=MOST_SECONDS, allow_inf_nan=False)] = 10
    explain: Literal["none", "few", "all"] = Rule("few", description="`few` explains all of a small selection.")


class BackgroundSolve(Sent):
    """What a run that solves is told."""

    selection: Id
    seconds: Annotated[float, Rule(gt=0, le=LONGEST_SECONDS, allow_inf_nan=False)] = LONGEST_SECONDS
    explain: Literal["", "all"] = ""


class Adopt(Sent):
    """How to decide."""

    reject_others: YesNo = False
    note: LongText = ""


def _result(request: HttpRequest, selection_id: int) -> Result:
    result = result_of(queries.selection_for(request.user, selection_id, request.as_of))
    if result is None:
        raise Missing("This selection is not solved yet.")
    return result


@routes.reads("/selections/{selection_id}/answer", "selection.answer", AnswerTold)
def answer(request: HttpRequest, selection_id: Id) -> Any:
    """Read who is in, who is out and why, against the present selection."""
    return _told(_result(request, selection_id))


def _told(result: Result) -> dict[str, Any]:
    return {
        "status": result.solution.status,
        "finding": sentences.finding(result),
        "proof": sentences.proof(result),
        "conflict": impossible.conflict(result),
        "plan": _sum(result.plan),
        "present": _sum(result.present) if result.present else None,
        "candidates": [_line(result, line) for line in (*result.ins, *result.outs)],
    }


def _sum(totals: Any) -> dict[str, Any]:
    return {"count": totals.count, "value": totals.value, "cost": totals.cost}


def _line(result: Result, line: Line) -> dict[str, Any]:
    names = ("code", "name", "theme", "value", "cost", "is_in", "was_in", "change")
    return {name: getattr(line, name) for name in names} | {"why": why(result, line)}


@routes.reads("/selections/{selection_id}/problem", "selection.problem", dict[str, Any])
def problem(request: HttpRequest, selection_id: Id) -> Any:
    """Read the question as a `mainstay-plan/1` document."""
    return engine.problem_to_dict(_result(request, selection_id).problem)


@routes.reads("/selections/{selection_id}/solution", "selection.solution", dict[str, Any])
def solution(request: HttpRequest, selection_id: Id) -> Any:
    """Read the solver's answer as a `mainstay-plan-answer/1` document."""
    return _result(request, selection_id).solution.answer


@routes.does(
    "POST",
    "/selections/{selection_id}/solve",
    Verb.SELECTION_SOLVE,
    AnswerTold,
    example={"seconds": 5},
    takes_long=True,
)
def solve(request: HttpRequest, selection_id: Id, body: Solve) -> Any:
    """Solve a selection as the register stands, and keep the answer."""
    selection = queries.selection_for(request.user, selection_id)
    explain = () if body.explain == "none" else body.explain
    with one_of_few():
        solve_now(selection, actor=request.user, seconds=body.seconds, explain=explain)
    return _told(_result(request, selection_id))


@offer_job(SOLVE)
def in_background(request: HttpRequest, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Solving as a run, for what takes longer than a request may."""
    wanted = BackgroundSolve.model_validate(sent)
    selection = queries.selection_for(request.user, wanted.selection)
    access.require(request.user, Verb.SELECTION_SOLVE, selection.portfolio)
    return f"Solve {selection.name}", wanted.model_dump()


@routes.does(
    "POST",
    "/selections/{selection_id}/adopt",
    Verb.SELECTION_ADOPT,
    DECISIONS.One,
    status=201,
    precondition="possible",
    example={"note": "Agreed by the board"},
)
def adopt(request: HttpRequest, selection_id: Id, body: Adopt) -> Any:
    """Decide as the plan says; the chosen are authorised, the others wait or are rejected."""
    selection = queries.selection_for(request.user, selection_id)
    version = request.expected_version
    decision = adopt_selection(selection, actor=request.user, expected_version=version, **body.model_dump())
    return Answer(told(request, decision.pk).body, location=f"/api/v1/decisions/{decision.pk}")
