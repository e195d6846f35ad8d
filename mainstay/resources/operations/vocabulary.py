"""Adding and changing roles and skills, the words in which demand and supply are counted."""

from typing import Any

from django.utils.text import slugify

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.tree import change
from mainstay.resources.models import Role, Skill

FIELDS = frozenset({"name", "description", "is_active"})


@operation(Verb.ROLE_ADD)
def add_role(subject: None, *, actor: Actor, name: str, key: str = "", **fields: Any) -> Role:
    """Add a part people play in projects."""
    role = Role(key=key or slugify(name)[:40], name=name.strip())
    change(role, FIELDS, fields)
    return history.create(role)


@operation(Verb.ROLE_EDIT)
def edit_role(
    role: Role, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Role:
    """Change a role, or take it out of use; its key stays what other systems know."""
    change(role, FIELDS, changes)
    return history.save(role)


@operation(Verb.SKILL_ADD)
def add_skill(subject: None, *, actor: Actor, name: str, key: str = "", **fields: Any) -> Skill:
    """Add something people are able to do."""
    skill = Skill(key=key or slugify(name)[:40], name=name.strip())
    change(skill, FIELDS, fields)
    return history.create(skill)


@operation(Verb.SKILL_EDIT)
def edit_skill(
    skill: Skill, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Skill:
    """Change a skill, or take it out of use; its key stays what other systems know."""
    change(skill, FIELDS, changes)
    return history.save(skill)
