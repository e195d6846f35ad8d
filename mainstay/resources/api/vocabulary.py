"""Roles and skills in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import StringConstraints

from mainstay.core.api.fields import VERSION, Field, Kind
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Changes, Reason, Sent, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.resources.models import Role, Skill
from mainstay.resources.operations.vocabulary import add_role, add_skill, edit_role, edit_skill

routes = Routes("Resources")
Slug = Annotated[str, StringConstraints(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")]


def _resource(noun: str) -> Resource:
    return Resource(
        noun,
        (
            Field("key", Kind.TEXT, "The key other systems know it by.", example="data-engineer"),
            Field("name", Kind.TEXT, "The name.", example="Data engineer"),
            Field("description", Kind.TEXT, "What it means."),
            Field("is_active", Kind.YES_NO, "Whether it is in use."),
            VERSION,
        ),
        key="key",
        order=("name",),
    )


ROLES, SKILLS = _resource("ResourceRole"), _resource("Skill")


class WordAdd(Sent):
    """A role or a skill; without a key the name makes one."""

    name: text(80, least=1)
    key: Slug | None = None
    description: text(300) = ""


class WordEdit(Changes):
    """Changes to a role or a skill."""

    name: text(80, least=1) = ""
    description: text(300) = ""
    is_active: YesNo = True
    reason: Reason = ""


def _rows(request: HttpRequest, model: Any) -> Any:
    return model.objects.as_of(request.as_of).visible_to(request.user)


def _given(body: WordAdd) -> dict[str, Any]:
    return {name: value for name, value in body.model_dump().items() if value is not None}


@routes.reads("/roles", "roles", ROLES.Page, is_list=True)
def roles(request: HttpRequest, query: ROLES.Asked) -> Any:
    """List the roles in which demand is counted."""
    return ROLES.page(request, _rows(request, Role), query)


@routes.does("POST", "/roles", Verb.ROLE_ADD, ROLES.One, status=201, example={"name": "Data engineer"})
def put_role(request: HttpRequest, body: WordAdd) -> Any:
    """Add a role."""
    made = add_role(None, actor=request.user, **_given(body))
    return ROLES.one(request, Role.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/roles/{word}", Verb.ROLE_EDIT, ROLES.One, precondition="required", example={"is_active": False}
)
def change_role(request: HttpRequest, word: Slug, body: WordEdit) -> Any:
    """Change a role, or take it out of use."""
    changes, reason = sent_changes(body)
    rows, version = _rows(request, Role).filter(key=word), request.expected_version
    edit_role(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return ROLES.one(request, rows)


@routes.reads("/skills", "skills", SKILLS.Page, is_list=True)
def skills(request: HttpRequest, query: SKILLS.Asked) -> Any:
    """List the skills in which demand is counted."""
    return SKILLS.page(request, _rows(request, Skill), query)


@routes.does("POST", "/skills", Verb.SKILL_ADD, SKILLS.One, status=201, example={"name": "Hydraulic modelling"})
def put_skill(request: HttpRequest, body: WordAdd) -> Any:
    """Add a skill."""
    made = add_skill(None, actor=request.user, **_given(body))
    return SKILLS.one(request, Skill.objects.filter(pk=made.pk))


@routes.does(
    "PATCH", "/skills/{word}", Verb.SKILL_EDIT, SKILLS.One, precondition="required", example={"is_active": False}
)
def change_skill(request: HttpRequest, word: Slug, body: WordEdit) -> Any:
    """Change a skill, or take it out of use."""
    changes, reason = sent_changes(body)
    rows, version = _rows(request, Skill).filter(key=word), request.expected_version
    edit_skill(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return SKILLS.one(request, rows)
