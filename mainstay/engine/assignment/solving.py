"""Assigning people: exactly where the question is small, in parts and against a bound where it is large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import numpy as np

from mainstay.engine.assignment.answer import Assignment
from mainstay.engine.assignment.bound import Prices, ever_better_prices
from mainstay.engine.assignment.model import Model
from mainstay.engine.assignment.neighbourhoods import Neighbourhoods
from mainstay.engine.assignment.pairs import Pairs, pairs_of
from mainstay.engine.assignment.plan import Plan
from mainstay.engine.assignment.reporting import answer_of
from mainstay.engine.assignment.slopes import first_plan, plan_by_slopes
from mainstay.engine.assignment.staffing import Staffing
from mainstay.engine.linear import Effort

Progress = Callable[[float, float, float, float], None]

SMALL = 2_000  # hours (pairs x periods) that one program decides
PROVEN = 1e-6  # a gap below this is none


def assign(
    staffing: Staffing,
    *,
    seconds: float = 60.0,
    gap: float = 0.01,
    seed: int = 0,
    threads: int = 2,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Assignment:
    """Propose who works where, for all needs together.

    Maximises the sum of (worth - cost) x hours, less what joining costs, with nobody giving more than the free hours,
    no need getting more than it wants, only people with skill, level, validity and site, and nobody on more projects
    at once than allowed. Hard bookings stay. Stops at the first proposal whose proven gap is at most `gap`, or after
    `seconds`; `progress` is told (objective, bound, gap, seconds). The same question, seed and time to finish give
    the same answer for small questions; for large ones the answer depends on how far the time reaches.

    >>> from mainstay.engine.assignment import Held, Need, Person, Staffing, assign
    >>> ann = Person("Ann", (40.0,), (Held("design", 3),), cost=50.0)
    >>> found = assign(Staffing((ann,), (Need("N1", "Portal", "design", (60.0,), worth=80.0),)))
    >>> found.status, found.objective, found.unfilled[0].hours, found.unfilled[0].reason
    ('optimal', 1200.0, 20.0, 'nobody_free')
    """
    effort = Effort(seconds, gap, seed, cancelled)
    pairs = pairs_of(staffing)
    if np.count_nonzero(pairs.most) <= SMALL:
        return _exactly(staffing, pairs, effort)
    search = _Search(pairs, effort, progress, max(1, threads))
    search.run()
    return answer_of(staffing, search.plan, search.bound, effort, optimal=search.gap <= PROVEN)


def _exactly(staffing: Staffing, pairs: Pairs, effort: Effort) -> Assignment:
    plan = first_plan(pairs, effort)
    model = Model(plan, np.arange(len(pairs.need)))
    ended = model.solve(effort)
    if ended.numbers is not None:
        model.put_if_better(plan, ended.numbers)
    bound = _plain_bound(pairs) if ended.bound is None else ended.bound
    proven = ended.status == "optimal" and bound - plan.objective <= PROVEN * max(1.0, abs(bound))
    return answer_of(staffing, plan, plan.objective if proven else bound, effort, optimal=proven)


def _plain_bound(pairs: Pairs) -> float:
    """Each hour wanted at the most it can gain."""
    best = np.zeros(len(pairs.wanted))
    np.maximum.at(best, pairs.need, pairs.gain)
    return float(best @ pairs.wanted.sum(axis=1))


class _Search:
    """A plan that gets better while its bound gets lower."""

    def __init__(self, pairs: Pairs, effort: Effort, progress: Progress | None, threads: int) -> None:
        self._pairs = pairs
        self._effort = effort
        self._progress = progress
        self._threads = threads
        self._done = Event()
        self._plain = _plain_bound(pairs)
        self.plan = Plan(pairs)
        self._prices: Prices | None = None

    @property
    def bound(self) -> float:
        """What no plan can pass."""
        return min(self._plain, self._prices.bound) if self._prices else self._plain

    @property
    def gap(self) -> float:
        """The part of the best that may be missing."""
        return (self.bound - self.plan.objective) / self.bound if self.bound > 0 else 0.0

    def run(self) -> None:
        """Prices first, then plans by slopes and in parts while the prices get better."""
        self.plan = first_plan(self._pairs, self._effort)
        if self._is_enough(self.plan):
            return
        rounds = ever_better_prices(self._pairs, self._until_done(), self._threads)
        self._prices = next(rounds)
        if self._is_enough(self.plan):
            return
        with self._tightening(rounds):
            prices, half = self._prices, max(1, self._threads // 2)
            found = plan_by_slopes(self._pairs, prices, self._effort, half, self._is_enough)
            self.plan = max(self.plan, found, key=lambda plan: plan.objective)
            parts = Neighbourhoods(self.plan, prices, self._effort.seed)
            while not self._is_enough(self.plan):
                parts.improve(self._effort)

    def _is_enough(self, plan: Plan) -> bool:
        """Hear of a plan; whether it is good enough, or time is out."""
        self.plan = max(self.plan, plan, key=lambda each: each.objective)
        if self._progress is not None:
            self._progress(self.plan.objective, self.bound, self.gap, self._effort.elapsed)
        return self.gap <= max(self._effort.gap, PROVEN) or self._effort.is_over

    def _until_done(self) -> Effort:
        """The same effort, ending also when nobody waits for prices any more."""
        cancelled = self._effort.cancelled
        return replace(self._effort, cancelled=lambda: self._done.is_set() or cancelled())

    @contextmanager
    def _tightening(self, rounds: Iterator[Prices]) -> Iterator[None]:
        """Ask for better prices beside, until the work inside is done."""
        failure: list[BaseException] = []

        def ask() -> None:
            try:
                for prices in rounds:
                    self._prices = prices
            except BaseException as error:
                failure.append(error)

        thread = Thread(target=ask, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()
        if failure:
            raise failure[0]
