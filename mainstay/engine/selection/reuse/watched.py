"""Work in threads of its own, watched from the thread of whoever asked for it.

Whoever asks may only be asked back in their own thread: whether to stop, and to hear of progress, may need a
connection to a database that other threads do not share.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event
from typing import Any

from mainstay.engine.selection.solver import Effort

_LOOK = 0.05  # seconds between two looks


def watched[Result](effort: Effort, work: Callable[[Effort], Result], tell: Callable[[], None]) -> Result:
    """What the work gives, done with the same effort; it is told to stop when the effort is cancelled.

    `tell` is called now and then and once at the end. What the work or `tell` raises is raised here.
    """
    stop = Event()
    own = replace(effort, progress=None, cancelled=stop.is_set)
    if effort.cancelled():
        stop.set()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work, own)
        try:
            _look_after(running, effort, stop, tell)
        except BaseException:
            stop.set()
            raise
    tell()
    return running.result()


def _look_after(running: Future[Any], effort: Effort, stop: Event, tell: Callable[[], None]) -> None:
    while not wait([running], timeout=_LOOK).done:
        tell()
        if effort.cancelled():
            stop.set()
