"""How much solving the API does at once: a few problems, so that pages stay quick."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from mainstay.core.api.problems import Busy

AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def one_of_few() -> Iterator[None]:
    """Take one of the few places for solving; refused when all are taken."""
    if not _places.acquire(blocking=False):
        raise Busy(f"{AT_ONCE} problems are being solved right now; ask again in a moment.")
    try:
        yield
    finally:
        _places.release()
