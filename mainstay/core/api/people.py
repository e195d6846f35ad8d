"""People and the roles they hold."""

from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Day, Id, LargeName, Password, Path, Reason, Sent, Username, text
from mainstay.core.models import Grant, Person
from mainstay.core.operations.grants import give_grant, withdraw_grant
from mainstay.core.operations.people import create_person, deactivate_person, edit_person, reactivate_person
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb

routes = Routes("People")
ROLES = tuple(role.value for role in Role)


def _hide_addresses(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """E-mail addresses are for those who manage access, and for the person."""
    if access.may(request.user, Verb.SEE_ACCESS):
        return
    for row in rows:
        if "email" in row and row["_pk"] != request.user.pk:
            row["email"] = None


PEOPLE = Resource(
    "Person",
    (
        Field("username", Kind.TEXT, "The sign-in name.", example="grace"),
        Field("name", Kind.TEXT, "The name as pages show it.", example="Grace Okafor"),
        Field("job_title", Kind.TEXT, "What they do.", example="Head of networks"),
        Field(
            "email",
            Kind.TEXT,
            "The e-mail address; null for those who may not know it.",
            may_be_missing=True,
            filters=False,
            sorts=False,
        ),
        Field("is_active", Kind.YES_NO, "Whether they may sign in."),
        VERSION,
    ),
    key="username",
    order=("name",),
    search=("name", "username", "job_title"),
    private=("pk",),
    finish=_hide_addresses,
)
GRANTS = Resource(
    "Grant",
    (
        number("id", "The grant's number.", lookup="pk", example=1),
        Field("person", Kind.TEXT, "Who holds it, by sign-in name.", "person__username", example="grace"),
        Field("role", Kind.CHOICE, "The role.", choices=ROLES, example="sponsor"),
        Field("path", Kind.TEXT, "The place: it holds at and below this path.", example="/"),
        Field("until_date", Kind.DAY, "The last day it holds.", may_be_missing=True),
        Field("reason", Kind.TEXT, "Why it was given."),
        VERSION,
    ),
    key="id",
    order=("id",),
)


class PersonCreate(Sent):
    """Somebody new."""

    username: Username
    name: text(120, least=1)
    email: LargeName = ""
    job_title: text(120) = ""
    password: Password = ""


class PersonEdit(Changes):
    """What is known about somebody; what is left away stays."""

    name: text(120, least=1) = ""
    email: LargeName = ""
    job_title: text(120) = ""


class GrantGive(Sent):
    """A role for a part of the tree."""

    role: Role
    path: Path = access.ROOT
    until_date: Day | None = None
    reason: text(300) = ""


class Why(Sent):
    """A reason for the record."""

    reason: Reason = ""


def _people(request: HttpRequest) -> Any:
    return Person.objects.as_of(request.as_of).visible_to(request.user)


def _one(request: HttpRequest, username: str) -> Answer:
    return PEOPLE.one(request, Person.objects.visible_to(request.user).filter(username=username))


def _person(request: HttpRequest, username: str) -> Person:
    return found(Person.objects.visible_to(request.user).filter(username=username))


def _grants(request: HttpRequest) -> Any:
    """All of them for those who manage access; everybody sees their own."""
    rows = Grant.objects.as_of(request.as_of)
    return rows if access.may(request.user, Verb.SEE_ACCESS) else rows.filter(person_id=request.user.pk)


@routes.reads("/people", "people", PEOPLE.Page, is_list=True)
def people(request: HttpRequest, query: PEOPLE.Asked) -> Any:
    """List people."""
    return PEOPLE.page(request, _people(request), query)


@routes.reads("/people/{username}", "person", PEOPLE.One, versioned=True)
def person(request: HttpRequest, username: Username) -> Any:
    """Read a person."""
    return PEOPLE.one(request, _people(request).filter(username=username))


@routes.does(
    "POST",
    "/people",
    Verb.PERSON_CREATE,
    PEOPLE.One,
    status=201,
    example={"username": "lena", "name": "Lena Berg", "email": "lena@northmoor.example"},
)
def create(request: HttpRequest, body: PersonCreate) -> Any:
    """Add a person; without a password they set one through the reset page."""
    made = create_person(None, actor=request.user, **body.model_dump())
    return Answer(_one(request, made.username).body, location=f"/api/v1/people/{made.username}")


@routes.does(
    "PATCH",
    "/people/{username}",
    Verb.PERSON_EDIT,
    PEOPLE.One,
    precondition="required",
    example={"job_title": "Head of networks"},
)
def edit(request: HttpRequest, username: Username, body: PersonEdit) -> Any:
    """Change what is known about a person."""
    person = _person(request, username)
    edit_person(person, actor=request.user, expected_version=request.expected_version, **body.sent_only())
    return _one(request, username)


@routes.does(
    "POST",
    "/people/{username}/deactivate",
    Verb.PERSON_DEACTIVATE,
    PEOPLE.One,
    example={"reason": "Left the company"},
)
def deactivate(request: HttpRequest, username: Username, body: Why) -> Any:
    """Close a person's way in at once."""
    deactivate_person(_person(request, username), actor=request.user, reason=body.reason)
    return _one(request, username)


@routes.does(
    "POST", "/people/{username}/reactivate", Verb.PERSON_REACTIVATE, PEOPLE.One, example={"reason": "Came back"}
)
def reactivate(request: HttpRequest, username: Username, body: Why) -> Any:
    """Let a person in again."""
    reactivate_person(_person(request, username), actor=request.user, reason=body.reason)
    return _one(request, username)


@routes.reads("/grants", "grants", GRANTS.Page, is_list=True)
def grants(request: HttpRequest, query: GRANTS.Asked) -> Any:
    """List roles given; everybody sees their own, those who manage access see all."""
    return GRANTS.page(request, _grants(request), query)


@routes.does(
    "POST",
    "/people/{username}/grants",
    Verb.GRANT_GIVE,
    GRANTS.One,
    status=201,
    example={"role": "executive", "path": "/", "reason": "Joined the board"},
)
def give(request: HttpRequest, username: Username, body: GrantGive) -> Any:
    """Give a person a role for a part of the tree; nobody gives what they do not hold."""
    given = give_grant(_person(request, username), actor=request.user, **body.model_dump())
    return GRANTS.one(request, Grant.objects.filter(pk=given.pk))


@routes.does(
    "POST", "/grants/{grant_id}/withdraw", Verb.GRANT_WITHDRAW, None, status=204, example={"reason": "Left the board"}
)
def withdraw(request: HttpRequest, grant_id: Id, body: Why) -> Any:
    """Withdraw a role; it ends with the person's next request."""
    withdraw_grant(found(_grants(request).filter(pk=grant_id)), actor=request.user, reason=body.reason)
