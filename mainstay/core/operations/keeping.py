"""Saving views and column mappings, and reading notices."""

from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Missing
from mainstay.core.models import Mapping, Notice, Person, SavedView
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb


@operation(Verb.VIEW_SAVE)
def save_view(subject: None, *, actor: Actor, page: str, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Keep a list as it is under a name; saving under the same name replaces it."""
    view = SavedView.objects.filter(person=actor, page=page, name=name).first()
    if view is None:
        return history.create(SavedView(person=actor, page=page, name=name, query=query, is_shared=is_shared))
    view.query, view.is_shared = query, is_shared
    return history.save(view)


@operation(Verb.VIEW_REMOVE)
def remove_view(view: SavedView, *, actor: Actor) -> None:
    """Forget a saved view of one's own."""
    if view.person_id != actor.pk:
        raise Forbidden("Only the person who saved a view may remove it.")
    history.remove(view)


@operation(Verb.MAPPING_SAVE)
def save_mapping(subject: None, *, actor: Actor, sheet: str, name: str, columns: dict[str, object]) -> Mapping:
    """Keep which column of a file means which field, for everybody who imports."""
    if not access.may_somewhere(actor, Verb.ROWS_IMPORT):
        raise Forbidden("Only those who may import lists keep column mappings.")
    mapping = Mapping.objects.filter(sheet=sheet, name=name).first()
    if mapping is None:
        author = actor if isinstance(actor, Person) else None
        return history.create(Mapping(sheet=sheet, name=name, columns=columns, person=author))
    _refuse_strangers(mapping, actor)
    mapping.columns = columns
    return history.save(mapping)


@operation(Verb.MAPPING_REMOVE)
def remove_mapping(mapping: Mapping, *, actor: Actor) -> None:
    """Forget a column mapping."""
    _refuse_strangers(mapping, actor)
    history.remove(mapping)


def _refuse_strangers(mapping: Mapping, actor: Actor) -> None:
    if mapping.person_id != actor.pk and not access.may(actor, Verb.FIELD_EDIT):
        raise Forbidden("Only the person who saved a mapping or an administrator may change it.")


@operation(Verb.NOTICE_READ)
def read_notice(notice: Notice, *, actor: Actor) -> Notice:
    """Mark a notice of one's own as read."""
    if notice.person_id != actor.pk:
        raise Missing("There is no such notice.")
    notice.read_at = notice.read_at or timezone.now()
    return history.save(notice)
