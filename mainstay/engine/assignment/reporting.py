"""From a plan to the answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.assignment.answer import Assigned, Assignment, Reason, Status, Unfilled
from mainstay.engine.assignment.pairs import able_people
from mainstay.engine.assignment.plan import Plan
from mainstay.engine.assignment.staffing import Staffing
from mainstay.engine.linear import Effort

Booleans = NDArray[np.bool_]

DECIMALS = 4  # of an hour
LEAST = 0.01  # fewer hours are not reported as missing


def answer_of(staffing: Staffing, plan: Plan, bound: float, effort: Effort, *, optimal: bool) -> Assignment:
    """The answer that a plan is, with what it leaves open."""
    status: Status = "optimal" if optimal else "feasible"
    whole = plan.pairs.wanted.sum()
    return Assignment(
        status=status,
        objective=plan.objective,
        bound=max(bound, plan.objective),
        seconds=effort.elapsed,
        seed=effort.seed,
        assigned=tuple(_assigned(staffing, plan)),
        unfilled=tuple(_unfilled(staffing, plan)),
        covered=float(1 - plan.wanted.sum() / whole) if whole > 0 else 1.0,
    )


def _assigned(staffing: Staffing, plan: Plan) -> Iterator[Assigned]:
    known = plan.pairs
    for pair in plan.joined().tolist():
        hours = tuple(np.round(plan.hours[pair], DECIMALS).tolist())
        yield Assigned(staffing.people[known.person[pair]].id, staffing.needs[known.need[pair]].id, hours)


def _unfilled(staffing: Staffing, plan: Plan) -> Iterator[Unfilled]:
    on_project = _on_project(staffing, plan)
    has_hours, has_slot = plan.free > LEAST, plan.slots > 0
    for number, able in able_people(staffing):
        need = staffing.needs[number]
        could = able & has_hours & (has_slot | on_project[need.project])
        for period in np.flatnonzero(plan.wanted[number] > LEAST).tolist():
            reason = _reason(able[:, period], could[:, period])
            yield Unfilled(need.id, period, round(float(plan.wanted[number, period]), DECIMALS), reason)


def _reason(able: Booleans, could: Booleans) -> Reason:
    if not able.any():
        return "nobody_has_it"
    return "not_worth_it" if could.any() else "nobody_free"


def _on_project(staffing: Staffing, plan: Plan) -> dict[str, Booleans]:
    """(people, periods) for each project: who is on it."""
    people = {person.id: row for row, person in enumerate(staffing.people)}
    found = {need.project: np.zeros(plan.free.shape, dtype=bool) for need in staffing.needs}
    for each in staffing.booked:
        if each.project in found:
            found[each.project][people[each.person]] |= np.array(each.hours) > 0
    for pair in plan.joined().tolist():
        project = staffing.needs[plan.pairs.need[pair]].project
        found[project][plan.pairs.person[pair]] |= plan.hours[pair] > 0
    return found
