"""Figures remembered by this process until the next change that moves them, by any process, on any machine."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.resources.models import KeptStamp

MOST = 64
_known: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
_lock = Lock()


def remembered[T](question: Hashable, reader: Person, compute: Callable[[], T]) -> T:
    """The answer to a question for everybody who may see the same, computed again after each change.

    Stamps are counted and not only numbered, because a lower number may be committed after a higher one.
    """
    key = (question, eyes(reader))
    stamp = tuple(KeptStamp.objects.aggregate(Max("pk"), Count("pk"), Max("at")).values())
    with _lock:
        known = _known.get(key)
    if known is not None and known[0] == stamp:
        return known[1]
    answer = compute()
    with _lock:
        _known[key] = (stamp, answer)
        _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return answer


def eyes(reader: Person) -> Hashable:
    """What decides what somebody sees: the same for two people who see everything, and else their own."""
    scopes = getattr(reader, "token_scopes", None)
    scopes = tuple(sorted(scopes)) if scopes is not None else None
    sees_all = all(access.condition(reader, verb) is None for verb in (Verb.SEE_RESOURCES, Verb.SEE_REGISTER))
    return ("all", scopes) if sees_all else (reader.pk, access.held_by(reader), scopes)
