"""Creating people and letting them in or out."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Grant, Person
from mainstay.core.operation import operation
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb

EDITABLE = frozenset({"name", "email", "job_title"})


@operation(Verb.PERSON_CREATE)
def create_person(
    subject: None,
    *,
    actor: Actor,
    username: str,
    name: str,
    email: str = "",
    job_title: str = "",
    password: str = "",
) -> Person:
    """Add somebody; without a password they set one through the reset page."""
    person = Person(username=username.strip(), name=name.strip(), email=email.strip(), job_title=job_title)
    person.password = _hashed(password, person)
    return history.create(person)


def _hashed(password: str, person: Person) -> str:
    if not password:
        return make_password(None)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    return make_password(password)


@operation(Verb.PERSON_EDIT)
def edit_person(person: Person, *, actor: Actor, expected_version: int | None = None, **changes: str) -> Person:
    """Change what is known about somebody."""
    if unknown := changes.keys() - EDITABLE:
        raise ValidationError(f"These cannot be changed: {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(person, name, value)
    return history.save(person)


@operation(Verb.PASSWORD_SET)
def set_password(person: Person, *, actor: Actor, password: str) -> Person:
    """Give oneself a new password; that it changed is on record, the password is not."""
    if person.pk != actor.pk:
        raise Forbidden("Everybody sets their own password; send them to the reset page.")
    person.password = _hashed(password, person)
    return history.save(person)


@operation(Verb.PERSON_DEACTIVATE)
def deactivate_person(person: Person, *, actor: Actor, reason: str = "") -> Person:
    """Close somebody's way in at once; what they did stays."""
    if person.pk == actor.pk:
        raise Impossible("You cannot close your own way in; ask another administrator.")
    person.is_active = False
    return history.save(person)


@operation(Verb.PERSON_REACTIVATE)
def reactivate_person(person: Person, *, actor: Actor, reason: str = "") -> Person:
    """Let somebody in again."""
    person.is_active = True
    return history.save(person)


def create_first_administrator(*, username: str, name: str, email: str, password: str) -> Person:
    """The first person of a new instance, who may then let others in; refused when anybody is there."""
    if Person.objects.exists():
        raise Impossible("This instance is set up already; sign in instead.")
    if not password:
        raise ValidationError({"password": "The first administrator needs a password."})
    from mainstay.core.operations.grants import give_grant

    person = create_person(None, actor=MAINSTAY, username=username, name=name, email=email, password=password)
    give_grant(person, actor=MAINSTAY, role=Role.ADMINISTRATOR, path=access.ROOT, reason="First start")
    return person


def administrators() -> int:
    """How many people may administer the whole instance."""
    held = Grant.objects.in_force().filter(role=Role.ADMINISTRATOR, path=access.ROOT, person__is_active=True)
    return held.count()
