"""Through which channel a change comes in, in which run and at what time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from mainstay.core.models.event import Channel


@dataclass(frozen=True)
class Surrounding:
    """What is true of every change made while it holds."""

    channel: Channel = Channel.SYSTEM
    run_id: int | None = None
    at: datetime | None = None

    def now(self) -> datetime:
        """The time a change is booked at: the clock, unless history is being told."""
        return self.at or timezone.now()


_current: ContextVar[Surrounding] = ContextVar("surrounding", default=Surrounding())  # noqa: B039  (frozen)


def surrounding() -> Surrounding:
    """The surrounding that holds now."""
    return _current.get()


@contextmanager
def acting(
    channel: Channel | None = None, *, run_id: int | None = None, at: datetime | None = None
) -> Iterator[None]:
    """Changes inside the block come through this channel, belong to this run, and are booked at this time."""
    known = {"channel": channel, "run_id": run_id, "at": at}
    token = _current.set(replace(_current.get(), **{name: value for name, value in known.items() if value}))
    try:
        yield
    finally:
        _current.reset(token)
