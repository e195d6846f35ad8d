"""The core index: in which share of all ways things may come out a candidate belongs to the best plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

from mainstay.engine.robust.solved import SolvedSample
from mainstay.engine.selection import Problem

Place = Literal["core", "borderline", "exterior"]
_SURE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class CoreIndex:
    """How often a candidate is in the best plan, and between which shares (95 of 100) that may truly lie.

    core: in every sample; exterior: in none; borderline: in some, so that more information is worth having.
    """

    candidate: str
    share: float
    low: float
    high: float
    place: Place


def core_indexes(problem: Problem, samples: Sequence[SolvedSample]) -> tuple[CoreIndex, ...]:
    """The core index of every candidate over the samples that have a plan, the highest first.

    The interval is Wilson's. Raises ValueError without a sample that has a plan. Source: Liesiö, Mild and Salo,
    Preference programming for robust portfolio modeling, 2007; formulae 2.11, by sampling.

    >>> core_indexes(Problem(1, (), ()), [SolvedSample(0, 0.0, 0.0, (), True)])
    ()
    """
    solved = [each for each in samples if each.objective is not None]
    if not solved:
        raise ValueError("No sample has a plan.")
    counts = dict.fromkeys((each.id for each in problem.candidates), 0)
    for each in solved:
        for name, _, _ in each.chosen:
            counts[name] += 1
    found = [_index(name, count, len(solved)) for name, count in counts.items()]
    return tuple(sorted(found, key=lambda each: -each.share))


def _index(candidate: str, count: int, samples: int) -> CoreIndex:
    place: Place = "core" if count == samples else "borderline" if count else "exterior"
    return CoreIndex(candidate, count / samples, *wilson(count, samples), place)


def wilson(count: int, samples: int) -> tuple[float, float]:
    """Wilson's interval for a share that was counted, with a confidence of 95 %.

    >>> [round(end, 3) for end in wilson(10, 10)]
    [0.722, 1.0]
    """
    share, square = count / samples, _SURE**2
    centre = (share + square / (2 * samples)) / (1 + square / samples)
    aside = _SURE * sqrt(share * (1 - share) / samples + square / (4 * samples**2)) / (1 + square / samples)
    return (0.0 if count == 0 else max(0.0, centre - aside)), (1.0 if count == samples else min(1.0, centre + aside))
