"""The order of nodes in their lanes: barycentre sweeps, then swaps of neighbours, the best order kept.

Source: Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures (1981);
the swaps are the transposition step of Gansner et al., A technique for drawing directed graphs (1993).
"""

from mainstay.engine.layout.crossings import crossed, crossings
from mainstay.engine.layout.layers import Lanes, Layers

ROUNDS = 24
SWAP_ROUNDS = 8


def best_order(layers: Layers, keep_order: bool) -> Lanes:
    """The order with fewest crossings that was found; `keep_order` lets only stand-ins move between real nodes.

    Deterministic: equal nodes keep the order in which they came, in every second round the reverse of it.
    """
    lanes = [list(lane) for lane in layers.lanes]
    best, fewest = [list(lane) for lane in lanes], crossings(layers, lanes)
    for turn in range(ROUNDS):
        if fewest == 0:
            break
        _sweep(layers, lanes, turn, keep_order)
        _swap_neighbours(layers, lanes, keep_order)
        found = crossings(layers, lanes)
        if found < fewest:
            best, fewest = [list(lane) for lane in lanes], found
    return best


def _sweep(layers: Layers, lanes: Lanes, turn: int, keep_order: bool) -> None:
    forward = turn % 2 == 0
    walk = range(1, len(lanes)) if forward else range(len(lanes) - 2, -1, -1)
    for number in walk:
        anchor = lanes[number - 1] if forward else lanes[number + 1]
        neighbours = layers.before if forward else layers.after
        lanes[number] = _by_barycentre(layers, lanes[number], anchor, neighbours, turn % 4 >= 2)
        if keep_order:
            lanes[number] = _with_given_order(layers, lanes[number])


def _by_barycentre(
    layers: Layers, lane: list[int], anchor: list[int], neighbours: list[list[int]], is_reversed: bool
) -> list[int]:
    """A lane sorted by the mean place of each node's neighbours; a node without any stays about where it is."""
    place = {node: (index + 0.5) / len(anchor) for index, node in enumerate(anchor)}
    wanted = {}
    for index, node in enumerate(lane):
        ends = [place[other] for other in neighbours[node]]
        wanted[node] = sum(ends) / len(ends) if ends else (index + 0.5) / len(lane)
    first = lane[::-1] if is_reversed else lane
    return sorted(first, key=lambda node: wanted[node])


def _with_given_order(layers: Layers, lane: list[int]) -> list[int]:
    """The same lane with its real nodes in the order given, in the places that real nodes have."""
    real = iter(sorted(node for node in lane if layers.is_real(node)))
    return [next(real) if layers.is_real(node) else node for node in lane]


def _swap_neighbours(layers: Layers, lanes: Lanes, keep_order: bool) -> None:
    for _ in range(SWAP_ROUNDS):
        saved = [_swap_in(layers, lanes, number, keep_order) for number in range(len(lanes))]
        if not any(saved):
            return


def _swap_in(layers: Layers, lanes: Lanes, number: int, keep_order: bool) -> bool:
    """Swap neighbours of one lane where that saves crossings; whether it did."""
    lane, changed = lanes[number], False
    ends = [_ends(layers.before, lane, lanes[number - 1] if number else [])]
    ends.append(_ends(layers.after, lane, lanes[number + 1] if number + 1 < len(lanes) else []))
    for index in range(len(lane) - 1):
        left, right = lane[index], lane[index + 1]
        if keep_order and layers.is_real(left) and layers.is_real(right):
            continue
        now = sum(crossed(side[left], side[right]) for side in ends)
        if sum(crossed(side[right], side[left]) for side in ends) < now:
            lane[index], lane[index + 1] = right, left
            changed = True
    return changed


def _ends(neighbours: list[list[int]], lane: list[int], other: list[int]) -> dict[int, list[int]]:
    place = {node: index for index, node in enumerate(other)}
    return {node: sorted(place[end] for end in neighbours[node]) for node in lane}
