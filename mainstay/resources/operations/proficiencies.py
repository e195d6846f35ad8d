"""Saying what people are able to do, and how well."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.models import Proficiency, Resource, Skill
from mainstay.resources.operations.rules import put

FIELDS = frozenset({"level", "valid_from", "valid_until", "certificate"})


@operation(Verb.PROFICIENCY_SET)
def set_proficiency(
    resource: Resource,
    *,
    actor: Actor,
    level: int,
    skill: Skill | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    certificate: str = "",
    reason: str = "",
) -> Proficiency:
    """Say how well somebody masters a skill; a skill stands once with a person."""
    row = _with(resource, skill)
    row.level, row.certificate = level, certificate.strip()
    row.valid_from, row.valid_until = valid_from, valid_until
    return history.save(row) if row.pk else history.create(row)


@operation(Verb.PROFICIENCY_EDIT)
def edit_proficiency(
    proficiency: Proficiency, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Proficiency:
    """Change how well somebody masters a skill, or until when it holds."""
    return put(proficiency, FIELDS, changes)


@operation(Verb.PROFICIENCY_REMOVE)
def remove_proficiency(proficiency: Proficiency, *, actor: Actor, reason: str = "") -> None:
    """Take a skill from a person; that they had it stays in the history."""
    history.remove(proficiency)


def _with(resource: Resource, skill: Skill | None) -> Proficiency:
    if skill is None:
        raise ValidationError({"skill": "Choose a skill."})
    found = Proficiency.objects.filter(resource=resource, skill=skill).first()
    return found or Proficiency(resource=resource, skill=skill)
