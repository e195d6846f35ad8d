"""The plan after a change: only what lies downstream of it is computed anew, and only while days move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from math import inf, isnan

from mainstay.engine.network.graph import CycleError, Link, Network, refuse_stray
from mainstay.engine.network.planning import Plan, earliest, latest


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: new days by the number of a node, new, changed and removed links by their number.

    started: whether a node has begun, on its day `not_before`.
    """

    duration: Mapping[int, float] = field(default_factory=dict)
    not_before: Mapping[int, float] = field(default_factory=dict)
    due: Mapping[int, float] = field(default_factory=dict)
    started: Mapping[int, bool] = field(default_factory=dict)
    added: tuple[Link, ...] = ()
    changed: Mapping[int, Link] = field(default_factory=dict)
    removed: tuple[int, ...] = ()


def replan(plan: Plan, change: Change) -> Plan:
    """The same plan as of the whole changed network, by computing what the change touches.

    Early days spread from givers to takers and latest days back, in the order of the network, and stop where nothing
    moves. A changed link keeps its two nodes. The given plan stays as it was.

    Raises ValueError for nodes or links that are not there and for days that make no sense, and CycleError for a link
    that closes a cycle. Source: Pearce and Kelly, A dynamic topological sort algorithm (2006), for the order.

    >>> from mainstay.engine.network.planning import plan
    >>> before = plan(Network.of([5, 3, 1], [Link(0, 1)]))
    >>> after = replan(before, Change(duration={0: 6}))
    >>> before.early_start, after.early_start, after.touched
    ([0.0, 5.0, 0.0], [0.0, 6.0, 0.0], 2)
    """
    network = _changed(plan.network, change)
    ends = [*change.added, *(plan.network.links[number] for number in (*change.changed, *change.removed))]
    forward = {*change.duration, *change.not_before, *change.started, *(link.taker for link in ends)}
    resized = (*change.duration, *change.started)
    before = {network.links[number].giver for node in resized for number in network.into[node]}
    backward = {*change.due, *(link.giver for link in ends), *before}
    starts, finishes, moved = _spread_forward(plan, network, forward)
    limit, tail, also = _spread_backward(plan, network, backward)
    horizon = _horizon(plan, finishes, moved)
    return Plan(network, starts, finishes, limit, tail, horizon, len(moved | also))


def _spread_forward(plan: Plan, network: Network, seeds: set[int]) -> tuple[list[float], list[float], set[int]]:
    starts, finishes = list(plan.early_start), list(plan.early_finish)
    queue, seen = _queue(seeds, network.position, 1), set(seeds)
    while queue:
        node = heappop(queue)[1]
        found = earliest(network, node, finishes)
        if found == (starts[node], finishes[node]):
            continue
        starts[node], finishes[node] = found
        _push(queue, seen, (network.links[number].taker for number in network.out[node]), network.position, 1)
    return starts, finishes, seen


def _spread_backward(plan: Plan, network: Network, seeds: set[int]) -> tuple[list[float], list[float], set[int]]:
    limit, tail = list(plan.limit), list(plan.tail)
    queue, seen = _queue(seeds, network.position, -1), set(seeds)
    while queue:
        node = heappop(queue)[1]
        found = latest(network, node, limit, tail)
        if found == (limit[node], tail[node]):
            continue
        limit[node], tail[node] = found
        _push(queue, seen, (network.links[number].giver for number in network.into[node]), network.position, -1)
    return limit, tail, seen


def _queue(nodes: set[int], position: list[int], sign: int) -> list[tuple[int, int]]:
    queue = [(sign * position[node], node) for node in nodes]
    heapify(queue)
    return queue


def _push(queue: list[tuple[int, int]], seen: set[int], nodes: Iterable[int], position: list[int], sign: int) -> None:
    """Each node is computed once: all it depends on comes before it in the queue."""
    for node in nodes:
        if node not in seen:
            seen.add(node)
            heappush(queue, (sign * position[node], node))


