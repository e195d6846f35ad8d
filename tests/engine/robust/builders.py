"""Small problems with one budget."""

from mainstay.engine.selection import Candidate, Limit, Option, Problem


def budgeted(total: float, **candidates: tuple[float, float]) -> Problem:
    """Candidates by name with value and cost, and a budget."""
    return Problem(
        1,
        (Limit("money", total=total),),
        tuple(
            Candidate(name, (Option("whole", 1, (0,), (float(value),), {"money": (float(cost),)}),))
            for name, (value, cost) in candidates.items()
        ),
    )


def chosen(*names: str) -> tuple[tuple[str, str, int], ...]:
    """A plan of these candidates."""
    return tuple((name, "whole", 0) for name in names)
