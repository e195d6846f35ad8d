"""One way to write: an operation is a sentence with a subject, a verb and an actor.

It opens a transaction, locks its subject, asks whether the actor may, refuses a stale edit with what changed,
lets the function change rows through `core.history`, books one event, and tells others after the commit.
"""

import functools
import inspect
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet

from mainstay.core import access, history
from mainstay.core.errors import FieldChange, Missing, Stale
from mainstay.core.models import Event, Row
from mainstay.core.models.row import FOREVER, RowVersion
from mainstay.core.surrounding import surrounding
from mainstay.core.values import differences
from mainstay.core.verbs import Verb

_operations: dict[Verb, Callable[..., Any]] = {}
_reactions: dict[Verb, list[Callable[[Event], None]]] = {}
UNTOLD = {"version", "path", "seal", "key", "password", "last_login", "id"}


def registered() -> dict[Verb, Callable[..., Any]]:
    """Every verb that changes something, with its operation."""
    return dict(_operations)


def on(verb: Verb) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Call a function of an upper room with the event, after the commit, whenever this was done."""

    def register(reaction: Callable[[Event], None]) -> Callable[[Event], None]:
        _reactions.setdefault(verb, []).append(reaction)
        return reaction

    return register


def operation[**P, R](verb: Verb) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the one way to do what the verb says. Its first argument is the subject."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if verb.reads or verb in _operations:
            raise ValueError(f"{verb} reads or has an operation already.")

        @functools.wraps(function)
        def perform(subject: Any, /, *args: Any, **keywords: Any) -> Any:
            with transaction.atomic():
                return _perform(function, verb, subject, args, keywords)

        _operations[verb] = perform
        perform.verb = verb
        perform.takes = frozenset(inspect.signature(function).parameters)
        return perform

    return decorate


def _perform(function: Callable[..., Any], verb: Verb, subject: Any, args: Sequence[Any], keywords: Any) -> Any:
    actor = keywords["actor"]
    subject = _locked(subject)
    for one in subject if isinstance(subject, list) else [subject]:
        access.require(actor, verb, getattr(one, "scope", None))
    _refuse_stale(subject, keywords.get("expected_version"), actor)
    change = history.Change(verb, actor, surrounding().now(), subject, keywords.get("reason") or "")
    token = history._current.set(change)
    try:
        result = function(subject, *args, **keywords)
    finally:
        history._current.reset(token)
    if event := history.book(change):
        transaction.on_commit(functools.partial(_tell, event))
    return result


def _locked(subject: Any) -> Any:
    """The subject as it is now, held until the end; many in one order, so that two never wait in a ring."""
    if isinstance(subject, QuerySet):
        return list(subject.order_by("pk").select_for_update(of=("self",)))
    if isinstance(subject, (list, tuple)):
        rows = (
            _locked(type(subject[0])._default_manager.filter(pk__in=[row.pk for row in subject])) if subject else []
        )
        if len(rows) != len({row.pk for row in subject}):
            raise Missing("Some of these rows no longer exist.")
        return rows
    if not isinstance(subject, models.Model) or subject.pk is None:
        return subject
    if isinstance(subject, RowVersion):
        raise Missing("This is how it was known on a past date; change it as it is today.")
    fresh = subject._meta.model._default_manager.select_for_update(of=("self",)).filter(pk=subject.pk).first()
    if fresh is None:
        raise Missing("It no longer exists.")
    if access_cache := getattr(subject, "_held", None):
        fresh._held = access_cache
    return fresh


def _refuse_stale(subject: Any, expected: int | None, actor: Any) -> None:
    if expected is None or not isinstance(subject, Row) or subject.version == expected:
        return
    # A row that stands for its parts tells what changed in them, too.
    of_its_own = getattr(subject, "changes_since", None)
    changes = of_its_own(expected, actor) if of_its_own else changes_since(subject, expected, actor)
    raise Stale(subject.noun, expected, subject.version, changes)


def changes_since(row: Row, version: int, reader: Any) -> list[FieldChange]:
    """What changed in a row since a version, field by field, with who did it last and when."""
    then = type(row).Version.objects.filter(row_id=row.pk, version=version).values().first()
    if then is None:
        return []
    now = history.values_of(row)
    who, at = last_change_of(row)
    known = {name: value for name, value in then.items() if name in now}
    return [
        FieldChange(name, label_of(type(row), name), old, new, who, at)
        for name, old, new in differences(known, now)
        if name not in UNTOLD and may_read(row, name, reader)
    ]


def last_change_of(row: Row) -> tuple[str, datetime | None]:
    """Who changed a row last, and when."""
    last = type(row).Version.objects.filter(row_id=row.pk).order_by("-version_id").select_related("event").first()
    return (last.event.who, last.event.at) if last and last.event else ("", None)


def last_moment_of(row: Row, version: int) -> datetime | None:
    """The last moment at which a row had a version, to read its parts as they were then; None for the latest."""
    then = type(row).Version.objects.filter(row_id=row.pk, version=version).exclude(known_to=FOREVER).first()
    return then.known_to - timedelta(microseconds=1) if then else None


def label_of(model: type[models.Model], name: str) -> str:
    """A field's name in words; parts of a field that holds several values are named after the part."""
    first, _, rest = name.partition(".")
    if rest:
        return rest.replace("_", " ").capitalize()
    for field in model._meta.concrete_fields:
        if first in {field.name, field.attname}:
            words = str(field.verbose_name)
            return words[:1].upper() + words[1:]
    return first


def may_read(row: Any, name: str, reader: Any) -> bool:
    """Whether the reader may know this field of the row; business-case figures may be confidential."""
    hidden = getattr(row, "figure_fields", frozenset())
    first = name.split(".")[0]
    if name not in hidden and first not in hidden:
        return True
    return access.may(reader, Verb.SEE_FIGURES, row.scope)


def _tell(event: Event) -> None:
    for reaction in _reactions.get(Verb(event.verb), []):
        reaction(event)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('mainstay', '')")
