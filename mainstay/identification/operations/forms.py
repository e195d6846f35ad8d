"""Making request forms: what is being prepared is a draft, what was published stays as it was."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.forms import read_definition, tell_definition
from mainstay.identification.models import FormEdition, RequestForm

FORM_FIELDS = frozenset({"name", "description", "is_open", "position", "answer_within_days"})


def _set(form: RequestForm, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - FORM_FIELDS - {"draft"}:
        raise ValidationError({"__all__": f"These cannot be changed here: {', '.join(sorted(unknown))}."})
    if "draft" in fields:
        fields = fields | {"draft": tell_definition(read_definition(fields["draft"]))}
    for name, value in fields.items():
        setattr(form, name, value)
    if form.is_open and not (form.pk and form.editions.exists()):
        raise ValidationError({"is_open": "Publish an edition first; nobody can fill in a form without questions."})


@operation(Verb.FORM_CREATE)
def create_form(subject: None, *, actor: Actor, key: str, name: str, **fields: Any) -> RequestForm:
    """Begin a kind of request; it is closed until an edition of its questions is published."""
    form = RequestForm(key=key, name=name.strip(), draft=tell_definition(read_definition({"sections": []})))
    _set(form, fields)
    return history.create(form)


@operation(Verb.FORM_EDIT)
def edit_form(
    form: RequestForm, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> RequestForm:
    """Change a form or the questions being prepared; requests see it when it is published."""
    _set(form, changes)
    return history.save(form)


@operation(Verb.FORM_PUBLISH)
def publish_form(
    form: RequestForm, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> FormEdition:
    """Publish the questions as a new edition and open the form; requests made before keep theirs."""
    definition = read_definition(form.draft)
    if not any(section.fields for section in definition.sections):
        raise ValidationError({"draft": "Ask at least one question before publishing."})
    latest = newest_edition(form)
    told = tell_definition(definition)
    if latest is not None and latest.definition == told:
        raise ValidationError(
            {"draft": f"Nothing differs from edition {latest.number}; there is nothing to publish."}
        )
    edition = FormEdition(
        form=form,
        number=latest.number + 1 if latest else 1,
        definition=told,
        published_at=surrounding().now(),
        published_by=actor if isinstance(actor, Person) else None,
        note=reason.strip()[:300],
    )
    history.create(edition)
    form.is_open = form.is_open or latest is None
    history.save(form)
    return edition


def newest_edition(form: RequestForm) -> FormEdition | None:
    """The edition new requests are made with."""
    return form.editions.order_by("-number").first()
