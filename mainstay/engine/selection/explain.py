"""Why a candidate is in or out, found by solving again with it the other way round, and so exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from threading import Lock

from mainstay.engine.selection.answer import Answer, Conflict, Explanation, Flip, Member, Reason
from mainstay.engine.selection.conflict import find_conflict
from mainstay.engine.selection.displaced import enters_and_leaves
from mainstay.engine.selection.flip import Flips, UnsettledError
from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.near import near_plan
from mainstay.engine.selection.optimum import Optimum
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Floats
from mainstay.engine.selection.reuse.known import plan_of
from mainstay.engine.selection.reuse.watched import watched
from mainstay.engine.selection.solver import Effort, Solver
from mainstay.engine.selection.turning import Turned, Turning

ExplanationProgress = Callable[[int, int], None]

_SHARE_FOR_TURNING = 0.75  # of the seconds; the rest is for flips


@dataclass(frozen=True, slots=True)
class Base:
    """The plan to be explained, its objective, and whether it is proven to be the best."""

    plan: Plan
    objective: float
    proven: bool


def explain_plan(
    problem: Problem,
    answer: Answer,
    candidates: Sequence[str] | str = "all",
    *,
    effort: Effort | None = None,
    progress: ExplanationProgress | None = None,
    solver: Solver | None = None,
) -> tuple[Explanation, ...]:
    """Why the candidates named are in or out of the plan of an answer, without solving for the plan again.

    `candidates` is "all" or a list of ids; `progress` is told how many of how many steps are done. What the effort
    does not allow to be settled comes with an interval (see `Explanation`). Empty for an answer without a plan.
    Raises `KeyError` for an unknown candidate.

    >>> from mainstay.engine.selection import read_problem, solve
    >>> option = {"id": "full", "duration": 1, "starts": [0], "value": 7}
    >>> asked = {"format": "mainstay-plan/1", "periods": 1, "limits": []}
    >>> problem = read_problem(asked | {"candidates": [{"id": "A", "options": [option]}]})
    >>> explain_plan(problem, solve(problem))[0].value_of_having
    7.0
    """
    every = tuple(each.id for each in problem.candidates)
    wanted = every if candidates == "all" else tuple(problem.candidate(each).id for each in candidates)
    plan = plan_of(problem, answer.chosen) if answer.objective is not None else None
    optimum = Optimum(answer.status, plan, answer.objective, answer.bound)
    return explain(problem, optimum, wanted, solver or HighsSolver(), effort or Effort(), progress)


def explain(
    problem: Problem,
    optimum: Optimum,
    candidates: Sequence[str],
    solver: Solver,
    effort: Effort,
    progress: ExplanationProgress | None = None,
) -> tuple[Explanation, ...]:
    """One explanation for each candidate named, in that order; those that time no longer allows say so.

    First every candidate gets its price or value, then those that are out their flips, each with an equal
    part of the seconds left.
    """
    if optimum.plan is None or optimum.objective is None or not candidates:
        return ()
    base = Base(optimum.plan, optimum.objective, optimum.status == "optimal" and optimum.gap == 0)
    counter = _Counter(progress or _nobody, 2 * len(candidates))
    known: list[Floats] = []

    def in_lanes(effort: Effort) -> tuple[Explanation, ...]:
        lanes = [tuple(candidates[nth :: effort.threads]) for nth in range(min(effort.threads, len(candidates)))]
        alone = replace(effort, threads=1)
        with ThreadPoolExecutor(len(lanes)) as pool:
            found = pool.map(lambda lane: _Explainer(problem, base, solver, alone, counter, known).all(lane), lanes)
            return tuple(each for lane in found for each in lane)

    told = {each.candidate: each for each in watched(effort, in_lanes, counter.tell)}
    return tuple(told[each] for each in candidates)


class _Counter:
    """Counts the steps of all lanes: each candidate is turned round and, if it is out, sought a way in for."""

    def __init__(self, progress: ExplanationProgress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._told = 0
        self._lock = Lock()

    def count(self, steps: int = 1) -> None:
        """So many more are done."""
        with self._lock:
            self._done += steps

    def tell(self) -> None:
        """Tell how far it is when that has changed."""
        if self._done != self._told:
            self._told = self._done
            self._progress(self._told, self._total)


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know."""


