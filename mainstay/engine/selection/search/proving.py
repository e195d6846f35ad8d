"""The process that proves, run as a module: a task comes in, numbers, bounds and the end go out."""

from __future__ import annotations

import os
import sys
from threading import Thread
from time import monotonic
from typing import IO

import numpy as np

from mainstay.engine.selection.highs import HighsSolver
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.search.pipes import Task, received, send
from mainstay.engine.selection.solver import Effort

_PAUSE = 0.05  # seconds between two tellings of a bound


class _Teller:
    """The helper of HiGHS in the process of its own: passes on what HiGHS finds, and what comes from outside."""

    def __init__(self, tell: IO[bytes]) -> None:
        self._tell = tell
        self._bound = np.inf
        self._told_at = -np.inf
        self.numbers: Floats | None = None
        self.worth = -np.inf

    def offer(self, numbers: Floats) -> bool:
        """Pass on numbers (n,) that HiGHS found."""
        send(self._tell, numbers)
        return True

    def prove(self, bound: float) -> None:
        """Pass on a lower bound, not more often than anybody looks."""
        if bound < self._bound and monotonic() - self._told_at > _PAUSE:
            self._bound, self._told_at = bound, monotonic()
            send(self._tell, bound)

    def hear(self, pipe: IO[bytes], program: Program) -> None:
        """Take over better numbers from outside until nobody is there any more; then this process ends, too."""
        while (numbers := received(pipe)) is not None:
            self.worth, self.numbers = float(program.gain @ numbers), numbers
        os._exit(0)


def main() -> None:
    """Solve the task that comes first, telling what is found on the way."""
    task: Task | None = received(sys.stdin.buffer)
    if task is None:
        return
    teller = _Teller(sys.stdout.buffer)
    Thread(target=teller.hear, args=(sys.stdin.buffer, task.program), daemon=True).start()
    effort = Effort(max(task.seconds, 1e-3), task.gap, task.seed, task.threads)
    ended = HighsSolver().maximise(task.program, effort, task.first, teller)
    send(sys.stdout.buffer, ended)


if __name__ == "__main__":
    main()
