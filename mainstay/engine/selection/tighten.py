"""Rules said again with fewer and stronger rows."""

from __future__ import annotations

from itertools import combinations

from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.rule import AtMostOne, FinishToStart, Requires

Exclusion = tuple[tuple[str, ...], str | None]


def follow_finished(problem: Problem) -> dict[tuple[str, str], int]:
    """Pairs (before, after) where `after` needs `before` and follows it, with the longest lag asked for.

    Together the two rules say: started by a period only as far as the other is over by then, which is one row a
    period and stronger than both.
    """
    needed = {(rule.needs, rule.candidate) for rule in problem.rules if isinstance(rule, Requires)}
    lags: dict[tuple[str, str], int] = {}
    for rule in problem.rules:
        if isinstance(rule, FinishToStart) and (rule.before, rule.after) in needed:
            pair = (rule.before, rule.after)
            lags[pair] = max(rule.lag, lags.get(pair, rule.lag))
    return lags


def plain_exclusions(problem: Problem) -> list[Exclusion]:
    """Each exclusion as it stands, with its rule."""
    return [(rule.candidates, rule.id) for rule in problem.rules if isinstance(rule, AtMostOne)]


def joined_exclusions(problem: Problem) -> list[Exclusion]:
    """Exclusions grown to largest sets of which any two exclude one another, each said once."""
    excluded: dict[str, set[str]] = {}
    for candidates, _ in plain_exclusions(problem):
        for one, other in combinations(candidates, 2):
            excluded.setdefault(one, set()).add(other)
            excluded.setdefault(other, set()).add(one)
    found: list[frozenset[str]] = []
    order = {each.id: nth for nth, each in enumerate(problem.candidates)}
    for candidates, _ in sorted(plain_exclusions(problem), key=lambda each: -len(each[0])):
        if not any(known.issuperset(candidates) for known in found):
            found.append(_grown(frozenset(candidates), excluded, order))
    return [(tuple(sorted(each, key=order.__getitem__)), None) for each in found]


def _grown(clique: frozenset[str], excluded: dict[str, set[str]], order: dict[str, int]) -> frozenset[str]:
    """The set with every further candidate that excludes all of it, in the order of the problem."""
    if len(clique) < 2:
        return clique
    common = set.intersection(*(excluded.get(each, set()) for each in clique))
    for each in sorted(common, key=order.__getitem__):
        if clique <= excluded[each]:
            clique |= {each}
    return clique
