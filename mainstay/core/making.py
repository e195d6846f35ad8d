"""One thread of a process makes an answer that many ask for at once, the others wait for it.

After a change every open page asks for the same; without this each of its requests would make it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any

PATIENCE = 10.0
"""Seconds after which somebody who waits goes on alone."""
_making: dict[str, tuple[Any, int]] = {}
_guard = Lock()


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold what is named; look again whether the answer is there before making it."""
    with _guard:
        lock, count = _making.get(name) or (RLock(), 0)
        _making[name] = lock, count + 1
    is_held = lock.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if is_held:
            lock.release()
        with _guard:
            _, count = _making.pop(name)
            if count > 1:
                _making[name] = lock, count - 1
