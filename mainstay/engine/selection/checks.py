"""Small refusals shared by the nouns of a planning problem."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from mainstay.engine.selection.error import ProblemError

LARGEST_NUMBER = 1e15  # above it neighbouring whole numbers can no longer be told apart safely
LONGEST_HORIZON = 10_000


def refuse_blank(path: str, text: str) -> None:
    """Refuse an id or a name that is empty or only spaces."""
    if not text.strip():
        raise ProblemError(path, "must not be empty")


def refuse_nonsense(path: str, number: float) -> None:
    """Refuse a number that is not finite or too large to be reckoned with exactly."""
    if not math.isfinite(number):
        raise ProblemError(path, "must be a finite number")
    if abs(number) > LARGEST_NUMBER:
        raise ProblemError(path, f"{number:g} is too large to be reckoned with exactly")


def refuse_negative(path: str, number: float) -> None:
    """Refuse a number that is not finite or below zero."""
    refuse_nonsense(path, number)
    if number < 0:
        raise ProblemError(path, f"{number:g} must not be negative")


def refuse_negatives(path: str, numbers: Iterable[float]) -> None:
    """Refuse the first number of a list that is not finite or below zero."""
    for place, number in enumerate(numbers):
        refuse_negative(f"{path}[{place}]", number)


def refuse_repeats(path: str, ids: Sequence[str], noun: str, field: str = "") -> None:
    """Refuse the second of two equal ids in a list of `noun`s."""
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            raise ProblemError(f"{path}[{place}]{field}", f'the {noun} "{each}" appears twice')
        seen.add(each)


def refuse_unordered(path: str, low: float | None, high: float | None) -> None:
    """Refuse a pair of bounds that says nothing or whose minimum is above its maximum."""
    if low is None and high is None:
        raise ProblemError(path, "needs a min, a max or both")
    for name, number in (("min", low), ("max", high)):
        if number is not None:
            refuse_nonsense(name, number)
    if low is not None and high is not None and low > high:
        raise ProblemError("min", f"{low:g} is above the max {high:g}")
