"""The best assignment of a tiny question by trying every set of people who join, with whole hours.

Once it is settled who joins and who is on which project, the periods are transport problems, whose best answers are
whole numbers where all figures are.
"""

from itertools import product

import numpy as np

from benchmarks.check_assignment import _able
from mainstay.engine.assignment import Staffing


def best_objective(staffing: Staffing) -> float:
    """The objective no assignment can pass."""
    pairs = list(product(range(len(staffing.people)), range(len(staffing.needs))))
    booked = {(each.person, each.need) for each in staffing.booked}
    charge = np.array(
        [0.0 if (staffing.people[p].id, staffing.needs[n].id) in booked else staffing.joining for p, n in pairs]
    )
    tables = [_values(staffing, pairs, period) for period in range(staffing.periods)]
    best = 0.0
    for joined in product([False, True], repeat=len(pairs)):
        value = -charge[list(joined)].sum()
        for used, worth in tables:
            value += worth[~(used & ~np.array(joined)).any(axis=1)].max()
        best = max(best, value)
    return best


def _values(staffing: Staffing, pairs: list, period: int):
    """Which pairs are used, and the worth, of every way to give whole hours in a period."""
    free, wanted, on = _open(staffing, period)
    most = [
        int(min(free[p], wanted[n])) if _able(staffing.people[p], staffing.needs[n], period) else 0 for p, n in pairs
    ]
    ways = np.array(list(product(*(range(each + 1) for each in most))), dtype=float)
    keeps = np.ones(len(ways), dtype=bool)
    for person in range(len(staffing.people)):
        own = [number for number, pair in enumerate(pairs) if pair[0] == person]
        keeps &= ways[:, own].sum(axis=1) <= free[person]
        keeps &= _within_slots(staffing, pairs, own, ways, person, on)
    for need in range(len(staffing.needs)):
        keeps &= ways[:, [number for number, pair in enumerate(pairs) if pair[1] == need]].sum(axis=1) <= wanted[need]
    gain = np.array([staffing.needs[n].worth - staffing.people[p].cost for p, n in pairs])
    return ways[keeps] > 0, ways[keeps] @ gain


def _within_slots(staffing: Staffing, pairs: list, own: list, ways, person: int, on: dict):
    most = staffing.people[person].most_projects
    if most is None:
        return np.ones(len(ways), dtype=bool)
    there = on.get(staffing.people[person].id, set())
    fresh = {staffing.needs[pairs[number][1]].project for number in own} - there
    count = np.zeros(len(ways))
    for project in fresh:
        columns = [number for number in own if staffing.needs[pairs[number][1]].project == project]
        count += (ways[:, columns] > 0).any(axis=1)
    return count <= max(0, most - len(there))


def _open(staffing: Staffing, period: int):
    free = {person.id: person.hours[period] for person in staffing.people}
    wanted = {need.id: need.hours[period] for need in staffing.needs}
    on: dict = {}
    for each in staffing.booked:
        free[each.person] -= each.hours[period]
        if each.hours[period] > 0:
            on.setdefault(each.person, set()).add(each.project)
        if each.need is not None:
            wanted[each.need] -= each.hours[period]
    return [max(0, each) for each in free.values()], [max(0, each) for each in wanted.values()], on
