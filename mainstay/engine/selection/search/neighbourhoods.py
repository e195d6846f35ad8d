"""Which candidates to set free next: ways to choose a neighbourhood of the best plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mainstay.engine.selection.program import Booleans, Floats, Integers, Program
from mainstay.engine.selection.search.part import rows_of_entries
from mainstay.engine.selection.search.pool import Pool
from mainstay.engine.selection.search.relaxation import Relaxation

_FEW = 12  # candidates in a row that speaks of a rule between them
_TIGHT = 1e-3
_TOUCH = 1e-6
_HALF = 0.5
_OTHERWISE = 0.3
_CHEAPEST = 3
_SMOOTHING = 0.85
_LEAST = 0.25

Way = Callable[[Floats, int], Booleans]


class Neighbourhoods:
    """Chooses candidates to set free; ways that led to better plans are taken more often.

    A candidate is the group of its columns; columns of no group (overload, combinations) are always free.
    """

    def __init__(
        self,
        program: Program,
        relaxation: Relaxation,
        random: np.random.Generator,
        pool: Pool | None = None,
        leads: Sequence[Floats] = (),
    ) -> None:
        self._program = program
        self._relaxation = relaxation
        self._random = random
        self._pool = pool or Pool(program, random)
        self._leads = leads
        self._rows = rows_of_entries(program)
        self._groups = int(program.group.max(initial=-1)) + 1
        self._entry_groups = program.group[program.columns]
        self._closeness = self._close(relaxation)
        self._row_groups = self._groups_in_rows()
        self._promising = self._cheap_columns(relaxation)
        self._seen = relaxation.numbers > _TOUCH
        self._ways: list[Way] = [self._core, self._differing, self._tight_row]
        self._ways += [self._linked, self._shifted, self._known, self._between, self._leading]
        self._rate = np.zeros(len(self._ways))
        self._credit = np.ones(len(self._ways))

    @property
    def groups(self) -> int:
        """How many candidates there are."""
        return self._groups

    @property
    def ways(self) -> int:
        """How many ways to choose there are."""
        return len(self._ways)

    def choose(self) -> int:
        """A way to choose, by its place: half the time after what the proof leaves open, where it leads anywhere."""
        leading = self._ways.index(self._leading)
        share = np.where(np.arange(len(self._ways)) == leading, 0.0, self._credit)
        if self._leads and self._random.random() < _HALF:
            return leading
        return int(self._random.choice(len(self._ways), p=share / share.sum()))

    def free(self, way: int, numbers: Floats, size: int) -> Booleans:
        """The columns (n,) a way sets free around `numbers` for about `size` candidates."""
        self._seen |= numbers > _HALF
        wanted = self._ways[way](numbers, min(size, self._groups))
        return (wanted & (self._promising | self._seen)) | (self._program.group < 0)

    def kernel(self, size: int) -> Booleans:
        """So many columns (n,) that cost least to turn by the relaxation, and those of no candidate."""
        kernel = self._program.group < 0
        kernel[np.argsort(np.abs(self._relaxation.costs), kind="stable")[:size]] = True
        return kernel

    def spread(self, free: Booleans) -> float:
        """How much changing one of these columns (n,) usually costs by the relaxation."""
        costs = np.abs(self._relaxation.costs[free & (self._program.group >= 0)])
        return float(np.median(costs)) if len(costs) else 0.0

    def lead(self) -> Floats | None:
        """Numbers (n,) of an open case of the proof, None where there are none."""
        leads = list(self._leads)
        return leads[int(self._random.integers(len(leads)))] if leads else None

    def praise(self, way: int, gained: float, seconds: float) -> None:
        """Remember how much a way gained a second; the others are not forgotten."""
        self._rate[way] = _SMOOTHING * self._rate[way] + (1 - _SMOOTHING) * gained / max(seconds, 1e-3)
        highest = self._rate.max()
        self._credit = _LEAST + (self._rate / highest if highest > 0 else np.ones(len(self._ways)))

    def _close(self, relaxation: Relaxation) -> Floats:
        """How little changing a candidate costs by the relaxation (groups,)."""
        closest = np.full(self._groups, np.inf)
        member = self._program.group >= 0
        np.minimum.at(closest, self._program.group[member], np.abs(relaxation.costs[member]))
        return closest

    def _cheap_columns(self, relaxation: Relaxation) -> Booleans:
        """The few columns of each candidate that cost least by the relaxation, and their neighbours (n,)."""
        group, costs = self._program.group, np.abs(relaxation.costs)
        order = np.lexsort((costs, group))
        first = np.searchsorted(group[order], group[order])
        cheap = np.zeros(len(costs), dtype=np.bool_)
        cheap[order[np.arange(len(order)) - first < _CHEAPEST]] = True
        beside = np.zeros_like(cheap)
        same = group[1:] == group[:-1]
        beside[1:] |= cheap[:-1] & same
        beside[:-1] |= cheap[1:] & same
        return cheap | beside

    def _groups_in_rows(self) -> Integers:
        """In how many entries each row speaks of candidates (m,)."""
        return np.bincount(self._rows[self._entry_groups >= 0], minlength=len(self._program.row_lower))

    def _free(self, groups: Integers) -> Booleans:
        chosen = np.zeros(self._groups + 1, dtype=np.bool_)
        chosen[groups] = True
        chosen[self._groups] = False
        return chosen[self._program.group]

    def _by_closeness(self, among: Integers, size: int) -> Integers:
        """About `size` of the candidates given, rather those cheap to change, with some luck."""
        if len(among) <= size:
            return among
        order = among[np.argsort(self._closeness[among], kind="stable")]
        luck = self._random.exponential(1.0, len(order)) * (1 + np.arange(len(order)) / max(size, 1))
        return order[np.argsort(luck, kind="stable")[:size]]

    def _filled_up(self, some: Integers, size: int) -> Booleans:
        """These candidates and as many cheap ones as make up the size."""
        rest = np.setdiff1d(np.arange(self._groups), some)
        return self._free(np.concatenate([some, self._by_closeness(rest, size - len(some))]))

    def _core(self, numbers: Floats, size: int) -> Booleans:
        """Candidates the relaxation hardly cares about."""
        return self._free(self._by_closeness(np.arange(self._groups), size))

    def _differing(self, numbers: Floats, size: int) -> Booleans:
        """Candidates on which the plan and the relaxation disagree, filled up with cheap ones."""
        apart = np.abs(numbers - self._relaxation.numbers) > 0.1
        groups = np.unique(self._program.group[apart & (self._program.group >= 0)])
        return self._filled_up(self._random.permutation(groups)[: max(1, size * 2 // 3)], size)

    def _tight_row(self, numbers: Floats, size: int) -> Booleans:
        """Candidates that meet in a row with a price."""
        weight = np.abs(self._relaxation.prices) * (self._row_groups > 1)
        if weight.sum() <= _TIGHT:
            return self._core(numbers, size)
        row = int(self._random.choice(len(weight), p=weight / weight.sum()))
        meeting = np.unique(self._entry_groups[self._entries_of(row)])
        return self._filled_up(self._by_closeness(meeting[meeting >= 0], max(1, size * 3 // 4)), size)

    def _linked(self, numbers: Floats, size: int) -> Booleans:
        """Candidates tied to one another by rules, from a chance one outwards."""
        reached = np.zeros(self._groups, dtype=np.bool_)
        reached[self._random.integers(self._groups)] = True
        narrow = (self._row_groups[self._rows] <= self._narrow()) & (self._entry_groups >= 0)
        rows, groups = self._rows[narrow], self._entry_groups[narrow]
        while reached.sum() < size:
            touched = np.zeros(len(self._row_groups), dtype=np.bool_)
            touched[rows[reached[groups]]] = True
            more = np.setdiff1d(groups[touched[rows]], np.flatnonzero(reached))
            if not len(more):
                more = np.setdiff1d(self._by_closeness(np.arange(self._groups), size), np.flatnonzero(reached))[:4]
            if not len(more):
                break
            reached[self._random.permutation(more)[: size - int(reached.sum())]] = True
        return self._free(np.flatnonzero(reached))

    def _shifted(self, numbers: Floats, size: int) -> Booleans:
        """Many candidates, each free to move only a little from where it is, or to leave."""
        group, count = self._program.group, len(numbers)
        chosen = np.full(self._groups + 1, -(10**9), dtype=np.int64)
        on = np.flatnonzero((numbers > 0.5) & (group >= 0))
        chosen[group[on]] = on
        reach = int(self._random.integers(1, 4))
        near = (np.abs(np.arange(count) - chosen[group]) <= reach) & (group >= 0)
        return near & self._free(self._by_closeness(np.arange(self._groups), size * 4)) | self._core(
            numbers, max(1, size // 3)
        )

    def _known(self, numbers: Floats, size: int) -> Booleans:
        """Many candidates, each only as the relaxation or an earlier plan had it."""
        return self._seen & self._free(self._by_closeness(np.arange(self._groups), size * 4))

    def _between(self, numbers: Floats, size: int) -> Booleans:
        """Candidates in which another good plan differs, filled up with cheap ones."""
        other = self._pool.other(numbers)
        if other is None:
            return self._core(numbers, size)
        apart = (np.abs(numbers - other) > _HALF) & (self._program.group >= 0)
        self._seen |= other > _HALF
        groups = np.unique(self._program.group[apart])
        return self._filled_up(self._random.permutation(groups)[:size], size)

    def _leading(self, numbers: Floats, size: int) -> Booleans:
        """Candidates in which an open case of the proof differs most, and a little what differs in another one.

        As Danna, Rothberg and Le Pape (2005) do with the relaxation.
        """
        one, other = self.lead(), self.lead()
        if one is None or other is None:
            return self._core(numbers, size)
        self._seen |= one > _TOUCH
        apart = np.abs(numbers - one) + _OTHERWISE * np.abs(numbers - other)
        member = self._program.group >= 0
        each = self._random.random(self._groups) * _TIGHT
        np.maximum.at(each, self._program.group[member], apart[member])
        return self._free(np.argsort(-each, kind="stable")[:size])

    def _narrow(self) -> int:
        """How many entries a row of a rule has at most: a few candidates with all their columns."""
        return max(_FEW, 3 * len(self._program.gain) // max(1, self._groups))

    def _entries_of(self, row: int) -> slice:
        return slice(int(self._program.row_starts[row]), int(self._program.row_starts[row + 1]))
