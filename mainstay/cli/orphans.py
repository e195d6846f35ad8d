"""Ends a child process when the process that started it is gone, however that one died."""

import os
import signal
import threading
import time
from collections.abc import Callable

VARIABLE = "MAINSTAY_PARENT"
SECONDS_BETWEEN_LOOKS = 0.5


def end_with_parent() -> None:
    """Watches the parent named in the environment, in a thread, and ends this process after it."""
    parent = int(os.environ.get(VARIABLE, "0"))
    if parent:
        threading.Thread(target=watch, args=(parent, _end), name="parent-watch", daemon=True).start()


def watch(parent: int, end: Callable[[], None]) -> None:
    """Calls `end` as soon as this process is no longer the child of `parent`."""
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
