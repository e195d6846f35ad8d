"""Recording when people are away. Why is confidential, so these operations take no reason for the change."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Forbidden
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.tree import change
from mainstay.resources.calendar_events import Away, Read
from mainstay.resources.models import Absence, AbsenceKind, Resource
from mainstay.resources.operations.rules import put

FIELDS = frozenset({"starts_on", "ends_on", "share", "kind", "note", "external_key"})
PIECES = ("", "+", "-")  # an event over several days may have been cut into first, middle and last days


@dataclass
class Done:
    """What a calendar file changed, and which of its events could not be read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


@operation(Verb.ABSENCE_RECORD)
def record_absence(
    resource: Resource,
    *,
    actor: Actor,
    starts_on: date,
    ends_on: date,
    share: Decimal = Decimal(1),
    kind: str = AbsenceKind.LEAVE,
    note: str = "",
    external_key: str = "",
) -> Absence:
    """Record that somebody is away, wholly or for a share of each day."""
    absence = Absence(resource=resource, starts_on=starts_on, ends_on=ends_on)
    return put(absence, FIELDS, {"share": share, "kind": kind, "note": note.strip(), "external_key": external_key})


@operation(Verb.ABSENCE_EDIT)
def edit_absence(absence: Absence, *, actor: Actor, expected_version: int | None = None, **changes: Any) -> Absence:
    """Change when somebody is away; why may be changed only by those who may know it."""
    before = (absence.kind, absence.note)
    change(absence, FIELDS, changes)
    if (absence.kind, absence.note) != before and not absence.may_be_explained_to(actor):
        raise Forbidden("Why somebody is away is open to few; change the days only.")
    return history.save(absence)


@operation(Verb.ABSENCE_REMOVE)
def remove_absence(absence: Absence, *, actor: Actor) -> None:
    """Take an absence back."""
    history.remove(absence)


@operation(Verb.ABSENCES_IMPORT)
def import_absences(resource: Resource, *, actor: Actor, read: Read) -> Done:
    """Record what a calendar file says of a person's absences, found again by the UID of each event."""
    done = Done(problems=list(read.problems))
    rows = (
        Absence.objects.filter(resource=resource).exclude(external_key="").select_related("resource__team__portfolio")
    )
    known = {row.external_key: row for row in rows}
    for away in read.away:
        _bring_in(resource, away, known, done, actor)
    for key in (key + piece for key in read.cancelled for piece in PIECES):
        if (row := known.pop(key, None)) is not None:
            history.remove(row)
            done.removed += 1
    if done.new or done.changed or done.removed:
        history.about(resource)
    return done


def _bring_in(resource: Resource, away: Away, known: dict[str, Absence], done: Done, actor: Actor) -> None:
    days = {"starts_on": away.first, "ends_on": away.last, "share": away.share}
    why = {"kind": away.kind, "note": away.note}
    row = known.pop(away.key, None)
    fresh = row is None
    row = row or Absence(resource=resource, external_key=away.key)
    told = days | why if fresh or row.may_be_explained_to(actor) else days
    if not fresh and all(getattr(row, name) == value for name, value in told.items()):
        done.unchanged += 1
        return
    try:
        put(row, FIELDS, told)
    except ValidationError as error:
        done.problems.append(f"{away.first:%-d %B %Y}: {' '.join(error.messages)}")
        return
    done.new += fresh
    done.changed += not fresh
