"""The worker that runs beside the server: started with it, restarted when it dies, stopped with it."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from mainstay.cli import orphans

SECONDS_BEFORE_RESTART = 1.0
SECONDS_TO_FINISH = 10.0
WORKER = (sys.executable, "-m", "mainstay.cli", "worker")


class Companion:
    """A child process that is kept alive until it is told to stop."""

    def __init__(self, words: Sequence[str] = WORKER) -> None:
        self._words = tuple(words)
        self._stopping = threading.Event()
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep_alive, name="companion", daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int:
        """The process id of the child that runs now."""
        return self._process.pid

    def stop(self) -> None:
        """Asks the child to finish and ends it if it does not within ten seconds."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._keeper.join(SECONDS_TO_FINISH)

    def _start(self) -> subprocess.Popen[bytes]:
        surroundings = os.environ | {orphans.VARIABLE: str(os.getpid())}
        return subprocess.Popen(self._words, env=surroundings, stdin=subprocess.DEVNULL)

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if self._stopping.wait(SECONDS_BEFORE_RESTART):
                return
            self._process = self._start()
