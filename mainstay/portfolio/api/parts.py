"""What belongs to a project: milestones, dependencies and the people on it."""

from typing import Any, Literal

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Changes, Code, Day, Id, Name, Reason, Sent, Username, text
from mainstay.core.verbs import Verb
from mainstay.portfolio.api import finding
from mainstay.portfolio.api.reading import reading_of
from mainstay.portfolio.api.shapes import sent_changes
from mainstay.portfolio.models import Dependency, DependencyKind, Member, Milestone
from mainstay.portfolio.operations.parts import (
    add_dependency,
    add_member,
    add_milestone,
    edit_dependency,
    edit_milestone,
    remove_dependency,
    remove_member,
    remove_milestone,
)

routes = Routes("Parts of projects")
NUMBER = number("id", "The row's number.", lookup="pk", example=1)
PROJECT = Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PRJ-0007")
PARTS = tuple(role.value for role in Member.PARTS)

MILESTONES = Resource(
    "Milestone",
    (
        NUMBER,
        PROJECT,
        Field("name", Kind.TEXT, "The dated result.", example="Design approved"),
        Field("due_date", Kind.DAY, "When it is due."),
        Field("forecast_date", Kind.DAY, "When it is expected now.", may_be_missing=True),
        Field("done_date", Kind.DAY, "When it was done.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("due_date",),
)
DEPENDENCIES = Resource(
    "Dependency",
    (
        NUMBER,
        PROJECT,
        Field("needs", Kind.TEXT, "The code of the project it depends on.", "needs__code"),
        Field("kind", Kind.CHOICE, "How it depends.", choices=tuple(DependencyKind.values)),
        Field("note", Kind.TEXT, "Why."),
        Field("subject", Kind.TEXT, "What is handed over.", example="Commissioned mains"),
        Field("promised_date", Kind.DAY, "When it is promised.", may_be_missing=True),
        Field("needed_date", Kind.DAY, "When it is needed.", may_be_missing=True),
        Field("delivered_date", Kind.DAY, "When it was handed over.", may_be_missing=True),
        VERSION,
    ),
    key="id",
    order=("project", "needs"),
)
MEMBERS = Resource(
    "Member",
    (
        NUMBER,
        PROJECT,
        Field("person", Kind.TEXT, "The sign-in name.", "person__username"),
        Field("role", Kind.CHOICE, "The part they have.", choices=PARTS),
        VERSION,
    ),
    key="id",
    order=("role", "person"),
)


class MilestoneAdd(Sent):
    """A dated result."""

    name: Name
    due_date: Day
    forecast_date: Day | None = None
    done_date: Day | None = None


class MilestoneEdit(Changes):
    """Changes to a milestone; what is left away stays."""

    name: Name = ""
    due_date: Day = None
    forecast_date: Day | None = None
    done_date: Day | None = None
    reason: Reason = ""


class DependencyAdd(Sent):
    """The project that is needed."""

    needs: Code
    kind: Literal[tuple(DependencyKind.values)] = "requires"
    note: text(300) = ""
    subject: text(160) = ""
    promised_date: Day | None = None
    needed_date: Day | None = None


class DependencyEdit(Changes):
    """Changes to a dependency; what is left away stays. Whoever hands over says only when."""

    note: text(300) = ""
    subject: text(160) = ""
    promised_date: Day | None = None
    needed_date: Day | None = None
    delivered_date: Day | None = None
    reason: Reason = ""


class MemberAdd(Sent):
    """Somebody's part in a project."""

    person: Username
    role: Literal[PARTS]


def _milestones(request: HttpRequest) -> Any:
    return Milestone.objects.as_of(request.as_of).visible_to(request.user)


def _dependencies(request: HttpRequest) -> Any:
    """Those of which the asker may see both ends."""
    seen = reading_of(request).projects().order_by().values(reading_of(request).key)
    return Dependency.objects.as_of(request.as_of).visible_to(request.user).filter(needs_id__in=seen)


def _members(request: HttpRequest) -> Any:
    return Member.objects.as_of(request.as_of).visible_to(request.user)


@routes.reads("/milestones", "milestones", MILESTONES.Page, is_list=True)
def milestones(request: HttpRequest, query: MILESTONES.Asked) -> Any:
    """List milestones; `project=` takes those of one project."""
    return MILESTONES.page(request, _milestones(request), query)


@routes.reads("/milestones/{milestone_id}", "milestone", MILESTONES.One, versioned=True)
def milestone(request: HttpRequest, milestone_id: Id) -> Any:
    """Read a milestone."""
    return MILESTONES.one(request, _milestones(request).identified_by([milestone_id]))


@routes.does(
    "POST",
    "/projects/{code}/milestones",
    Verb.MILESTONE_ADD,
    MILESTONES.One,
    status=201,
    example={"name": "Design approved", "due_date": "2026-09-30"},
)
def put_milestone(request: HttpRequest, code: Code, body: MilestoneAdd) -> Any:
    """Add a milestone to a project."""
    made = add_milestone(finding.project_at(request, code), actor=request.user, **body.model_dump())
    row = MILESTONES.one(request, Milestone.objects.filter(pk=made.pk)).body
    return Answer(row, location=f"/api/v1/milestones/{made.pk}")


@routes.does(
    "PATCH",
    "/milestones/{milestone_id}",
    Verb.MILESTONE_EDIT,
    MILESTONES.One,
    precondition="required",
    example={"forecast_date": "2026-10-31"},
)
def change_milestone(request: HttpRequest, milestone_id: Id, body: MilestoneEdit) -> Any:
    """Change a milestone, its forecast or its being done."""
    changes, reason = sent_changes(body)
    rows, version = _milestones(request).filter(pk=milestone_id), request.expected_version
    edit_milestone(found(rows), actor=request.user, expected_version=version, reason=reason, **changes)
    return MILESTONES.one(request, rows)


@routes.does("DELETE", "/milestones/{milestone_id}", Verb.MILESTONE_REMOVE, None, status=204)
def drop_milestone(request: HttpRequest, milestone_id: Id) -> Any:
    """Remove a milestone."""
    remove_milestone(found(_milestones(request).filter(pk=milestone_id)), actor=request.user)


@routes.reads("/dependencies", "dependencies", DEPENDENCIES.Page, is_list=True)
def dependencies(request: HttpRequest, query: DEPENDENCIES.Asked) -> Any:
    """List dependencies between projects; `project=` or `needs=` takes those of one project."""
    return DEPENDENCIES.page(request, _dependencies(request), query)


@routes.does(
    "POST",
    "/projects/{code}/dependencies",
    Verb.DEPENDENCY_ADD,
    DEPENDENCIES.One,
    status=201,
    example={"needs": "METERS", "kind": "requires"},
)
def put_dependency(request: HttpRequest, code: Code, body: DependencyAdd) -> Any:
    """Say that a project depends on another one."""
    needs = finding.named_project(request, "needs", body.needs)
    project = finding.project_at(request, code)
    made = add_dependency(project, actor=request.user, **body.model_dump() | {"needs": needs})
    return DEPENDENCIES.one(request, Dependency.objects.filter(pk=made.pk))


@routes.reads("/dependencies/{dependency_id}", "dependency", DEPENDENCIES.One, versioned=True)
def dependency(request: HttpRequest, dependency_id: Id) -> Any:
    """Read a dependency."""
    return DEPENDENCIES.one(request, _dependencies(request).identified_by([dependency_id]))


@routes.does(
    "PATCH",
    "/dependencies/{dependency_id}",
    Verb.DEPENDENCY_EDIT,
    DEPENDENCIES.One,
    precondition="required",
    example={"promised_date": "2026-10-31"},
)
def change_dependency(request: HttpRequest, dependency_id: Id, body: DependencyEdit) -> Any:
    """Change what is handed over and when, from the end of the project you may change it for."""
    changes, reason = sent_changes(body)
    rows = _dependencies(request).filter(pk=dependency_id)
    row = found(rows.select_related("project", "needs"))
    end = row.project if access.may(request.user, Verb.DEPENDENCY_EDIT, row.project) else row.needs
    version = {"dependency": row, "dependency_version": request.expected_version}
    edit_dependency(end, actor=request.user, reason=reason, **version, **changes)
    return DEPENDENCIES.one(request, rows)


@routes.does("DELETE", "/dependencies/{dependency_id}", Verb.DEPENDENCY_REMOVE, None, status=204)
def drop_dependency(request: HttpRequest, dependency_id: Id) -> Any:
    """Remove a dependency."""
    remove_dependency(found(_dependencies(request).filter(pk=dependency_id)), actor=request.user)


@routes.reads("/members", "members", MEMBERS.Page, is_list=True)
def members(request: HttpRequest, query: MEMBERS.Asked) -> Any:
    """List the people on projects; `project=` takes those of one project."""
    return MEMBERS.page(request, _members(request), query)


@routes.does(
    "POST",
    "/projects/{code}/members",
    Verb.MEMBER_ADD,
    MEMBERS.One,
    status=201,
    example={"person": "grace", "role": "sponsor"},
)
def put_member(request: HttpRequest, code: Code, body: MemberAdd) -> Any:
    """Give somebody a part in a project and with it the role there."""
    person = finding.named_person(request, "person", body.person)
    made = add_member(finding.project_at(request, code), actor=request.user, person=person, role=body.role)
    return MEMBERS.one(request, Member.objects.filter(pk=made.pk))


@routes.does("DELETE", "/members/{member_id}", Verb.MEMBER_REMOVE, None, status=204)
def drop_member(request: HttpRequest, member_id: Id) -> Any:
    """End somebody's part in a project and the role that came with it."""
    remove_member(found(_members(request).filter(pk=member_id)), actor=request.user)
