"""Giving and withdrawing roles."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Grant, Person
from mainstay.core.operation import operation
from mainstay.core.operations.people import administrators
from mainstay.core.roles import Role
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb


class _Place:
    """A path as the subject of a question of access."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seal = ""


@operation(Verb.GRANT_GIVE)
def give_grant(
    person: Person,
    *,
    actor: Actor,
    role: Role | str,
    path: str = access.ROOT,
    until_date: date | None = None,
    reason: str = "",
) -> Grant:
    """Give somebody a role for a part of the tree; nobody gives what they do not hold."""
    role = _known(role)
    if not may_give(actor, role, path):
        raise Forbidden(f"You may not give the role {role.label}: it allows more than your own roles do.")
    if not (path.startswith("/") and path.endswith("/")):
        raise ValidationError({"path": "A place is a path that begins and ends with a slash."})
    given = Grant.objects.filter(person=person, role=role, path=path).first()
    if given is None:
        return history.create(Grant(person=person, role=role, path=path, until_date=until_date, reason=reason))
    given.until_date = until_date
    return history.save(given)


@operation(Verb.GRANT_WITHDRAW)
def withdraw_grant(grant: Grant, *, actor: Actor, reason: str = "") -> None:
    """Take a role back; it ends with the person's next request."""
    if not may_give(actor, Role(grant.role), grant.path):
        raise Forbidden("You may not withdraw a role that allows more than your own roles do.")
    last = grant.role == Role.ADMINISTRATOR and grant.path == access.ROOT and administrators() == 1
    if last and grant.person.is_active:
        raise Impossible("This is the last administrator; name another one first.")
    history.remove(grant)


def _known(role: Any) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise ValidationError({"role": f"There is no role {role!r}."}) from error


def may_give(actor: Any, role: Role, path: str) -> bool:
    """Administrators of the place give any role there; others only what their own roles there cover."""
    place = _Place(path)
    held = [grant.role for grant in access.held_by(actor) if grant.reaches(place.path, place.seal)]
    own = frozenset().union(*(one.verbs for one in held)) if held else frozenset()
    return Role.ADMINISTRATOR in held or role.verbs <= own
