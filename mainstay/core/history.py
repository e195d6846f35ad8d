"""The only way rows are written: `create`, `save` and `remove`, inside an operation.

Each keeps the version it makes; at its end the operation books them all under one event.
"""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from mainstay.core.models import Event, Person, PlacedRow, Pulse, Row
from mainstay.core.models.row import FOREVER
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.values import differences, plain
from mainstay.core.verbs import Verb

MOST_ROWS_TOLD = 50
BATCH = 500
NEVER_TOLD = frozenset({"version", "password", "last_login", "path", "key", "seal"})


@dataclass
class Touched:
    """A row an operation wrote: as it was (None: it is new) and whether it is gone now."""

    row: Any
    before: dict[str, Any] | None
    removed: bool = False


@dataclass
class Change:
    """What one operation has written so far."""

    verb: Verb
    actor: Actor
    at: datetime
    subject: Any = None
    reason: str = ""
    undoes: Event | None = None
    about: Any = None
    touched: dict[tuple[type, int], Touched] = field(default_factory=dict)

    def touch(self, row: Any, before: dict[str, Any] | None, removed: bool = False) -> None:
        """Remember a written row; what it was before the operation stays what it was."""
        key = (type(row), row.pk)
        if known := self.touched.get(key):
            before = known.before
        self.touched[key] = Touched(row, before, removed)


Follower = Callable[[list[Touched]], None]

_current: ContextVar[Change | None] = ContextVar("change", default=None)
_followers: list[tuple[tuple[type, ...], Follower]] = []


def follows(*nouns: type) -> Callable[[Follower], Follower]:
    """Call a function with the written rows of these nouns before an operation ends, to keep what follows from them.

    It runs inside the operation's transaction, whatever the operation was; what it writes is derived and has no
    versions.
    """

    def register(follower: Follower) -> Follower:
        if follower not in {known for _, known in _followers}:
            _followers.append((nouns, follower))
        return follower

    return register


def current_change() -> Change:
    """The change being made; outside an operation nothing may be written."""
    change = _current.get()
    if change is None:
        raise RuntimeError("Rows are written inside an operation only.")
    return change


def about[M: models.Model](row: M) -> M:
    """Let the event of this operation be about this row, where several are written and its subject is another one."""
    current_change().about = row
    return row


def values_of(row: models.Model) -> dict[str, Any]:
    """Every stored value of a row by column."""
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def create[M: models.Model](row: M) -> M:
    """Write a new row after all its checks."""
    change = current_change()
    row.full_clean()
    row.save(force_insert=True)
    change.touch(row, None)
    return row


def create_many[M: models.Model](rows: Sequence[M]) -> Sequence[M]:
    """Write many new rows of one kind; the database guards what is unique."""
    change = current_change()
    if not rows:
        return rows
    for row in rows:
        _check_values(row)
    type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
    for row in rows:
        change.touch(row, None)
    return rows


def _check_values(row: models.Model) -> None:
    """The checks of one of many rows; the database guards what is related and what is unique."""
    row.clean_fields(exclude={f.name for f in row._meta.concrete_fields if f.remote_field})
    row.clean()


def save[M: models.Model](row: M) -> M:
    """Write the changed fields of a row after all its checks; a row that did not change is left alone."""
    change = current_change()
    before = _stored(type(row), [row.pk])[row.pk]
    row.full_clean()
    if values_of(row) == before:
        return row
    if isinstance(row, Row):
        row.version = before["version"] + 1
    row.save(force_update=True)
    change.touch(row, before)
    return row


def save_whole[M: models.Model](row: M) -> M:
    """Write a row that stands for its parts: where the operation wrote any of them, it counts one version up."""
    if isinstance(row, Row) and current_change().touched:
        row.version += 1
    return save(row)


def save_many[M: models.Model](rows: Sequence[M]) -> int:
    """Write those of many rows of one kind that changed; gives their number."""
    change = current_change()
    if not rows:
        return 0
    model = type(rows[0])
    stored = _stored(model, [row.pk for row in rows])
    changed, columns = [], {"version"}
    for row in rows:
        _check_values(row)
        if different := {name for name, value in values_of(row).items() if value != stored[row.pk][name]}:
            row.version = stored[row.pk]["version"] + 1
            changed.append(row)
            columns |= different
    # An update of many rows costs by the columns it names: only those that changed in any of them.
    names = [f.name for f in model._meta.concrete_fields if f.attname in columns]
    model._default_manager.bulk_update(changed, names, batch_size=100)
    for row in changed:
        change.touch(row, stored[row.pk])
    return len(changed)