def _horizon(plan: Plan, finishes: list[float], moved: set[int]) -> float:
    """The last finish; all are looked at only where the last one moved to an earlier day."""
    latest_moved = max((finishes[node] for node in moved), default=-inf)
    if latest_moved >= plan.horizon:
        return latest_moved
    if any(plan.early_finish[node] == plan.horizon for node in moved):
        return max(finishes)
    return plan.horizon


def _changed(network: Network, change: Change) -> Network:
    """The network after a change; lists that stay the same are shared."""
    duration = _with(network.duration, change.duration)
    not_before, due = _with(network.not_before, change.not_before), _with(network.due, change.due)
    started = _with(network.started, change.started)
    _refuse(change)
    if not (change.added or change.changed or change.removed):
        return replace(network, duration=duration, not_before=not_before, due=due, started=started)
    links, out, into, position = list(network.links), list(network.out), list(network.into), list(network.position)
    for number in change.removed:
        _unjoin(links[number], number, out, into)
    for number, link in change.changed.items():
        if (link.giver, link.taker) != (links[number].giver, links[number].taker):
            raise ValueError("A changed link keeps its nodes; remove it and add another.")
        refuse_stray(link, len(network))
        links[number] = link
    for link in change.added:
        refuse_stray(link, len(network))
        _make_room(links, out, into, position, link)
        out[link.giver] = [*out[link.giver], len(links)]
        into[link.taker] = [*into[link.taker], len(links)]
        links.append(link)
    return Network(duration, not_before, due, started, links, out, into, position)


def _with[Value: (float, bool)](values: list[Value], changes: Mapping[int, Value]) -> list[Value]:
    if not changes:
        return values
    if any(not 0 <= node < len(values) or isnan(value) for node, value in changes.items()):
        raise ValueError("A change names a node that is there and a day that is known.")
    found = list(values)
    for node, value in changes.items():
        found[node] = value
    return found


def _refuse(change: Change) -> None:
    if any(not 0 <= days < inf for days in change.duration.values()):
        raise ValueError("A duration is not below zero and ends.")
    if any(abs(day) == inf for day in change.not_before.values()):
        raise ValueError("An earliest start is a day.")


def _unjoin(link: Link, number: int, out: list[list[int]], into: list[list[int]]) -> None:
    if number not in out[link.giver]:
        raise ValueError("A link that is removed is there.")
    out[link.giver] = [each for each in out[link.giver] if each != number]
    into[link.taker] = [each for each in into[link.taker] if each != number]


def _make_room(
    links: list[Link], out: list[list[int]], into: list[list[int]], position: list[int], link: Link
) -> None:
    """Move positions so that the giver comes before the taker; only nodes between the two move."""
    low, high = position[link.taker], position[link.giver]
    if high < low:
        return
    ahead = _reach(link.taker, lambda node: [links[number].taker for number in out[node]], position, low, high)
    if link.giver in ahead:
        raise CycleError(_path(ahead, link.giver))
    behind = _reach(link.giver, lambda node: [links[number].giver for number in into[node]], position, low, high)
    nodes = [*sorted(behind, key=position.__getitem__), *sorted(ahead, key=position.__getitem__)]
    for node, place in zip(nodes, sorted(position[node] for node in nodes), strict=True):
        position[node] = place


def _reach(
    start: int, following: Callable[[int], list[int]], position: list[int], low: int, high: int
) -> dict[int, int | None]:
    """What is reached from a node within a stretch of positions, each with the node it was reached from."""
    found: dict[int, int | None] = {start: None}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        fresh = [other for other in following(node) if other not in found and low <= position[other] <= high]
        found.update(dict.fromkeys(fresh, node))
        waiting.extend(fresh)
    return found


def _path(reached: dict[int, int | None], end: int) -> tuple[int, ...]:
    found, node = [end], reached[end]
    while node is not None:
        found.append(node)
        node = reached[node]
    return tuple(reversed(found))
