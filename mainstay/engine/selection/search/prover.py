"""The proof in a process of its own.

HiGHS asks back at every step; in the same process it would wait for whoever else speaks Python, four fifths of the
time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from typing import IO

from mainstay.engine.selection.program import Program
from mainstay.engine.selection.reuse.cuts import Cuts
from mainstay.engine.selection.search.incumbent import Incumbent
from mainstay.engine.selection.search.pipes import Lead, Task, received, send
from mainstay.engine.selection.solver import Effort, Ended

_LOOK = 0.02  # seconds between two looks at whether better numbers have turned up


class Prover:
    """Proves in a process of its own; what it finds goes to the incumbent, whose better numbers it is told.

    HiGHS proves, or, where the cuts of the root are known, our own branching.
    """

    def __init__(self, program: Program, incumbent: Incumbent, cuts: Cuts | None = None) -> None:
        self._program = program
        self._incumbent = incumbent
        self._cuts = cuts
        self._ended: Ended | None = None

    def prove(self, effort: Effort) -> Ended | None:
        """How it ended, None when the effort was over before."""
        command = [sys.executable, "-m", "mainstay.engine.selection.search.proving"]
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings) as process:
            try:
                self._speak(process, effort)
            finally:
                process.kill()
        return self._ended

    def _speak(self, process: subprocess.Popen[bytes], effort: Effort) -> None:
        first, told = self._incumbent.numbers, self._incumbent.worth
        limits = (effort.left, effort.gap, effort.seed, effort.threads)
        send(process.stdin, Task(self._program, *limits, first, self._cuts))
        listener = Thread(target=self._listen, args=(process.stdout,), daemon=True)
        listener.start()
        while listener.is_alive() and not effort.is_over:
            listener.join(_LOOK)
            if self._incumbent.worth > told:
                told = self._incumbent.worth
                send(process.stdin, self._incumbent.numbers)

    def _listen(self, pipe: IO[bytes]) -> None:
        while (message := received(pipe)) is not None:
            if isinstance(message, Ended):
                self._ended = message
                return
            if isinstance(message, float):
                self._incumbent.prove(message)
            elif isinstance(message, Lead):
                self._incumbent.lead(message.numbers)
            else:
                self._incumbent.offer(message)
