"""What enters and what leaves between two plans."""

from __future__ import annotations

from mainstay.engine.selection.plan import Plan
from mainstay.engine.selection.problem import Problem


def enters_and_leaves(
    problem: Problem, before: Plan, after: Plan, but: str | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The candidates that are only in the second plan and those only in the first, without the one named."""
    old, new = before.ids(problem), after.ids(problem)
    ordered = [each.id for each in problem.candidates if each.id != but]
    enters = tuple(each for each in ordered if each in new and each not in old)
    return enters, tuple(each for each in ordered if each in old and each not in new)
