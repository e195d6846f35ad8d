"""Adding up a chunk: what all projects together come to in every period, and who the uncertainty comes from.

With a whole number of periods late, amounts by period are a few matrix products: the amounts on time, and for each
delay the change it makes, times the factors of those who are at least so late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mainstay.engine.simulation.chunk import CHUNK
from mainstay.engine.simulation.draws import Block
from mainstay.engine.simulation.model import Model, Scenario
from mainstay.engine.simulation.normal import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """Flows that share all their uncertainty, for all scenarios.

    changes: for each delay (rows, projects), rows by scenario, flow and period; those on time first, with the totals
    by scenario and flow below.
    """

    flows: tuple[str, ...]
    changes: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over a chunk that give variances and covariances of factors and totals, project by project.

    factors: (strands, projects); squares: (strands, strands, projects); beside: (strands, projects, totals).
    """

    factors: Floats
    squares: Floats
    beside: Floats


class Adder:
    """Adds up the chunks of a model into one table of draws; safe to use from several threads."""

    def __init__(self, model: Model, scenarios: Sequence[Scenario], draws: int) -> None:
        self.model = model
        self.scenarios = tuple(scenarios)
        self.draws = draws
        self.strands = _strands(model, self.scenarios)
        self.tables = [np.empty((len(strand.changes[0]), draws)) for strand in self.strands]
        self.centre = _expected_totals(self)

    def add(self, block: Block, chunk: int) -> Moments:
        """Put the sums of a chunk into the table; gives what is needed of it later."""
        first, count = chunk * CHUNK, min(CHUNK, self.draws - chunk * CHUNK)
        drawn = [block.factors[strand.flows[0]] for strand in self.strands]
        for strand, factors, table in zip(self.strands, drawn, self.tables, strict=True):
            table[:, first : first + count] = _added(strand, factors, block)[:, :count]
        totals = np.concatenate([self.totals(nth, first, count) for nth in range(len(self.strands))])
        return _moments([each[:, :count] for each in drawn], totals - self.centre)

    def totals(self, strand: int, first: int = 0, count: int | None = None) -> Floats:
        """The totals (scenarios x flows, draws) of a strand, of some draws or of all."""
        rows = len(self.scenarios) * len(self.strands[strand].flows)
        return self.tables[strand][-rows:, first : self.draws if count is None else first + count]

    def by_period(self, strand: int, scenario: int, flow: int) -> Floats:
        """The amounts (periods, draws) of one flow in one scenario."""
        start = (scenario * len(self.strands[strand].flows) + flow) * self.model.periods
        return self.tables[strand][start : start + self.model.periods]


def _strands(model: Model, scenarios: tuple[Scenario, ...]) -> tuple[Strand, ...]:
    hit = {event.flow for event in model.events}
    groups: dict[tuple[str, str], list[str]] = {}
    for flow in model.flows:
        groups.setdefault((flow.input, flow.name if flow.name in hit else ""), []).append(flow.name)
    return tuple(_strand(model, scenarios, tuple(names)) for names in groups.values())


def _strand(model: Model, scenarios: tuple[Scenario, ...], names: tuple[str, ...]) -> Strand:
    shifted = [
        np.concatenate([_moved(model, scenario, name, late) for scenario in scenarios for name in names])
        for late in range(model.most_late + 1)
    ]
    totals = [
        (model.flow(name).amounts.sum(axis=1) * scenario.chosen)[None] for scenario in scenarios for name in names
    ]
    changes = [later - sooner for sooner, later in pairwise(shifted)]
    return Strand(names, (np.concatenate([shifted[0], *totals]), *changes))


def _moved(model: Model, scenario: Scenario, name: str, late: int) -> Floats:
    """The amounts (periods, projects) of a flow when every project is so late in a scenario."""
    amounts = model.flow(name).amounts
    starts = np.zeros(len(amounts), dtype=np.intp) if scenario.starts is None else np.array(scenario.starts)
    columns = np.arange(model.periods)[:, None] - starts - late
    is_there = (columns >= 0) & (columns < amounts.shape[1])
    found = amounts[np.arange(len(amounts)), np.clip(columns, 0, amounts.shape[1] - 1)]
    return np.where(is_there, found, 0.0) * scenario.chosen


def _added(strand: Strand, factors: Floats, block: Block) -> Floats:
    """Sums over the projects (rows, draws) of one strand."""
    sums: Floats = strand.changes[0] @ factors
    for change, late in zip(strand.changes[1:], block.late, strict=True):
        sums[: len(change)] += change @ np.multiply(factors, late, out=block.spare)
    return sums


def _moments(drawn: list[Floats], aside: Floats) -> Moments:
    """Sums of factors (projects, draws), of their products, and of their products with totals (totals, draws)."""
    pairs = range(len(drawn))
    squares = np.zeros((len(drawn), len(drawn), len(drawn[0])))
    for one in pairs:
        for other in range(one + 1):
            squares[one, other] = squares[other, one] = np.einsum("pd,pd->p", drawn[one], drawn[other])
    return Moments(
        np.array([each.sum(axis=1) for each in drawn]), squares, np.array([each @ aside.T for each in drawn])
    )


def _expected_totals(adder: Adder) -> Floats:
    """Totals when every factor is as estimated (totals, 1): sums of differences from them lose no digits."""
    rows = []
    for strand in adder.strands:
        height = len(adder.scenarios) * len(strand.flows)
        rows.append(strand.changes[0][-height:].sum(axis=1, keepdims=True))
    return np.concatenate(rows)
