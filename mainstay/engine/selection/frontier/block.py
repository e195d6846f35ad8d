"""Neighbouring points of a frontier, whose bounds are worked out together."""

from __future__ import annotations

from mainstay.engine.selection.frontier.line import Line
from mainstay.engine.selection.reuse.cuts import root_cuts
from mainstay.engine.selection.reuse.tree import Tree
from mainstay.engine.selection.reuse.warm import WarmRelaxation
from mainstay.engine.selection.solver import Effort

_CASES = 40  # told apart for one point at a time
_WORTH_A_TREE = 1.35  # times the gap asked for


class Block:
    """Neighbouring places with one warm relaxation and one tree of cases; cuts are those of the largest amount."""

    def __init__(self, line: Line, places: list[int], effort: Effort) -> None:
        self._line = line
        self._places = places
        self._effort = effort
        self._relaxation = WarmRelaxation(line.places[places[0]].program, effort)
        self._tree = Tree(self._relaxation)

    def relax(self, *, with_cuts: bool) -> None:
        """The bound of each place by the relaxation."""
        if with_cuts and not self._effort.is_over:
            self._relaxation.add(root_cuts(self._line.places[self._places[0]].program, self._effort))
        for nth in self._places:
            place = self._line.places[nth]
            place.relaxed = None if self._effort.is_over else self._relaxation.solve(place.program)
            if place.relaxed is not None and place.relaxed.is_impossible:
                self._line.rule_out(nth)
            elif place.relaxed is not None:
                self._line.bound(nth, place.relaxed.worth * place.program.unit)

    def tighten(self, gap: float, effort: Effort) -> None:
        """A lower bound for each place that is nearly settled."""
        for nth in self._places:
            place = self._line.places[nth]
            if place.is_settled(gap) or place.gap > _WORTH_A_TREE * gap or effort.is_over:
                continue
            target = (place.worth + gap * abs(place.worth)) / place.program.unit
            self._line.bound(nth, self._tree.bound(place.program, target, _CASES, effort) * place.program.unit)