class _Explainer:
    """Turns candidates round, one at a time, against one base plan."""

    def __init__(
        self,
        problem: Problem,
        base: Base,
        solver: Solver,
        effort: Effort,
        counter: _Counter,
        known: list[Floats],
    ) -> None:
        self._problem = problem
        self._base = base
        self._solver = solver
        self._effort = effort
        self._counter = counter
        self._known = known
        self._chosen = base.plan.ids(problem)
        self._found: dict[str, Turned] = {}

    def all(self, candidates: Sequence[str]) -> tuple[Explanation, ...]:
        """One explanation for each candidate: price or value first, then flips."""
        return self.flip_each(self.turn_each(candidates, self._effort.part(_SHARE_FOR_TURNING)), self._effort)

    def turn_each(self, candidates: Sequence[str], effort: Effort) -> list[Explanation]:
        """The explanations without their flips, each with an equal part of the seconds left."""
        turned: list[Explanation] = []
        for done, candidate in enumerate(candidates):
            own = effort.part(1 / (len(candidates) - done))
            turned.append(self._late(candidate) if effort.is_over else self._turn(candidate, own))
            self._counter.count()
        return [self._reconsidered(each) for each in turned]

    def _reconsidered(self, explanation: Explanation) -> Explanation:
        """The explanation with a better plan where one was seen while another candidate was turned round."""
        candidate = explanation.candidate
        found = self._found.get(candidate)
        if found is None:
            return explanation
        better = self._turning.reconsidered(candidate, candidate not in self._chosen, found)
        return explanation if better is found or better.plan is None else self._told(candidate, better, better.plan)

    def flip_each(self, turned: list[Explanation], effort: Effort) -> tuple[Explanation, ...]:
        """The explanations with flips for those that more of a limit might bring in, the nearest first."""
        waiting = sorted(filter(self._can_flip, turned), key=_price)
        flipped = {each.candidate: each for each in turned}
        self._counter.count(len(turned) - len(waiting))
        for done, each in enumerate(waiting):
            flipped[each.candidate] = self._with_flips(each, effort.part(1 / (len(waiting) - done)))
            self._counter.count()
        return tuple(flipped.values())

    def _turn(self, candidate: str, effort: Effort) -> Explanation:
        wanted = candidate not in self._chosen
        found = self._turning.turn(candidate, wanted, effort)
        if found.bound == -inf:
            return self._impossible(candidate, wanted, effort)
        if found.plan is None:
            found = self._near(candidate, wanted, found)
        if found.plan is None:
            return self._late(candidate)
        self._found[candidate] = found
        return self._told(candidate, found, found.plan)

    def _told(self, candidate: str, found: Turned, plan: Plan) -> Explanation:
        """What a plan with the candidate turned round says about it."""
        chosen = candidate in self._chosen
        enters, leaves = enters_and_leaves(self._problem, self._base.plan, plan, but=candidate)
        loss = self._base.objective - found.worth
        proven = self._base.proven and found.is_settled
        return Explanation(
            candidate=candidate,
            chosen=chosen,
            price_of_inclusion=None if chosen else loss,
            value_of_having=loss if chosen else None,
            at_least=_at_least(self._base.objective - found.bound, loss, proven=proven),
            objective=found.worth,
            displaces=leaves,
            enters=enters,
            reason=self._forcing(candidate),
            proven=proven,
        )

    @cached_property
    def _turning(self) -> Turning:
        base = self._base
        return Turning(self._problem, base.plan, self._solver, self._effort, self._known, is_proven=base.proven)

    def _near(self, candidate: str, wanted: bool, found: Turned) -> Turned:
        """The simplest exchange where no better plan was found in time."""
        turned = self._problem.with_forced(candidate, "in" if wanted else "out")
        plan = near_plan(turned, self._base.plan, candidate)
        return found if plan is None else replace(found, plan=plan, worth=objective(turned, plan))

    def _late(self, candidate: str) -> Explanation:
        """What is left to say about a candidate when time is out."""
        return Explanation(candidate, candidate in self._chosen, reason="out_of_time", proven=False)

    def _can_flip(self, explanation: Explanation) -> bool:
        """Whether an increase of a limit might bring the candidate in."""
        return explanation.reason in (None, "cannot_be_in") and not explanation.chosen

    def _with_flips(self, explanation: Explanation, effort: Effort) -> Explanation:
        """The explanation with the smallest increase of each limit that brings the candidate in."""
        flips: list[Flip] = []
        settled = True
        for nth, finder in enumerate(self._finders):
            try:
                flip = finder.smallest(explanation.candidate, effort.part(1 / (len(self._finders) - nth)))
            except UnsettledError:
                settled = False
            else:
                flips.extend([flip] if flip else [])
        proven = explanation.proven and settled and all(each.proven for each in flips)
        return replace(explanation, flip=tuple(flips), proven=proven)

    @cached_property
    def _finders(self) -> list[Flips]:
        base = self._base
        return [
            Flips(self._problem, base.plan, base.objective, each, self._solver, self._effort, is_proven=base.proven)
            for each in self._problem.limits
        ]

    def _impossible(self, candidate: str, wanted: bool, effort: Effort) -> Explanation:
        turned = self._problem.with_forced(candidate, "in" if wanted else "out")
        conflict = find_conflict(turned, self._solver, effort)
        reason: Reason = "cannot_be_in" if wanted else "cannot_be_out"
        return Explanation(
            candidate,
            not wanted,
            reason=self._forcing(candidate) or reason,
            blocked_by=self._without(conflict, candidate),
            proven=conflict is not None,
        )

    def _without(self, conflict: Conflict | None, candidate: str) -> tuple[Member, ...]:
        members = conflict.members if conflict else ()
        return tuple(each for each in members if each != Member("forcing", candidate))

    def _forcing(self, candidate: str) -> Reason | None:
        forced = self._problem.candidate(candidate).forced
        if forced is None:
            return None
        return "forced_in" if forced == "in" else "forced_out"


def _at_least(low: float, loss: float, *, proven: bool) -> float | None:
    """What is lost at least, None when nothing is known of it."""
    if proven:
        return loss
    return None if low == -inf else min(low, loss)


def _price(explanation: Explanation) -> float:
    return inf if explanation.price_of_inclusion is None else explanation.price_of_inclusion
