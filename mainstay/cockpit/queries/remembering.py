"""Answers kept for everybody who may see the same, until rows they are made of change where they look."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from mainstay.cockpit.models import Mark
from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.queries.remember import remembered

State = dict[str, tuple[int, int]]


class Marks:
    """What changed where somebody looks, and anywhere: two queries tell it for every part of a page."""

    def __init__(self, sight: Sight, nouns: Iterable[str], anywhere: Iterable[str] = ()) -> None:
        self.sight = sight
        self.here = _state(nouns, _around(sight))
        self.anywhere = _state(anywhere, Q())

    def of(self, nouns: Iterable[str], *, anywhere: bool = False) -> tuple[Any, ...]:
        """What tells one state of these kinds of rows from the next."""
        state = self.anywhere if anywhere else self.here
        return tuple((noun, *state.get(noun, (0, 0))) for noun in sorted(nouns))


def _state(nouns: Iterable[str], condition: Q) -> State:
    wanted = set(nouns)
    if not wanted:
        return {}
    rows = Mark.objects.filter(condition, noun__in=wanted).order_by().values_list("noun")
    return {noun: (last, count) for noun, last, count in rows.annotate(Max("pk"), Count("pk"))}


def kept[T](sight: Sight, name: str, state: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What `make` gives for a sight, kept while its state is the same."""
    return remembered(sight.reading, f"{name}:{sight.name}", make, state)


def _around(sight: Sight) -> Q:
    """Below the place looked at, and above it, since what holds there holds here as well; anywhere without one."""
    root = sight.portfolio or sight.programme
    if root is None:
        return Q()
    keys = root.path.strip("/").split("/")
    above = ["", *("/" + "/".join(keys[:depth]) + "/" for depth in range(1, len(keys)))]
    return Q(path__startswith=root.path) | Q(path__in=above)


def last_changes(sight: Sight, nouns: Iterable[str]) -> dict[str, datetime]:
    """When rows of each kind were last changed where somebody looks, as far as they may know."""
    condition = access.condition(sight.user, Verb.SEE_REGISTER)
    rows = Mark.objects.filter(noun__in=set(nouns)).filter(_around(sight))
    rows = rows.none() if condition is access.NOTHING else rows.filter(condition or Q())
    return dict(rows.order_by().values_list("noun").annotate(Max("at")))
