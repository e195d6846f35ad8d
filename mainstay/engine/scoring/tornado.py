"""What each weight does to each project: a step up and down, and how far it is to the other side of the line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.scoring.keep import first_time
from mainstay.engine.scoring.lines import lines_of
from mainstay.engine.scoring.sensitivity import WAYS, ranked_of
from mainstay.engine.scoring.table import ScoreTable, order_of, ranks_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tornado:
    """Totals and ranks of n projects with each of m weights lower [.., 0, ..] and higher [.., 1, ..].

    share: (m, 2) the share the weight then has. total: (m, 2, n) points. rank: (m, 2, n) places, 0 without a total.
    """

    share: Floats
    total: Floats
    rank: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Flip:
    """The nearest shares of each weight at which a project crosses the line: low, high (m,), NaN for never."""

    low: Floats
    high: Floats


def tornado(table: ScoreTable, step: float = 0.10) -> Tornado:
    """How each weight moves totals and ranks when it has `step` less and more, the others in proportion.

    step: share of the whole weight, 0.10 is ten points of 100; a weight stays within 0..1, and one that is the only
    one cannot move. Raises ValueError for a step that is not positive. Source: formulae 2.4.

    >>> from mainstay.engine.scoring.table import score_table
    >>> tornado(score_table([[80, 20]], [1, 1]), 0.25).total[0, :, 0].round(9).tolist()
    [35.0, 65.0]
    """
    if not step > 0:
        raise ValueError("A step is positive.")
    sides = [_side(table, weight, way * step) for weight in range(len(table.weights)) for way in WAYS]
    share = np.array([side[0] for side in sides]).reshape(-1, 2)
    total = np.array([side[1] for side in sides]).reshape(len(share), 2, -1)
    ranks = [ranks_of(order_of(each, table.mandatory), each, table.mandatory) for _, each in sides]
    return Tornado(share, total, np.array(ranks).reshape(total.shape))


def flip(table: ScoreTable, project: int, places: int) -> Flip:
    """How far each weight alone must move for a project to cross the line under so many places, exactly.

    The others keep their proportions. places: as many as stand above the line; for a line drawn by a budget, as many
    as it holds now. Mandatory projects take places and never cross; neither does a project without a total.

    Raises ValueError for no such project or a negative number of places. Source: formulae 2.4.

    >>> from mainstay.engine.scoring.table import score_table
    >>> flip(score_table([[80, 20], [40, 70]], [3, 2]), 1, places=1).low.round(4).tolist()
    [0.5556, nan]
    """
    if not 0 <= project < len(table.total) or places < 0:
        raise ValueError("A flip asks about one of the projects and a number of places from 0.")
    ranked = ranked_of(table)
    found = np.full((len(table.weights), 2), np.nan)
    if project in ranked:
        left = max(0, places - int(table.mandatory.sum()))
        others = ranked[ranked != project]
        for weight in range(len(table.weights)):
            found[weight] = [_crossing(table, weight, project, others, left, way) for way in WAYS]
    return Flip(found[:, 0], found[:, 1])


def _side(table: ScoreTable, weight: int, by: float) -> tuple[float, Floats]:
    """The share and the totals after one step of one weight."""
    lines = lines_of(table, weight)
    if lines is None:
        return 1.0, table.total
    share = min(1.0, max(0.0, lines.now + by))
    return share, 100 * lines.at(share)


def _crossing(table: ScoreTable, weight: int, project: int, others: Integers, places: int, way: int) -> float:
    """The share at which the number of projects above one first passes the line, or NaN."""
    lines = lines_of(table, weight)
    if lines is None or not len(others):
        return np.nan
    above = table.rank[others] < table.rank[project]
    soon, late = lines.turns(others, np.full(len(others), project), above, way)
    change = np.where(above, -1.0, 1.0)
    times, changes = np.concatenate([soon, late]), np.concatenate([change, -change])
    standing = float(above.sum())
    if standing < places:  # in: it leaves when as many as the places stand above it
        distance, _ = first_time(times, -changes, -standing, at_most=-float(places))
    else:
        distance, _ = first_time(times, changes, standing, at_most=places - 1.0)
    return lines.now + way * distance if distance < np.inf else np.nan
