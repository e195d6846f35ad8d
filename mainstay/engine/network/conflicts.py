"""Where promised, expected and needed days of dependencies do not fit, and who moves after a change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.network.planning import ROUNDING, Plan

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Conflicts:
    """Links that break a needing day, the latest first; arrays are (conflicts,).

    link: number. expected_late: days by which the giver's early finish and the lag pass the needing day, not above 0
    where only the promise is late. promised_late: the same for the promised day, NaN without promise: where it is
    above 0 the two owners agreed on days that do not fit.
    """

    link: Integers
    expected_late: Floats
    promised_late: Floats


def conflicts(plan: Plan) -> Conflicts:
    """All links whose taker will not have, or was not promised, what it needs on the day it needs it.

    >>> from mainstay.engine.network.graph import Link, Network
    >>> from mainstay.engine.network.planning import plan
    >>> found = conflicts(plan(Network.of([5, 3], [Link(0, 1, giving=4, needing=4)])))
    >>> found.link.tolist(), found.expected_late.tolist(), found.promised_late.tolist()
    ([0], [1.0], [0.0])
    """
    network = plan.network
    number = np.array([each for numbers in network.out for each in numbers], dtype=np.int64)
    links = [network.links[each] for each in number.tolist()]
    finish = np.array([plan.early_finish[link.giver] for link in links], dtype=np.float64)
    giving, needing, lag = (
        np.array([getattr(link, name) for link in links], dtype=np.float64) for name in ("giving", "needing", "lag")
    )
    expected, promised = finish + lag - needing, giving + lag - needing
    late = (expected > ROUNDING) | (promised > ROUNDING)
    order = np.lexsort((number[late], -expected[late]))
    return Conflicts(number[late][order], expected[late][order], promised[late][order])


def moved(before: Plan, after: Plan) -> tuple[Integers, Floats]:
    """The nodes whose early finish differs between two plans of the same nodes, and by how many days (later above 0).

    Raises ValueError for plans of different nodes.

    >>> from mainstay.engine.network.changing import Change, replan
    >>> from mainstay.engine.network.graph import Network
    >>> from mainstay.engine.network.planning import plan
    >>> one = plan(Network.of([5, 3]))
    >>> [each.tolist() for each in moved(one, replan(one, Change(duration={1: 4})))]
    [[1], [1.0]]
    """
    if len(before.early_finish) != len(after.early_finish):
        raise ValueError("The plans have the same nodes.")
    days = np.array(after.early_finish) - np.array(before.early_finish)
    nodes = np.flatnonzero(np.abs(days) > ROUNDING)
    return nodes, days[nodes]
