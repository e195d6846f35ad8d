"""Several jobs working at the same time on one plan, watched by whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf, isfinite
from threading import Event, Thread
from time import monotonic

from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.solver import Effort

_LOOK = 0.02  # seconds between two looks at the clock
_TELL = 0.1  # seconds between two tellings of progress
_GRACE, _GRACE_FOR_A_PLAN = 0.4, 0.8  # seconds a job has to end by itself, and while there is no plan at all

Job = Callable[[Effort], bool]  # whether it settled the question, so that nobody need go on


class Crew:
    """Runs jobs in threads of their own; all of them stop when one has settled the question or the effort is over.

    The effort is asked, and progress told, only in the thread of the caller. A job that is deep inside a solver when
    it is told to stop is left behind; it ends by itself a little later and what it finds then no longer counts.
    """

    def __init__(self, effort: Effort, incumbent: Incumbent, unit: float) -> None:
        self._effort = effort
        self._incumbent = incumbent
        self._unit = unit
        self._stop = Event()
        self._ended = Event()
        self._failure: BaseException | None = None
        self._told = (-inf, inf)
        self._told_at = 0.0

    def work(self, *jobs: Job) -> None:
        """Let the jobs work until one has settled the question, the plan is good enough or the effort is over."""
        own = replace(self._effort, progress=None, cancelled=self._stop.is_set)
        workers = [Thread(target=self._do, args=(job, own)) for job in jobs]
        for worker in workers:
            worker.start()
        try:
            while not (self._ended.wait(_LOOK) or self._effort.is_over or self._is_good_enough()):
                self._tell(_TELL)
        finally:
            self._stop.set()
            until = monotonic() + (_GRACE if self._incumbent.numbers is not None else _GRACE_FOR_A_PLAN)
            for worker in workers:
                worker.join(max(0.0, until - monotonic()))
        if self._failure is not None:
            raise self._failure
        self._tell(0.0)

    def _do(self, job: Job, effort: Effort) -> None:
        try:
            if job(effort):
                self._ended.set()
        except BaseException as failure:
            self._failure = failure
            self._ended.set()

    def _is_good_enough(self) -> bool:
        return self._incumbent.is_within(self._effort.gap)

    def _tell(self, pause: float) -> None:
        """Tell how far it is when that has changed and the last telling is some time ago."""
        worth, bound = self._incumbent.worth, self._incumbent.bound
        if self._effort.progress is None or (worth, bound) == self._told or monotonic() - self._told_at < pause:
            return
        self._told, self._told_at = (worth, bound), monotonic()
        gap = (bound - worth) / abs(worth) if worth != 0 and isfinite(bound) and isfinite(worth) else None
        self._effort.progress(self._known(worth), self._known(bound), gap, self._effort.elapsed)

    def _known(self, figure: float) -> float | None:
        return figure * self._unit if isfinite(figure) else None
