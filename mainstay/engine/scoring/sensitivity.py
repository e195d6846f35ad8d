"""How far each weight can move before the ranking, the first project or the selection changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.scoring.cut import Cut, above_the_line, costs_and_rest, slack
from mainstay.engine.scoring.keep import NEVER, Purse, Turn, first_of_pairs, keep_above, keep_in_budget
from mainstay.engine.scoring.lines import Lines, lines_of
from mainstay.engine.scoring.table import ScoreTable

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WAYS = (-1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The interval in which each of m weights leaves something as it is.

    low, high: (m,) shares from 0 to 1 around the present weight; 0 or 1 where nothing changes on that side, NaN for a
    weight that is the only one. At the limits themselves two projects are level.
    overtaken, overtaking: (m, 2) the projects that change places just below low and just above high; -1 for none.
    """

    low: Floats
    high: Floats
    overtaken: Integers
    overtaking: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """Where the ranking stays, where the first project stays first, where the selection stays (None: no line)."""

    ranking: Room
    first: Room
    selection: Room | None


def sensitivity(table: ScoreTable, cut: Cut | None = None) -> Sensitivity:
    """For each weight the interval in which the ranking, the first project and the selection stay, exactly.

    One weight moves at a time, the others keep their proportions. Mandatory projects stand apart, and projects
    without a total take no part. A selection by a budget goes down the ranking and passes over what does not fit.

    Raises ValueError for a cut that does not fit the table. Source: formulae 2.4; crossings as told in `lines`.

    >>> from mainstay.engine.scoring.table import score_table
    >>> sensitivity(score_table([[80, 20], [40, 70]], [3, 2])).ranking.low.round(4).tolist()
    [0.5556, 0.0]
    """
    ranked = ranked_of(table)
    best = np.repeat(ranked[:1], max(0, len(ranked) - 1))
    return Sensitivity(
        ranking=_room(table, lambda lines, way: first_of_pairs(lines, ranked[:-1], ranked[1:], way)),
        first=_room(table, lambda lines, way: first_of_pairs(lines, best, ranked[1:], way)),
        selection=None if cut is None else _room(table, _keeping(table, cut, ranked)),
    )


def ranked_of(table: ScoreTable) -> Integers:
    """The numbers of the projects that take part in the ranking, best first."""
    takes_part = (table.rank > 0) & ~table.mandatory
    return np.asarray(table.order[takes_part[table.order]])


def _keeping(table: ScoreTable, cut: Cut, ranked: Integers) -> Callable[[Lines, int], Turn]:
    """What finds the first change of the selection under a cut."""
    is_in = above_the_line(table, cut)[ranked]
    chosen, others = ranked[is_in], ranked[~is_in]
    if cut.budget is None:
        return lambda lines, way: keep_above(lines, chosen, others, way)
    costs, rest = costs_and_rest(table, cut)
    purse = Purse(costs, rest + slack(cut), table.rank)
    return lambda lines, way: keep_in_budget(lines, chosen, others, purse, way)


def _room(table: ScoreTable, first_change: Callable[[Lines, int], Turn]) -> Room:
    """The room of every weight, both ways."""
    every = [lines_of(table, weight) for weight in range(len(table.weights))]
    turns = [[NEVER if lines is None else first_change(lines, way) for way in WAYS] for lines in every]
    limits = np.array([_limits(lines, *pair) for lines, pair in zip(every, turns, strict=True)])
    overtaken = np.array([[turn.overtaken for turn in pair] for pair in turns])
    overtaking = np.array([[turn.overtaking for turn in pair] for pair in turns])
    return Room(limits[:, 0], limits[:, 1], overtaken, overtaking)


def _limits(lines: Lines | None, down: Turn, up: Turn) -> tuple[float, float]:
    if lines is None:
        return np.nan, np.nan
    return lines.now - min(down.distance, lines.now), lines.now + min(up.distance, 1 - lines.now)
