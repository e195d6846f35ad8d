"""Earliest and latest days of all work, slack, and the chain that decides the end."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.network.graph import Network

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The days of a network, in days since its origin; lists are (nodes,) and never changed.

    early_start, early_finish: as soon as givers and earliest starts allow. limit: the latest finish that keeps every
    due and needing day downstream, inf where there is none. tail: days of the longest chain that follows. horizon:
    the last early finish of all. touched: how many nodes were computed for this plan.
    """

    network: Network
    early_start: list[float]
    early_finish: list[float]
    limit: list[float]
    tail: list[float]
    horizon: float
    touched: int

    @property
    def late_finish(self) -> Floats:
        """(nodes,) the latest finish that keeps due and needing days and moves the horizon not at all."""
        return np.asarray(np.minimum(np.array(self.limit), self.horizon - np.array(self.tail)))

    @property
    def slack(self) -> Floats:
        """(nodes,) days by which each may slip; below zero where a due or needing day is missed already."""
        return np.asarray(self.late_finish - np.array(self.early_finish))

    @property
    def is_critical(self) -> Booleans:
        """(nodes,) whether there is no slack."""
        return np.asarray(self.slack <= ROUNDING)

    def free_slack(self, node: int) -> float:
        """Days by which a node may slip before any taker slips; to the horizon where nobody waits for it."""
        links = [self.network.links[number] for number in self.network.out[node]]
        waiting = [link for link in links if not self.network.started[link.taker]]
        room = [self.early_start[link.taker] - link.lag for link in waiting]
        return min(room, default=self.horizon) - self.early_finish[node]


def plan(network: Network) -> Plan:
    """The days of all work: one pass from givers to takers, one back.

    Source: Kelley and Walker, critical path method (1959).

    >>> from mainstay.engine.network.graph import Link
    >>> found = plan(Network.of([5, 3, 1], [Link(0, 1, lag=2)]))
    >>> found.early_start, found.slack.tolist()
    ([0.0, 7.0, 0.0], [0.0, 0.0, 9.0])
    """
    order = sorted(range(len(network)), key=network.position.__getitem__)
    starts, finishes = list(network.not_before), [0.0] * len(network)
    for node in order:
        starts[node], finishes[node] = earliest(network, node, finishes)
    limit, tail = list(network.due), [0.0] * len(network)
    for node in reversed(order):
        limit[node], tail[node] = latest(network, node, limit, tail)
    return Plan(network, starts, finishes, limit, tail, max(finishes, default=0.0), len(network))


def earliest(network: Network, node: int, finishes: list[float]) -> tuple[float, float]:
    """Start and finish of a node whose givers' finishes are known."""
    start, links = network.not_before[node], network.links
    if network.started[node]:
        return start, start + network.duration[node]
    for number in network.into[node]:
        link = links[number]
        ready = finishes[link.giver] + link.lag
        start = max(ready, start)
    return start, start + network.duration[node]


def latest(network: Network, node: int, limit: list[float], tail: list[float]) -> tuple[float, float]:
    """Latest finish by dates and the length of what follows, for a node whose takers are known."""
    last, longest, links, duration = network.due[node], 0.0, network.links, network.duration
    for number in network.out[node]:
        link = links[number]
        if not isnan(link.needing):
            last = min(last, link.needing - link.lag)
        if network.started[link.taker]:
            continue
        lasting = link.lag + duration[link.taker]
        last = min(last, limit[link.taker] - lasting)
        longest = max(longest, lasting + tail[link.taker])
    return last, longest


def chain(plan: Plan, node: int) -> list[int]:
    """Why a node starts when it does: the nodes that decide it, first to last, the node itself at the end.

    >>> from mainstay.engine.network.graph import Link
    >>> chain(globals()["plan"](Network.of([5, 3, 1, 2], [Link(0, 1), Link(2, 1), Link(1, 3)])), 3)
    [0, 1, 3]
    """
    network, found = plan.network, [node]
    while True:
        here = found[-1]
        givers = [
            network.links[number].giver
            for number in ([] if network.started[here] else network.into[here])
            if plan.early_finish[network.links[number].giver] + network.links[number].lag >= plan.early_start[here]
        ]
        if not givers:
            return found[::-1]
        found.append(givers[0])


def critical_path(plan: Plan) -> list[int]:
    """The chain that ends last, first to last; empty without nodes. The lowest number goes first between equals."""
    if not plan.early_finish:
        return []
    return chain(plan, plan.early_finish.index(plan.horizon))
