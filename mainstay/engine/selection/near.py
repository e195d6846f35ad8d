"""The nearest plan with one candidate turned round: a simple exchange for problems too large to solve again.

The candidate is put in at each of its ways and the least valuable of what is in the way leaves, until
nothing is broken; or it is taken out. What this costs is an upper estimate of the exact price.
"""

from __future__ import annotations

from collections.abc import Iterator

from mainstay.engine.selection.answer import Member
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.plan import Pick, Plan, objective
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import Share

_MOST_WAYS = 12
_MOST_LEAVING = 30


def near_plan(problem: Problem, base: Plan, candidate: str) -> Plan | None:
    """The best simple exchange that turns the candidate round as `problem` forces it, None when there is none."""
    nth = next(place for place, each in enumerate(problem.candidates) if each.id == candidate)
    if problem.candidates[nth].forced == "out":
        without = _with_pick(base, nth, None)
        return None if broken(problem, without) else without
    exchanges = (_cleared(problem, _with_pick(base, nth, way), nth) for way in _ways(problem, nth))
    found = [each for each in exchanges if each is not None]
    return max(found, key=lambda plan: objective(problem, plan), default=None)


def _ways(problem: Problem, nth: int) -> list[Pick]:
    """The most valuable ways to choose a candidate, the best first."""
    options = problem.candidates[nth].options
    ways = [
        (-value, Pick(version, place))
        for version, option in enumerate(options)
        for place, value in enumerate(option.values)
    ]
    return [way for _, way in sorted(ways, key=lambda each: each[0])[:_MOST_WAYS]]


def _cleared(problem: Problem, plan: Plan, kept: int) -> Plan | None:
    """The plan without what is in the way of the candidate kept, None when clearing does not help."""
    for _ in range(_MOST_LEAVING):
        in_the_way = broken(problem, plan)
        if not in_the_way:
            return plan
        leaving = min(_could_leave(problem, plan, kept, in_the_way), default=None)
        if leaving is None:
            return None
        plan = _with_pick(plan, leaving[1], None)
    return None


def _could_leave(
    problem: Problem, plan: Plan, kept: int, in_the_way: tuple[Member, ...]
) -> Iterator[tuple[float, int]]:
    """Value and place of each chosen candidate that has to do with what is broken."""
    limits, named = _touched(problem, in_the_way)
    for nth, (candidate, pick) in enumerate(zip(problem.candidates, plan.picks, strict=True)):
        if pick is None or nth == kept or candidate.forced == "in":
            continue
        option = candidate.options[pick.option]
        if candidate.id in named or limits & option.use.keys():
            yield option.values[pick.start], nth


def _touched(problem: Problem, in_the_way: tuple[Member, ...]) -> tuple[set[str], set[str]]:
    """The limits and the candidates that the broken members are about."""
    rules = [each for each in problem.rules if Member("rule", each.id) in in_the_way]
    limits = {each.id for each in in_the_way if each.kind == "limit"}
    limits |= {each.of for each in rules if isinstance(each, Share)}
    return limits, {named for each in rules for _, named in each.places()}


def _with_pick(plan: Plan, nth: int, pick: Pick | None) -> Plan:
    return Plan((*plan.picks[:nth], pick, *plan.picks[nth + 1 :]))
