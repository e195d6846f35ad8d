"""Solving a selection: the solver works outside any transaction, then an operation keeps what it found."""

from collections.abc import Callable, Iterable
from dataclasses import replace

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
FEW = 40
"""So many candidates are explained at once when the selection is solved."""

Progress = Callable[[float | None, float | None, float | None, float], None]


def solve_now(
    selection: Selection,
    *,
    actor: Actor,
    seconds: float,
    explain: Iterable[str] | str = (),
    must_be_proven: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Selection | None:
    """Solve a selection as the register stands and keep the answer.

    With `must_be_proven` an answer that is not settled in time is not kept, and None is given back.
    """
    access.require(actor, Verb.SELECTION_SOLVE, selection.scope)
    if selection.is_adopted:
        raise Impossible("This selection was adopted; prepare a new one to choose again.")
    problem, pool = problem_of(selection, actor)
    wanted = "all" if explain == "few" and len(problem.candidates) <= FEW else explain
    answer = engine.solve(
        problem,
        seconds=seconds,
        explain=() if wanted == "few" else wanted,
        progress=progress,
        cancelled=cancelled,
    )
    if must_be_proven and answer.status not in {"optimal", "infeasible"}:
        return None
    if cancelled and cancelled() and _adds_nothing(selection, answer):
        return None
    return solve_selection(
        selection, actor=actor, problem=problem, answer=answer, pool=pool, expected_version=selection.version
    )


def _adds_nothing(selection: Selection, answer: engine.Answer) -> bool:
    """Whether work that was stopped found no plan, or none as good as the earlier answer to the same question."""
    known = selection.solution
    if answer.objective is None:
        return answer.status != "infeasible"
    if known is None or not known.has_plan or known.problem_sha256 != answer.problem_sha256:
        return False
    gain = answer.objective - known.answer["objective"]
    return gain < 0 or (gain == 0 and not answer.explanations)


def explained(result: Result, line: Line) -> Line:
    """The line of a candidate with its explanation, found by solving again where it was not kept."""
    if line.explanation is not None and line.explanation.get("reason") != "out_of_time":
        return line
    answer = engine.solve(result.problem, seconds=EXPLAIN_SECONDS, explain=(line.code,))
    told = engine.answer_to_dict(answer)["explanations"]
    return replace(line, explanation=told[0] if told else None)
