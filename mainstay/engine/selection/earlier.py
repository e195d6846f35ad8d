"""An earlier plan: what a search begins from, and what a new plan should change as little of as it can."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import numpy as np

from mainstay.engine.selection.answer import Choice
from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.node import Node
from mainstay.engine.selection.optimum import Optimum
from mainstay.engine.selection.plan import Pick, Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.tiebreak import SAME_WORTH, settle_ties

ANSWER_FORMAT = "mainstay-plan-answer/1"


def read_chosen(source: str | bytes | Mapping[str, object]) -> tuple[Choice, ...]:
    """What is chosen in the text or object of a `mainstay-plan-answer/1` document.

    Raises `ProblemError` with the JSON path and a sentence for anything that makes no sense.

    >>> chosen = [{"candidate": "A", "option": "full", "start": 2}]
    >>> read_chosen({"format": "mainstay-plan-answer/1", "chosen": chosen})
    (Choice(candidate='A', option='full', start=2),)
    """
    try:
        document = json.loads(source) if isinstance(source, str | bytes) else source
    except ValueError as error:
        raise ProblemError("$", f"is not JSON ({error})") from error
    if not isinstance(document, Mapping) or document.get("format") != ANSWER_FORMAT:
        raise ProblemError("$.format", f'must be "{ANSWER_FORMAT}"')
    if "chosen" not in document:
        raise ProblemError("$", '"chosen" is missing')
    return tuple(_choice(each) for each in Node(document["chosen"], "$.chosen").items())


def _choice(node: Node) -> Choice:
    fields = node.fields(("candidate", "option", "start"))
    return Choice(fields["candidate"].text(), fields["option"].text(), fields["start"].whole())


def plan_from(problem: Problem, chosen: Iterable[Choice]) -> Plan:
    """The plan of these choices; those the problem does not offer are left out."""
    named = {each.candidate: each for each in chosen}
    return Plan(tuple(_pick(problem, each.id, named) for each in problem.candidates))


def _pick(problem: Problem, candidate: str, named: Mapping[str, Choice]) -> Pick | None:
    wanted = named.get(candidate)
    if wanted is None:
        return None
    for nth, option in enumerate(problem.candidate(candidate).options):
        if option.id == wanted.option and wanted.start in option.starts:
            return Pick(nth, option.starts.index(wanted.start))
    return None


def changed(earlier: Iterable[Choice], chosen: Iterable[Choice]) -> tuple[str, ...]:
    """The candidates that came in, left, or have another option or start, in the order of their ids.

    >>> changed([Choice("A", "full", 0), Choice("B", "full", 1)], [Choice("B", "full", 2), Choice("C", "full", 0)])
    ('A', 'B', 'C')
    """
    differing = set(earlier) ^ set(chosen)
    return tuple(sorted({each.candidate for each in differing}))


def with_least_change(
    problem: Problem, optimum: Optimum, earlier: Iterable[Choice], give_up: float, solver: Solver, effort: Effort
) -> Optimum:
    """The plan with the fewest candidates changed since the earlier one, worth at most a share less than the optimum.

    `give_up` (0 to below 1) is the share of the objective that may be lost for fewer changes. Among plans with as few
    changes the most valuable is taken, then the one that starts earliest.
    """
    if optimum.plan is None or optimum.objective is None:
        return optimum
    change = _Change(Model(problem), tuple(earlier), optimum.plan, solver, effort)
    plan = change.least(optimum.objective - give_up * abs(optimum.objective))
    return Optimum(optimum.status, plan, objective(problem, plan), optimum.bound)


class _Change:
    """A search among the plans that are good enough for the one that changes least."""

    def __init__(self, model: Model, earlier: tuple[Choice, ...], plan: Plan, solver: Solver, effort: Effort) -> None:
        self._model = model
        self._plan = plan
        self._solver = solver
        self._effort = effort.quietly()
        self._sameness = _sameness(model, earlier)

    def least(self, worth: float) -> Plan:
        """The plan with the fewest changes among those worth so much."""
        enough = worth - SAME_WORTH * max(1.0, abs(worth))
        program = _with_at_least(self._model.program, self._model.gain, enough)
        self._improve(program, self._sameness)
        program = _with_at_least(program, self._sameness, self._weight(self._sameness))
        self._improve(program, self._model.gain)
        return settle_ties(self._model, self._plan, self._solver, self._effort, program)

    def _improve(self, program: Program, gain: Floats) -> None:
        """Take over the plan with the most gain where it truly holds."""
        if self._effort.is_over or not gain.any():
            return
        known = self._model.numbers(self._plan)
        ended = self._solver.maximise(program.with_gain(gain), self._effort, known)
        if ended.numbers is None:
            return
        plan = self._model.columns.plan(ended.numbers)
        if gain @ self._model.numbers(plan) > gain @ known and not broken(self._model.problem, plan):
            self._plan = plan

    def _weight(self, gain: Floats) -> float:
        return float(gain @ self._model.numbers(self._plan))


def _sameness(model: Model, earlier: tuple[Choice, ...]) -> Floats:
    """1 for each column that stays as it was, -1 for those of candidates that would be new (n,)."""
    chosen = plan_from(model.problem, earlier)
    named = {each.candidate for each in earlier}
    new = np.array([each.id not in named for each in model.problem.candidates], dtype=np.bool_)
    sameness = np.zeros(len(model.gain))
    count = model.columns.count
    sameness[:count] = model.columns.numbers(chosen) - new[model.columns.candidate]
    return sameness


def _with_at_least(program: Program, gain: Floats, least: float) -> Program:
    """The program with the row that asks for so much of a gain (n,)."""
    places = np.flatnonzero(gain)
    return program.with_row(places, gain[places], least, np.inf) if len(places) else program
