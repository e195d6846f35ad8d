"""The starts of every option of every candidate laid out as the columns of a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mainstay.engine.selection.candidate import Option
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.plan import Pick, Plan
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import Booleans, Floats, Integers


@dataclass(frozen=True, slots=True)
class Use:
    """Who uses a limit when: column, period (0 for a total) and amount of each entry, three equal shapes."""

    columns: Integers
    periods: Integers
    amounts: Floats


class Columns:
    """One column for each (candidate, option, start): n columns in the order of the problem.

    candidate, option, place (of the start in its list), start, end (start + duration) and value are (n,).
    """

    def __init__(self, problem: Problem) -> None:
        blocks = [
            (nth, version, option)
            for nth, candidate in enumerate(problem.candidates)
            for version, option in enumerate(candidate.options)
        ]
        lengths = np.array([len(option.starts) for _, _, option in blocks], dtype=np.int64)
        ends = np.cumsum(lengths)
        self._blocks = list(zip((option for _, _, option in blocks), (ends - lengths).tolist(), strict=True))
        self._horizon = problem.periods
        self.candidate = np.repeat(np.array([nth for nth, _, _ in blocks], dtype=np.int64), lengths)
        self.option = np.repeat(np.array([version for _, version, _ in blocks], dtype=np.int64), lengths)
        self.place = np.arange(lengths.sum()) - np.repeat(ends - lengths, lengths)
        self.start = np.array([each for _, _, option in blocks for each in option.starts], dtype=np.int64)
        self.end = self.start + np.repeat([option.duration for _, _, option in blocks], lengths).astype(np.int64)
        self.value = np.array([each for _, _, option in blocks for each in option.values], dtype=np.float64)
        self._first = np.searchsorted(self.candidate, np.arange(len(problem.candidates) + 1))
        self._by_id = {each.id: nth for nth, each in enumerate(problem.candidates)}

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.value)

    def of(self, candidate: str) -> Integers:
        """The columns of one candidate."""
        nth = self._by_id[candidate]
        return np.arange(self._first[nth], self._first[nth + 1])

    def of_all(self, candidates: tuple[str, ...]) -> Integers:
        """The columns of several candidates."""
        return np.concatenate([self.of(each) for each in candidates])

    def ranks(self, candidate: str) -> Integers:
        """The order in which a candidate's columns are preferred among equals: earlier start, earlier option."""
        places = self.of(candidate)
        order = np.lexsort((self.place[places], self.option[places], self.start[places]))
        ranks = np.empty(len(places), dtype=np.int64)
        ranks[order] = np.arange(len(places))
        return ranks

    def measure(self, name: str) -> Floats:
        """A measure of the option behind each column (n,)."""
        return self._spread(lambda option: option.measures.get(name, 0.0))

    def matching(self, where: Mapping[str, str]) -> Floats:
        """1 for the columns whose option carries the tags, 0 for others (n,)."""
        return self._spread(lambda option: float(option.matches(where)))

    def use(self, limit: Limit) -> Use:
        """The entries of one limit, with only the periods that count."""
        users = [(option, first) for option, first in self._blocks if limit.id in option.use]
        amounts = np.array([each for option, _ in users for each in option.use[limit.id]], dtype=np.float64)
        widths = np.array([len(option.use[limit.id]) for option, _ in users], dtype=np.int64)
        lengths = np.array([len(option.starts) for option, _ in users], dtype=np.int64)
        firsts = np.array([first for _, first in users], dtype=np.int64)
        columns = np.repeat(firsts, lengths) + _counted(lengths)
        width = np.repeat(widths, lengths)
        begins = np.repeat(np.cumsum(widths) - widths, lengths)
        after = _counted(width)
        periods, used = np.repeat(self.start[columns], width) + after, amounts[np.repeat(begins, width) + after]
        counted = (used != 0) & self._counts(limit, periods)
        by_period = limit.by_period is not None
        return Use(np.repeat(columns, width)[counted], periods[counted] * by_period, used[counted])

    def _counts(self, limit: Limit, periods: Integers) -> Booleans:
        if limit.by_period is not None:
            return periods < self._horizon
        if limit.window is not None:
            return (periods >= limit.window[0]) & (periods < limit.window[1])
        return np.ones_like(periods, dtype=np.bool_)

    def _spread(self, figure: Callable[[Option], float]) -> Floats:
        """A figure of each option repeated for its columns (n,)."""
        figures = [figure(option) for option, _ in self._blocks]
        lengths = [len(option.starts) for option, _ in self._blocks]
        return np.repeat(np.array(figures, dtype=np.float64), lengths)

    def plan(self, numbers: Floats) -> Plan:
        """The plan behind the numbers a solver found for the columns."""
        picks: list[Pick | None] = [None] * len(self._by_id)
        for column in np.flatnonzero(numbers[: self.count] > 0.5):
            picks[int(self.candidate[column])] = Pick(int(self.option[column]), int(self.place[column]))
        return Plan(tuple(picks))

    def numbers(self, plan: Plan) -> Floats:
        """The columns (n,) as the plan sets them, 0 or 1."""
        numbers = np.zeros(self.count)
        for nth, pick in enumerate(plan.picks):
            if pick is not None:
                own = np.arange(self._first[nth], self._first[nth + 1])
                hit = (self.option[own] == pick.option) & (self.place[own] == pick.start)
                numbers[own[hit]] = 1.0
        return numbers


def _counted(lengths: Integers) -> Integers:
    """0, 1, 2 and so on for each of these lengths, one after the other."""
    ends = np.cumsum(lengths)
    return np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
