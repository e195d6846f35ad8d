"""Asking the solver, and keeping its answer with the problem it was asked."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError

from mainstay.authorisation.candidates import Pool
from mainstay.authorisation.models import Scenario, Selection, Solution
from mainstay.authorisation.result import told_by
from mainstay.authorisation.sentences import finding
from mainstay.core import history
from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.engine import selection as engine

FEW = 40
"""So many candidates are explained at once when they are solved for."""

Progress = Callable[[float | None, float | None, float | None, float], None]


class Asking(TypedDict, total=False):
    """How the solver is asked: how long, what it explains, whether a plan must be proven, and who follows it."""

    seconds: float
    explain: Iterable[str] | str
    must_be_proven: bool
    progress: Progress | None
    cancelled: Callable[[], bool] | None


def answered(problem: engine.Problem, known: Solution | None, **how: Unpack[Asking]) -> engine.Answer | None:
    """What the solver answers; None where nothing was proven that had to be, or stopped work found nothing new."""
    cancelled = how.get("cancelled")
    answer = engine.solve(
        problem,
        seconds=how["seconds"],
        explain=_explained(problem, how.get("explain", ())),
        progress=how.get("progress"),
        cancelled=cancelled,
    )
    if how.get("must_be_proven") and answer.status not in {"optimal", "infeasible"}:
        return None
    if cancelled and cancelled() and _adds_nothing(known, answer):
        return None
    return answer


def _explained(problem: engine.Problem, wanted: Iterable[str] | str) -> Iterable[str] | str:
    if wanted != "few":
        return wanted
    return "all" if len(problem.candidates) <= FEW else ()


def _adds_nothing(known: Solution | None, answer: engine.Answer) -> bool:
    """Whether work that was stopped found no plan, or none as good as the earlier answer to the same question."""
    if answer.objective is None:
        return answer.status != "infeasible"
    if known is None or not known.has_plan or known.problem_sha256 != answer.problem_sha256:
        return False
    gain = answer.objective - known.answer["objective"]
    return gain < 0 or (gain == 0 and not answer.explanations)


def keep_answer(
    subject: Selection | Scenario, actor: Actor, problem: engine.Problem, answer: engine.Answer, pool: Pool
) -> Solution:
    """Keep an answer within the operation that solves; refused where it belongs to another problem."""
    if answer.problem_sha256 != engine.problem_sha256(problem):
        raise ValidationError("The answer belongs to another problem.")
    solution = Solution(
        portfolio=subject.portfolio,
        selection=subject if isinstance(subject, Selection) else None,
        scenario=subject if isinstance(subject, Scenario) else None,
        solver=answer.solver,
        problem=engine.problem_to_dict(problem),
        problem_sha256=answer.problem_sha256,
        status=answer.status,
        answer=engine.answer_to_dict(answer),
        projects={candidate.code: candidate.id for candidate in pool.candidates},
        left_out=[asdict(entry) for entry in pool.left_out],
        aim=pool.aim.kept(),
        known_at=pool.gathered_at,
        person=actor if isinstance(actor, Person) else None,
    )
    solution.finding = finding(told_by(solution))
    return history.create(solution)
