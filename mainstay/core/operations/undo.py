"""Undoing a change: each row returns to what it was, unless somebody changed it since."""

from typing import Any

from django.apps import apps

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event, Row
from mainstay.core.models.row import FOREVER
from mainstay.core.operation import UNTOLD, operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb

UNDOABLE = frozenset(
    {Verb.PROJECT_EDIT, Verb.PROJECTS_EDIT, Verb.CHANGE_UNDO, Verb.MILESTONE_EDIT, Verb.PROGRAMME_EDIT}
)


@operation(Verb.CHANGE_UNDO)
def undo_change(event: Event, *, actor: Actor, reason: str = "") -> int:
    """Bring back what an edit changed; gives the number of rows. All or nothing."""
    if Verb(event.verb) not in UNDOABLE:
        raise Impossible("Only edits can be undone.")
    if event.person_id != actor.pk and not access.may(actor, Verb(event.verb), event.scope):
        raise Forbidden("You can undo your own changes; others need the right to edit everything here.")
    if event.undone_by.exists():
        raise Impossible("This change was undone already.")
    history.current_change().undoes = event
    restored = sum(_restore(model, event, actor) for model in row_models())
    if not restored:
        raise Impossible("There is nothing left to undo.")
    return restored


def row_models() -> list[type[Row]]:
    """Every noun whose versions are kept."""
    return [model for model in apps.get_models() if issubclass(model, Row) and hasattr(model, "Version")]


def _restore(model: Any, event: Event, actor: Actor) -> int:
    made = {v.row_id: v for v in model.Version.objects.filter(event=event)}
    if not made:
        return 0
    if any(version.known_to != FOREVER for version in made.values()):
        raise Impossible("Somebody changed one of these rows since; undo their change first or edit it by hand.")
    before = {v.row_id: v for v in model.Version.objects.filter(row_id__in=made, known_to=event.at)}
    rows = list(model.objects.filter(pk__in=before).select_for_update(of=("self",)))
    for row in rows:
        access.require(actor, Verb(event.verb), row.scope)
        for name in history.values_of(row).keys() - UNTOLD:
            setattr(row, name, getattr(before[row.pk], name))
    return history.save_many(rows)
