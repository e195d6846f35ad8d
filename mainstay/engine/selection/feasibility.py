"""Which limits, rules and forcings a plan breaks, checked without any solver."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from mainstay.engine.selection.answer import Member
from mainstay.engine.selection.plan import Plan, Taken, gross_use, limit_uses, slack_tolerance
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import (
    AllOrNone,
    AtMostOne,
    Bonus,
    FinishToStart,
    MeasureBounds,
    Requires,
    Rule,
    Saving,
    Share,
)


def members(problem: Problem) -> tuple[Member, ...]:
    """Everything a plan can break, in the order limits, rules, forcings."""
    limits = [Member("limit", each.id) for each in problem.limits]
    rules = [Member("rule", each.id) for each in problem.rules if not isinstance(each, Bonus | Saving)]
    forcings = [Member("forcing", each.id) for each in problem.candidates if each.forced]
    return (*limits, *rules, *forcings)


def broken(problem: Problem, plan: Plan) -> tuple[Member, ...]:
    """The limits, rules and forcings that the plan breaks by more than the tolerance."""
    return (*_broken_limits(problem, plan), *_broken_rules(problem, plan), *_broken_forcings(problem, plan))


def _broken_limits(problem: Problem, plan: Plan) -> Iterator[Member]:
    for limit, use in zip(problem.limits, limit_uses(problem, plan), strict=True):
        slacks = use.slack_by_period or (use.slack,)
        for amount, slack in zip(limit.amounts(), slacks, strict=True):
            if -slack > limit.overload_share * amount + slack_tolerance(amount):
                yield Member("limit", limit.id)
                break


def _broken_rules(problem: Problem, plan: Plan) -> Iterator[Member]:
    taken = {each.candidate.id: each for each in plan.taken(problem)}
    for rule in problem.rules:
        if not _holds(problem, rule, taken):
            yield Member("rule", rule.id)


def _broken_forcings(problem: Problem, plan: Plan) -> Iterator[Member]:
    for candidate, pick in zip(problem.candidates, plan.picks, strict=True):
        if candidate.forced and (pick is not None) != (candidate.forced == "in"):
            yield Member("forcing", candidate.id)


def _holds(problem: Problem, rule: Rule, taken: dict[str, Taken]) -> bool:
    match rule:
        case Requires() | AtMostOne() | AllOrNone():
            return _together(rule, taken)
        case FinishToStart():
            return _in_order(rule, taken)
        case Share():
            return _share_holds(problem, rule, tuple(taken.values()))
        case MeasureBounds():
            total = fsum(each.option.measures.get(rule.measure, 0.0) for each in taken.values())
            return _within(total, rule.low, rule.high)
        case Bonus() | Saving():
            return True


def _together(rule: Requires | AtMostOne | AllOrNone, taken: dict[str, Taken]) -> bool:
    if isinstance(rule, Requires):
        return rule.candidate not in taken or rule.needs in taken
    count = sum(each in taken for each in rule.candidates)
    return count <= 1 if isinstance(rule, AtMostOne) else count in (0, len(rule.candidates))


def _in_order(rule: FinishToStart, taken: dict[str, Taken]) -> bool:
    if rule.before not in taken or rule.after not in taken:
        return True
    before = taken[rule.before]
    return taken[rule.after].start >= before.start + before.option.duration + rule.lag


def _share_holds(problem: Problem, rule: Share, taken: tuple[Taken, ...]) -> bool:
    limit = problem.limit(rule.of)
    whole = fsum(gross_use(problem, limit, taken))
    matching = tuple(each for each in taken if each.option.matches(rule.where))
    low = None if rule.low is None else rule.low * whole
    high = None if rule.high is None else rule.high * whole
    return _within(fsum(gross_use(problem, limit, matching)), low, high)


def _within(amount: float, low: float | None, high: float | None) -> bool:
    above = low is None or amount >= low - slack_tolerance(low)
    return above and (high is None or amount <= high + slack_tolerance(high))
