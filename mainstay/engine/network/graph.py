"""Work and what it waits for, across all projects of a portfolio."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from typing import Self

import numpy as np
from numpy.typing import ArrayLike


class CycleError(ValueError):
    """Work that waits for itself; `nodes` along the cycle, each waiting for the one before, the least first."""

    def __init__(self, nodes: tuple[int, ...]) -> None:
        first = nodes.index(min(nodes))
        self.nodes = (*nodes[first:], *nodes[:first])
        around = " → ".join(str(node) for node in (*self.nodes, self.nodes[0]))
        super().__init__(f"Work waits for itself: {around}.")


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of work waits for another: `taker` begins `lag` days after `giver` ends, or later.

    lag: below zero for a lead. giving: the day promised by the giver. needing: the day on which the taker needs it.
    """

    giver: int
    taker: int
    lag: float = 0.0
    giving: float = nan
    needing: float = nan


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Projects, work packages and milestones as nodes 0, 1, ..., joined by finish-to-start links 0, 1, ...

    duration, not_before, due: (nodes,) days, and days since a common origin; due is inf where nothing is agreed.
    A node that lasts 5 days from day 3 ends at 8. started: (nodes,) whether it has begun, on the day `not_before`:
    then it waits for nobody. links: all ever added. out, into: (nodes,) the numbers of the links that hold.
    position: (nodes,) a place in an order in which givers come before takers. Lists are never changed; use `of` and
    `replan`.
    """

    duration: list[float]
    not_before: list[float]
    due: list[float]
    started: list[bool]
    links: list[Link]
    out: list[list[int]]
    into: list[list[int]]
    position: list[int]

    @classmethod
    def of(
        cls,
        duration: ArrayLike,
        links: list[Link] | None = None,
        not_before: ArrayLike = 0.0,
        due: ArrayLike = inf,
        started: ArrayLike = False,
    ) -> Self:
        """From durations (nodes,), links, earliest starts, due days and what has begun, (nodes,) or one for all.

        Raises ValueError for durations below zero, days that are not known, links to nodes that are not there, and
        CycleError for work that waits for itself.

        >>> Network.of([5, 3], [Link(0, 1, lag=2)]).position
        [0, 1]
        """
        lasting = np.asarray(duration, dtype=np.float64)
        nodes, wanted = len(lasting), list(links or [])
        earliest, latest = (np.broadcast_to(np.asarray(each, np.float64), (nodes,)) for each in (not_before, due))
        _refuse_days(lasting.tolist(), earliest.tolist(), latest.tolist())
        begun = np.broadcast_to(np.asarray(started, dtype=np.bool_), (nodes,)).tolist()
        out: list[list[int]] = [[] for _ in range(nodes)]
        into: list[list[int]] = [[] for _ in range(nodes)]
        for number, link in enumerate(wanted):
            refuse_stray(link, nodes)
            out[link.giver].append(number)
            into[link.taker].append(number)
        position = _ordered(wanted, out, into)
        return cls(lasting.tolist(), earliest.tolist(), latest.tolist(), begun, wanted, out, into, position)

    def __len__(self) -> int:
        return len(self.duration)


def refuse_stray(link: Link, nodes: int) -> None:
    """Raise ValueError for a link to a strange node or with an endless lag, CycleError for one to itself."""
    if not (0 <= link.giver < nodes and 0 <= link.taker < nodes) or not isfinite(link.lag):
        raise ValueError("A link joins two nodes that are there, with a lag that is known.")
    if link.giver == link.taker:
        raise CycleError((link.giver,))


def _refuse_days(duration: list[float], not_before: list[float], due: list[float]) -> None:
    if not all(0 <= days < inf for days in duration):
        raise ValueError("A duration is known, not below zero, and ends.")
    if not all(isfinite(day) for day in not_before) or any(isnan(day) or day == -inf for day in due):
        raise ValueError("Earliest starts are known, and due days are, or are inf for none.")


def _ordered(links: list[Link], out: list[list[int]], into: list[list[int]]) -> list[int]:
    """(nodes,) positions with givers before takers, by Kahn's method (1962)."""
    waiting = [len(numbers) for numbers in into]
    ready = deque(node for node, count in enumerate(waiting) if count == 0)
    position, placed = [-1] * len(into), 0
    while ready:
        node = ready.popleft()
        position[node] = placed
        placed += 1
        for number in out[node]:
            taker = links[number].taker
            waiting[taker] -= 1
            if waiting[taker] == 0:
                ready.append(taker)
    if placed < len(into):
        raise CycleError(_cycle(links, into, position))
    return position


def _cycle(links: list[Link], into: list[list[int]], position: list[int]) -> tuple[int, ...]:
    """A cycle among the nodes that could not be placed: each of these waits for another such."""
    node = next(number for number, place in enumerate(position) if place < 0)
    seen: dict[int, int] = {}
    while node not in seen:
        seen[node] = len(seen)
        node = next(links[number].giver for number in into[node] if position[links[number].giver] < 0)
    walked = list(seen)[seen[node] :]
    return tuple(reversed(walked))
