"""Saying what people are able to do, and how well."""

from datetime import date

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.models import Proficiency, Resource, Skill


@operation(Verb.PROFICIENCY_SET)
def set_proficiency(
    subject: Resource | Proficiency,
    *,
    actor: Actor,
    level: int,
    skill: Skill | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    certificate: str = "",
    expected_version: int | None = None,
    reason: str = "",
) -> Proficiency:
    """Say how well somebody masters a skill, or change it; a skill stands once with a person."""
    row = subject if isinstance(subject, Proficiency) else _with(subject, skill)
    row.level, row.certificate = level, certificate.strip()
    row.valid_from, row.valid_until = valid_from, valid_until
    return history.save(row) if row.pk else history.create(row)


@operation(Verb.PROFICIENCY_REMOVE)
def remove_proficiency(proficiency: Proficiency, *, actor: Actor, reason: str = "") -> None:
    """Take a skill from a person; that they had it stays in the history."""
    history.remove(proficiency)


def _with(resource: Resource, skill: Skill | None) -> Proficiency:
    if skill is None:
        raise ValidationError({"skill": "Choose a skill."})
    found = Proficiency.objects.filter(resource=resource, skill=skill).first()
    return found or Proficiency(resource=resource, skill=skill)
