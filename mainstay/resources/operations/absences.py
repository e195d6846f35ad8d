"""Recording when people are away. Why is confidential, so these operations take no reason for the change."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core import history
from mainstay.core.errors import Forbidden
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.tree import change
from mainstay.resources.models import Absence, AbsenceKind, Resource
from mainstay.resources.operations.rules import put

FIELDS = frozenset({"starts_on", "ends_on", "share", "kind", "note", "external_key"})
REASONS = frozenset({"kind", "note"})


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
