"""The days of 10,000 projects, packages and milestones after a change: what it touches against everything anew.

    uv run python -m benchmarks.network [NODES]

400 projects of 25 nodes each, in which a node waits for one or two earlier ones; every project waits for two nodes of
other projects. 300 changes one after another: a longer or shorter duration, a due day, a new link. Seconds are of the
processor in one thread, the median over the changes; every tenth plan is compared with one computed anew.
"""

import random
import statistics
import sys
import time

from mainstay.engine.network import Change, CycleError, Link, Network, Plan, plan, replan

PROJECT = 25
CHANGES = 300
ACROSS = 2


def main(words: list[str]) -> int:
    """Measure and compare; 0 when a change is at least ten times as fast as planning anew."""
    nodes = int(words[0]) if words else 10_000
    dice = random.Random(7)  # noqa: S311
    network = _network(dice, nodes)
    whole = statistics.median(_timed(lambda: plan(network))[0] for _ in range(5))
    found, seconds, touched = plan(network), [], []
    for number in range(CHANGES):
        before, change = found, _change(dice, number, nodes)
        taken, found = _timed(lambda before=before, change=change: _after(before, change))
        seconds.append(taken)
        touched.append(found.touched)
        if number % 10 == 0:
            _compare(found)
    usual = statistics.median(seconds)
    print(f"{nodes} nodes, {len(network.links)} links, {CHANGES} changes")
    print(f"everything anew      {1000 * whole:8.2f} ms")
    print(f"after a change       {1000 * usual:8.3f} ms   (median; {1000 * max(seconds):.2f} ms at most)")
    print(f"nodes touched        {statistics.median(touched):8.0f}      (median; {max(touched)} at most)")
    print(f"times as fast        {whole / usual:8.0f}")
    return 0 if whole >= 10 * usual else 1


def _network(dice: random.Random, nodes: int) -> Network:
    links = []
    for node in range(nodes):
        place = node % PROJECT
        givers = dice.sample(range(max(0, place - 5), place), min(place, dice.randint(1, 2)))
        links += [Link(node - place + giver, node, dice.choice((0, 0, 2))) for giver in givers]
    for first in range(PROJECT, nodes, PROJECT):
        links += [
            Link(dice.randrange(max(0, first - 1000), first), first + dice.randrange(PROJECT)) for _ in range(ACROSS)
        ]
    return Network.of([float(dice.randint(0, 20)) for _ in range(nodes)], links)


def _change(dice: random.Random, number: int, nodes: int) -> Change:
    node = dice.randrange(nodes)
    if number % 3 == 0:
        return Change(duration={node: float(dice.randint(0, 30))})
    if number % 3 == 1:
        return Change(due={node: float(dice.randint(100, 2000))})
    other = min(nodes - 1, node + dice.randint(1, 500))
    return Change(added=(Link(node, other),) if node < other else ())


def _after(before: Plan, change: Change) -> Plan:
    try:
        return replan(before, change)
    except CycleError:
        return before


def _compare(found: Plan) -> None:
    """Stop when the plan is not that of the whole network."""
    network = found.network
    anew = plan(Network.of(network.duration, network.links, network.not_before, network.due))
    same = (found.early_finish, found.limit, found.tail) == (anew.early_finish, anew.limit, anew.tail)
    if not same or found.horizon != anew.horizon:
        raise SystemExit("The plan after a change is not the plan of the changed network.")


def _timed(work) -> tuple[float, Plan]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
