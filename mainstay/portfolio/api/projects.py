"""Projects: lists, single rows, proposing, editing, moving, their way through the life cycle, their history."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code, Told
from mainstay.core.errors import Missing, Stale
from mainstay.core.operation import changes_since
from mainstay.core.verbs import Verb
from mainstay.portfolio.api import finding, reading
from mainstay.portfolio.api.shapes import (
    PROJECTS,
    BulkEdit,
    ProjectAdvance,
    ProjectEdit,
    ProjectMove,
    ProjectPropose,
    sent_changes,
)
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import (
    advance_project,
    authorise_project,
    edit_project,
    edit_projects,
    move_project,
    propose_project,
)

routes = Routes("Projects")


class ProjectsChanged(Told):
    """How many rows changed."""

    changed: int


def answer(request: HttpRequest, code: str) -> Answer:
    """A project as it is told."""
    return PROJECTS.one(request, reading.projects(request).filter(code=code))


@routes.reads("/projects", "projects", PROJECTS.Page, is_list=True)
def projects(request: HttpRequest, query: PROJECTS.Asked) -> Any:
    """List projects and proposals; custom fields filter as `custom.region=North` or `custom.votes_gte=500`."""
    return PROJECTS.page(request, reading.projects(request), query)


@routes.reads("/projects/{code}", "project", PROJECTS.One, versioned=True)
def project(request: HttpRequest, code: Code) -> Any:
    """Read a project."""
    return answer(request, code)


@routes.does(
    "POST",
    "/projects",
    Verb.PROJECT_PROPOSE,
    PROJECTS.One,
    status=201,
    example={"portfolio": "NET", "name": "Replace the valves", "cost": "250000.00", "theme": "Resilience"},
)
def propose(request: HttpRequest, body: ProjectPropose) -> Any:
    """Propose a project; whoever proposes it can see it from then on."""
    sent = finding.with_rows(request, body.sent_only())
    portfolio = finding.named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.PROJECT_PROPOSE)
    made = propose_project(portfolio, actor=request.user, **sent)
    request.user.__dict__.pop("_held", None)  # the proposal may have brought a grant of its own
    return Answer(answer(request, made.code).body, location=f"/api/v1/projects/{made.code}")


@routes.does(
    "PATCH",
    "/projects/{code}",
    Verb.PROJECT_EDIT,
    PROJECTS.One,
    precondition="required",
    example={"health": "amber", "end_date": "2027-06-30", "reason": "Late delivery"},
)
def edit(request: HttpRequest, code: Code, body: ProjectEdit) -> Any:
    """Change a project; what is left away stays."""
    changes, reason = sent_changes(body)
    edited = edit_project(
        finding.project_at(request, code),
        actor=request.user,
        expected_version=request.expected_version,
        reason=reason,
        **finding.with_rows(request, changes),
    )
    return answer(request, edited.code)


@routes.does(
    "PATCH",
    "/projects",
    Verb.PROJECTS_EDIT,
    ProjectsChanged,
    example={"projects": [{"code": "PUMPS"}, {"code": "METERS"}], "changes": {"theme": "Growth"}},
)
def edit_many(request: HttpRequest, body: BulkEdit) -> Any:
    """Change the same fields of many projects, all or none; a version given with a project must still hold."""
    versions = {one.code: one.version for one in body.projects}
    changes = finding.with_rows(request, body.changes.sent_only())
    with transaction.atomic():
        rows = Project.objects.visible_to(request.user).filter(code__in=versions).order_by("pk")
        found = list(rows.select_for_update(of=("self",)))
        _refuse_missing_and_stale(found, versions, request)
        count = edit_projects(found, actor=request.user, reason=body.reason, **changes)
    return {"changed": count}


def _refuse_missing_and_stale(found: list[Project], versions: dict[str, int | None], request: HttpRequest) -> None:
    if missing := versions.keys() - {row.code for row in found}:
        raise Missing(f"There is no project {', '.join(sorted(missing)[:5])}.")
    for row in found:
        access.require(request.user, Verb.PROJECTS_EDIT, row.scope)
        expected = versions[row.code]
        if expected is not None and expected != row.version:
            changes = changes_since(row, expected, request.user)
            raise Stale(f"project ({row.code})", expected, row.version, changes)


@routes.does(
    "POST",
    "/projects/{code}/move",
    Verb.PROJECT_MOVE,
    PROJECTS.One,
    precondition="possible",
    example={"portfolio": "NET", "programme": "SMART"},
)
def move(request: HttpRequest, code: Code, body: ProjectMove) -> Any:
    """Take a project to another portfolio or programme; the mover needs the right in both."""
    programme = finding.named_programme(request, "programme", body.programme) if body.programme else None
    move_project(
        finding.project_at(request, code),
        actor=request.user,
        portfolio=finding.named_portfolio(request, "portfolio", body.portfolio),
        programme=programme,
        expected_version=request.expected_version,
        reason=body.reason,
    )
    return answer(request, code)


@routes.does(
    "POST",
    "/projects/{code}/advance",
    Verb.PROJECT_ADVANCE,
    PROJECTS.One,
    precondition="possible",
    example={"stage": "candidate"},
)
def advance(request: HttpRequest, code: Code, body: ProjectAdvance) -> Any:
    """Take a project to another stage, when its guards agree."""
    return _enter(advance_project, request, code, body)


@routes.does(
    "POST",
    "/projects/{code}/authorise",
    Verb.PROJECT_AUTHORISE,
    PROJECTS.One,
    precondition="possible",
    example={"stage": "rejected", "reason": "Too dear"},
)
def authorise(request: HttpRequest, code: Code, body: ProjectAdvance) -> Any:
    """Decide on a project; take it through a transition that commits or rejects."""
    return _enter(authorise_project, request, code, body)


def _enter(operation: Any, request: HttpRequest, code: str, body: ProjectAdvance) -> Answer:
    operation(
        finding.project_at(request, code),
        actor=request.user,
        target=finding.named_stage("stage", body.stage),
        expected_version=request.expected_version,
        reason=body.reason,
    )
    return answer(request, code)
