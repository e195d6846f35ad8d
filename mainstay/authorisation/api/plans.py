"""Solving a planning document that lies in no database."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Query
from pydantic import BaseModel
from pydantic import Field as Rule

from mainstay.authorisation.api.effort import one_of_few
from mainstay.core import access
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import text
from mainstay.core.errors import Forbidden
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine

routes = Routes("Plans")
MOST_SECONDS = 30
MOST_CANDIDATES, MOST_PERIODS, MOST_STARTS = 2000, 120, 20_000
EXAMPLE = {
    "format": "mainstay-plan/1",
    "periods": 1,
    "limits": [{"id": "money", "unit": "EUR", "total": 150}],
    "candidates": [
        {
            "id": name,
            "options": [{"id": "full", "duration": 1, "starts": [0], "value": value, "use": {"money": [cost]}}],
        }
        for name, value, cost in (("A", 30, 100), ("B", 20, 80), ("C", 15, 50))
    ],
}


class PlanAsked(BaseModel):
    """How hard to try."""

    seconds: Annotated[float, Rule(gt=0, le=MOST_SECONDS, allow_inf_nan=False)] = 10
    explain: text(2000) = Rule("", description="`all`, or the candidates to explain, separated by commas.")


@routes.works_out("/plans/solve", "plan.solution", dict[str, Any], example=EXAMPLE)
def solve(request: HttpRequest, body: Annotated[dict[str, Any], Body()], query: Annotated[PlanAsked, Query()]) -> Any:
    """Solve a planning document; the body is `mainstay-plan/1`, the answer `mainstay-plan-answer/1`."""
    if not access.may_somewhere(request.user, Verb.SELECTION_PREPARE):
        raise Forbidden("Only those who may prepare selections may use the solver.")
    problem = _problem(body)
    explain = _wanted(query.explain, problem)
    with one_of_few():
        answer = engine.solve(problem, seconds=query.seconds, explain=explain)
    return engine.answer_to_dict(answer)


def _wanted(text: str, problem: engine.Problem) -> str | tuple[str, ...]:
    """The candidates to explain."""
    if text == "all":
        return "all"
    names = tuple(name for name in text.split(",") if name)
    if unknown := set(names) - {candidate.id for candidate in problem.candidates}:
        sentence = f"There is no candidate {sorted(unknown)[0]}."
        raise Invalid(sentence, explain=sentence)
    return names


def _problem(document: dict[str, Any]) -> engine.Problem:
    try:
        problem = engine.read_problem(document)
    except engine.ProblemError as error:
        raise Invalid(str(error)) from error
    starts = sum(len(option.starts) for candidate in problem.candidates for option in candidate.options)
    if len(problem.candidates) > MOST_CANDIDATES or problem.periods > MOST_PERIODS or starts > MOST_STARTS:
        raise Invalid(
            f"This is too large for a request ({MOST_CANDIDATES:,} candidates, {MOST_PERIODS} periods, "
            f"{MOST_STARTS:,} starts at most); solve it with `mainstay plan`."
        )
    return problem