def remove(row: models.Model) -> None:
    """Take a row away; its versions stay."""
    current_change().touch(row, values_of(row), removed=True)
    pk = row.pk
    row.delete()
    row.pk = pk


def _stored(model: type[models.Model], ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), BATCH):
        for row in model._default_manager.filter(pk__in=ids[start : start + BATCH]):
            rows[row.pk] = values_of(row)
    return rows


def book(change: Change) -> Event | None:
    """Write the event of a finished operation, close the old versions and keep the new; nothing changed: None."""
    if not change.touched:
        return None
    for nouns, follower in _followers:
        if written := [touched for touched in change.touched.values() if isinstance(touched.row, nouns)]:
            follower(written)
    event = _event(change)
    by_model: dict[type, list[Touched]] = {}
    for touched in change.touched.values():
        by_model.setdefault(type(touched.row), []).append(touched)
    for model, rows in by_model.items():
        if issubclass(model, Row):
            _keep_versions(model, rows, event)
    _pulse(change, event)
    return event


def _event(change: Change) -> Event:
    here = surrounding()
    subject = change.subject if isinstance(change.subject, models.Model) else None
    only = next(iter(change.touched.values())).row if len(change.touched) == 1 else change.about or subject
    shown = only if only is not None else next(iter(change.touched.values())).row
    place = _place(shown)
    return Event.objects.create(
        at=change.at,
        person=change.actor if isinstance(change.actor, Person) else None,
        who=str(change.actor),
        channel=here.channel,
        verb=change.verb,
        noun=str(shown._meta.verbose_name),
        row_id=shown.pk,
        label=str(shown)[:200],
        path=place.path if place is not None else "",
        seal=place.seal if place is not None else "",
        reason=change.reason,
        count=len(change.touched),
        changes=_told(change.touched.values()),
        run_id=here.run_id,
        undoes=change.undoes,
    )


def _place(row: Any) -> PlacedRow | None:
    return row.scope if isinstance(row, Row) else None


def _told(rows: Iterable[Touched]) -> list[dict[str, Any]]:
    told = []
    for touched in list(rows)[:MOST_ROWS_TOLD]:
        if not isinstance(touched.row, Row):
            continue
        after = {} if touched.removed else values_of(touched.row)
        fields = {
            name: [plain(old), plain(new)]
            for name, old, new in differences(touched.before or {}, after)
            if name not in NEVER_TOLD and name.split(".")[0] not in touched.row.never_told
        }
        told.append(
            {
                "noun": touched.row.noun,
                "id": touched.row.pk,
                "label": str(touched.row)[:120],
                "what": "removed" if touched.removed else "changed" if touched.before else "new",
                "fields": fields,
            }
        )
    return told


def _keep_versions(model: type[Row], rows: list[Touched], event: Event) -> None:
    ids = [touched.row.pk for touched in rows if touched.before is not None]
    for start in range(0, len(ids), BATCH):
        known = model.Version.objects.filter(row_id__in=ids[start : start + BATCH], known_to=FOREVER)
        known.update(known_to=event.at)
    kept = [_version(model, touched.row, event) for touched in rows if not touched.removed]
    model.Version.objects.bulk_create(kept, batch_size=100)


def _version(model: type[Row], row: Row, event: Event) -> Any:
    values = {name: value for name, value in values_of(row).items() if name != "id" and name not in row.never_kept}
    return model.Version(row_id=row.pk, known_from=event.at, event=event, **values)


def _pulse(change: Change, event: Event) -> None:
    pulses = [_pulse_of(touched.row) for touched in list(change.touched.values())[:MOST_ROWS_TOLD]]
    pulses.append(Pulse(noun="event", row_id=event.pk, path=event.path, seal=event.seal))
    Pulse.objects.bulk_create(pulses)


def _pulse_of(row: Any) -> Pulse:
    place = _place(row)
    person_id = None if isinstance(row, Row) else getattr(row, "person_id", None)
    if row._meta.model_name == "grant":
        person_id = row.person_id
    return Pulse(
        noun=row._meta.model_name,
        row_id=row.pk,
        row_version=getattr(row, "version", 0),
        path=place.path if place is not None else "",
        seal=place.seal if place is not None else "",
        person_id=person_id,
    )
