"""Answers kept until anything changes: every write makes an event, and the last events are part of the name."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max

from mainstay.core import access
from mainstay.core.making import one_at_a_time
from mainstay.core.models import Event
from mainstay.portfolio.queries.reading import Reading

SECONDS = 300
# Events that come late: a transaction may commit after another one with a higher number.
LATE = 200


def newest() -> tuple[Any, ...]:
    """What tells one state of the register from the next: the last event, and how many there are just before it."""
    last = Event.objects.order_by("-id").values_list("id", flat=True)[:1]
    recent = Event.objects.order_by().filter(id__gt=(next(iter(last), 0) - LATE))
    found = recent.aggregate(count=Count("*"), last=Max("id"), at=Max("at"))
    return found["count"], found["last"], found["at"]


def remembered[T](reading: Reading, name: str, make: Callable[[], T], state: tuple[Any, ...] | None = None) -> T:
    """What `make` gives, kept for people with the same grants while nothing changes."""
    user = reading.user
    parts = (name, access.held_by(user), getattr(user, "token_scopes", None), reading.as_of, state or newest())
    key = "register:" + hashlib.sha256(repr(parts).encode()).hexdigest()
    found = cache.get(key)
    if found is not None:
        return found
    with one_at_a_time(key):
        found = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, SECONDS)
        return found
