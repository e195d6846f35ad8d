"""Solving a selection: the solver works outside any transaction, then an operation keeps what it found."""

from dataclasses import replace
from typing import Unpack

from mainstay.authorisation.answering import Asking, answered
from mainstay.authorisation.models import Selection
from mainstay.authorisation.operations.selections import solve_selection
from mainstay.authorisation.problem import problem_of
from mainstay.authorisation.result import Line, Result
from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine

QUICK_SECONDS = 2.0
EXPLAIN_SECONDS = 4.0
LONGEST_SECONDS = 60.0


def solve_now(selection: Selection, *, actor: Actor, **how: Unpack[Asking]) -> Selection | None:
    """Solve a selection as the register stands and keep the answer; None where there was none worth keeping."""
    access.require(actor, Verb.SELECTION_SOLVE, selection.scope)
    if selection.is_adopted:
        raise Impossible("This selection was adopted; prepare a new one to choose again.")
    problem, pool = problem_of(selection, actor)
    answer = answered(problem, selection.solution, **how)
    if answer is None:
        return None
    return solve_selection(
        selection, actor=actor, problem=problem, answer=answer, pool=pool, expected_version=selection.version
    )


def explained(result: Result, line: Line) -> Line:
    """The line of a candidate with its explanation, found by solving again where it was not kept."""
    if line.explanation is not None and line.explanation.get("reason") != "out_of_time":
        return line
    answer = engine.solve(result.problem, seconds=EXPLAIN_SECONDS, explain=(line.code,))
    told = engine.answer_to_dict(answer)["explanations"]
    return replace(line, explanation=told[0] if told else None)
