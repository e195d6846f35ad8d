"""Risks that happen or do not, and what they add to the factors of their projects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.model import Event, Model
from mainstay.engine.simulation.normal import Floats
from mainstay.engine.simulation.tables import Table

Rows = NDArray[np.intp]
Hits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Events of one flow, at most one a project: which of the flow's events, and the rows of their projects."""

    events: slice
    rows: Rows | slice


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """The events of one flow.

    probabilities: (events, 1). totals: (events, 1) what the flow of the project comes to. impacts: their tables.
    fixed: (events, 1) their impact as a share of the total where every impact is certain, else None.
    """

    groups: tuple[Group, ...]
    probabilities: Floats
    totals: Floats
    impacts: Table
    fixed: Floats | None

    @classmethod
    def of(cls, model: Model, flow: str) -> Events | None:
        """The events of a flow, in groups in which no project appears twice; None where there is none."""
        groups = _grouped([each for each in model.events if each.flow == flow])
        if not groups:
            return None
        place = {name: row for row, name in enumerate(model.projects)}
        events = [each for group in groups for each in group]
        totals = model.flow(flow).amounts.sum(axis=1)[[place[each.project] for each in events], None]
        is_fixed = all(each.impact.deviation == 0 for each in events)
        return cls(
            groups=tuple(_placed(groups, place)),
            probabilities=np.array([[each.probability] for each in events]),
            totals=totals,
            impacts=Table.of(tuple(each.impact for each in events)),
            fixed=np.array([[each.impact.mean] for each in events]) / totals if is_fixed else None,
        )

    def happen(self, factors: Floats, hits: Hits, impacts: np.random.Generator, added: Floats) -> None:
        """Add to the factors (projects, draws) what happens (events, draws); `added` is room for as many numbers."""
        np.multiply(hits, self._impact(hits, impacts), out=added)
        for group in self.groups:
            factors[group.rows] += added[group.events]

    def _impact(self, hits: Hits, impacts: np.random.Generator) -> Floats:
        if self.fixed is not None:
            return self.fixed
        drawn = np.zeros(hits.shape)
        which = np.nonzero(hits)[0]
        drawn[hits] = self.impacts.read(which, impacts.standard_normal(len(which)))
        return np.asarray(drawn / self.totals)


def _grouped(events: list[Event]) -> list[list[Event]]:
    """The first events of all projects, the second ones, and so on."""
    seen: dict[str, int] = {}
    groups: list[list[Event]] = []
    for event in events:
        nth = seen.get(event.project, 0)
        seen[event.project] = nth + 1
        if nth == len(groups):
            groups.append([])
        groups[nth].append(event)
    return groups


def _placed(groups: list[list[Event]], place: dict[str, int]) -> list[Group]:
    placed, first = [], 0
    for group in groups:
        rows = [place[each.project] for each in group]
        is_whole = rows == list(range(len(place)))
        placed.append(Group(slice(first, first + len(rows)), slice(None) if is_whole else np.array(rows)))
        first += len(rows)
    return placed
