"""The process that proves, run as a module: a task comes in, numbers, bounds and the end go out."""

from __future__ import annotations

import os
import sys
from threading import Thread
from time import monotonic
from typing import IO

import numpy as np

from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.program import Floats
from mainstay.engine.selection.search.branching import Branching
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.pipes import Lead, Task, received, send
from mainstay.engine.selection.solver import Effort

_PAUSE = 0.05  # seconds between two tellings of a bound, and of a lead


class _Teller:
    """Passes on what is found in the process of its own, and what comes from outside."""

    def __init__(self, task: Task, tell: IO[bytes]) -> None:
        self._tell = tell
        self._incumbent = Incumbent(task.program)
        self._bound = np.inf
        self._told_at = self._led_at = -np.inf
        if task.first is not None:
            self._incumbent.offer(task.first)

    @property
    def numbers(self) -> Floats | None:
        """The best numbers (n,) known on either side."""
        return self._incumbent.numbers

    @property
    def worth(self) -> float:
        """What they are worth."""
        return self._incumbent.worth

    def offer(self, numbers: Floats) -> bool:
        """Pass on numbers (n,) that were found here."""
        is_better = self._incumbent.offer(numbers)
        if is_better:
            send(self._tell, numbers)
        return is_better

    def prove(self, bound: float) -> None:
        """Pass on a lower bound, not more often than anybody looks."""
        if bound < self._bound and monotonic() - self._told_at > _PAUSE:
            self._bound, self._told_at = bound, monotonic()
            send(self._tell, bound)

    def lead(self, numbers: Floats) -> None:
        """Pass on numbers (n,) of an open case, not more often than anybody looks."""
        if monotonic() - self._led_at > _PAUSE:
            self._led_at = monotonic()
            send(self._tell, Lead(numbers))

    def hear(self, pipe: IO[bytes]) -> None:
        """Take over better numbers from outside until nobody is there any more; then this process ends, too."""
        while (numbers := received(pipe)) is not None:
            self._incumbent.offer(numbers)
        os._exit(0)


def main() -> None:
    """Solve the task that comes first, telling what is found on the way."""
    task: Task | None = received(sys.stdin.buffer)
    if task is None:
        return
    teller = _Teller(task, sys.stdout.buffer)
    Thread(target=teller.hear, args=(sys.stdin.buffer,), daemon=True).start()
    effort = Effort(max(task.seconds, 1e-3), task.gap, task.seed, task.threads)
    if task.cuts is None:
        send(sys.stdout.buffer, HighsSolver().maximise(task.program, effort, task.first, teller))
    else:
        send(sys.stdout.buffer, Branching(task.program, task.cuts, effort, teller).prove())


if __name__ == "__main__":
    main()
