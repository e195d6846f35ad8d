"""Why a candidate is in or out, found by solving again with it the other way round, and so exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from mainstay.engine.selection.answer import Conflict, Explanation, Flip, Member, Reason
from mainstay.engine.selection.conflict import find_conflict
from mainstay.engine.selection.displaced import enters_and_leaves
from mainstay.engine.selection.flip import Flips, UnsettledError
from mainstay.engine.selection.near import near_plan
from mainstay.engine.selection.optimum import Optimum, find_optimum
from mainstay.engine.selection.plan import Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.solver import Effort, Solver

_SHARE_FOR_TURNING = 0.6  # of the seconds; the rest is for flips


@dataclass(frozen=True, slots=True)
class Base:
    """The plan to be explained, its objective, and whether it is proven to be the best."""

    plan: Plan
    objective: float
    proven: bool


def explain(
    problem: Problem, optimum: Optimum, candidates: Sequence[str], solver: Solver, effort: Effort
) -> tuple[Explanation, ...]:
    """One explanation for each candidate named, in that order; those that time no longer allows say so.

    First every candidate gets its price or value, then those that are out their flips, each with an equal
    part of the seconds left.
    """
    if optimum.plan is None or optimum.objective is None:
        return ()
    base = Base(optimum.plan, optimum.objective, optimum.status == "optimal" and optimum.gap == 0)
    explainer = _Explainer(problem, base, solver)
    turned = explainer.turn_each(candidates, effort.part(_SHARE_FOR_TURNING))
    return explainer.flip_each(turned, effort)


class _Explainer:
    """Turns candidates round, one at a time, against one base plan."""

    def __init__(self, problem: Problem, base: Base, solver: Solver) -> None:
        self._problem = problem
        self._base = base
        self._solver = solver
        self._chosen = base.plan.ids(problem)

    def turn_each(self, candidates: Sequence[str], effort: Effort) -> list[Explanation]:
        """The explanations without their flips, each with an equal part of the seconds left."""
        turned: list[Explanation] = []
        for done, candidate in enumerate(candidates):
            own = effort.part(1 / (len(candidates) - done))
            turned.append(self._late(candidate) if effort.is_over else self._turn(candidate, own))
        return turned

    def flip_each(self, turned: list[Explanation], effort: Effort) -> tuple[Explanation, ...]:
        """The explanations with flips for those that more of a limit might bring in, the nearest first."""
        waiting = sorted(filter(self._can_flip, turned), key=_price)
        flipped = {each.candidate: each for each in turned}
        for done, each in enumerate(waiting):
            flipped[each.candidate] = self._with_flips(each, effort.part(1 / (len(waiting) - done)))
        return tuple(flipped.values())

    def _turn(self, candidate: str, effort: Effort) -> Explanation:
        chosen = candidate in self._chosen
        turned = self._problem.with_forced(candidate, "out" if chosen else "in")
        optimum = self._optimum(turned, candidate, effort)
        if optimum.plan is None or optimum.objective is None:
            return self._impossible(candidate, chosen, turned, optimum, effort)
        enters, leaves = enters_and_leaves(self._problem, self._base.plan, optimum.plan, but=candidate)
        loss = self._base.objective - optimum.objective
        return Explanation(
            candidate=candidate,
            chosen=chosen,
            price_of_inclusion=None if chosen else loss,
            value_of_having=loss if chosen else None,
            objective=optimum.objective,
            displaces=leaves,
            enters=enters,
            reason=self._forcing(candidate),
            proven=self._base.proven and optimum.status == "optimal",
        )

    def _optimum(self, turned: Problem, candidate: str, effort: Effort) -> Optimum:
        """The best plan with the candidate turned round; a near one where the base itself is not proven."""
        near = None if self._base.proven else near_plan(turned, self._base.plan, candidate)
        if near is None:
            return find_optimum(turned, self._solver, effort)
        return Optimum("feasible", near, objective(turned, near), None)

    def _late(self, candidate: str) -> Explanation:
        """What is left to say about a candidate when time is out."""
        return Explanation(candidate, candidate in self._chosen, reason="out_of_time", proven=False)

    def _can_flip(self, explanation: Explanation) -> bool:
        """Whether an increase of a limit might bring the candidate in."""
        is_open = explanation.reason in (None, "cannot_be_in")
        return is_open and not explanation.chosen and self._base.proven

    def _with_flips(self, explanation: Explanation, effort: Effort) -> Explanation:
        """The explanation with the smallest increase of each limit that brings the candidate in."""
        flips: list[Flip] = []
        settled = True
        for finder in self._finders:
            try:
                flip = finder.smallest(explanation.candidate, effort)
            except UnsettledError:
                settled = False
            else:
                flips.extend([flip] if flip else [])
        return replace(explanation, flip=tuple(flips), proven=explanation.proven and settled)

    @cached_property
    def _finders(self) -> list[Flips]:
        base = self._base
        return [Flips(self._problem, base.plan, base.objective, each, self._solver) for each in self._problem.limits]

    def _impossible(
        self, candidate: str, chosen: bool, turned: Problem, optimum: Optimum, effort: Effort
    ) -> Explanation:
        if optimum.status != "infeasible":
            return self._late(candidate)
        conflict = find_conflict(turned, self._solver, effort)
        blocked_by = self._without(conflict, candidate)
        reason: Reason = "cannot_be_out" if chosen else "cannot_be_in"
        return Explanation(
            candidate,
            chosen,
            reason=self._forcing(candidate) or reason,
            blocked_by=blocked_by,
            proven=self._base.proven and conflict is not None,
        )

    def _without(self, conflict: Conflict | None, candidate: str) -> tuple[Member, ...]:
        members = conflict.members if conflict else ()
        return tuple(each for each in members if each != Member("forcing", candidate))

    def _forcing(self, candidate: str) -> Reason | None:
        forced = self._problem.candidate(candidate).forced
        if forced is None:
            return None
        return "forced_in" if forced == "in" else "forced_out"


def _price(explanation: Explanation) -> float:
    return inf if explanation.price_of_inclusion is None else explanation.price_of_inclusion
