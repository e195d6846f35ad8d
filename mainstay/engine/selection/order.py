"""Finish-to-start rules that run in a circle, and so can never all be meant."""

from __future__ import annotations

from collections.abc import Sequence

from mainstay.engine.selection.error import ProblemError
from mainstay.engine.selection.rule import FinishToStart, Rule


def refuse_circular_order(rules: Sequence[Rule]) -> None:
    """Refuse the first finish-to-start rule that makes a candidate wait for itself.

    A rule with a negative lag lets work overlap, so a circle through it can be meant and is left alone.
    """
    followers: dict[str, list[str]] = {}
    for place, rule in enumerate(rules):
        if not isinstance(rule, FinishToStart) or rule.lag < 0:
            continue
        if _leads_to(followers, rule.after, rule.before):
            sentence = f'"{rule.before}" would have to finish before itself: the order runs in a circle'
            raise ProblemError(f"rules[{place}]", sentence)
        followers.setdefault(rule.before, []).append(rule.after)


def _leads_to(followers: dict[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        new = [each for each in followers.get(here, []) if each not in seen]
        seen.update(new)
        waiting.extend(new)
    return False
