"""Proposing, changing, moving and advancing projects."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import refuse_unapproved
from mainstay.portfolio.custom import clean_custom
from mainstay.portfolio.guards import pass_guards
from mainstay.portfolio.models import Portfolio, Programme, Project, Stage, Transition
from mainstay.portfolio.operations.tree import change, next_code

PROJECT_FIELDS = frozenset(
    {
        "code", "name", "description", "owner", "manager", "programme", "theme", "health", "confidence", "start_date",
        "end_date", "currency", "cost", "benefit", "risk", "external_key",
    }
)  # fmt: skip
BULK_FIELDS = frozenset({"owner", "manager", "theme", "health", "confidence", "risk", "start_date", "end_date"})


@operation(Verb.PROJECT_PROPOSE)
def propose_project(
    portfolio: Portfolio,
    *,
    actor: Actor,
    name: str,
    code: str = "",
    custom: dict[str, Any] | None = None,
    **fields: Any,
) -> Project:
    """Put a proposal into the register; whoever proposes it can see it from then on."""
    project = Project(
        portfolio=portfolio,
        name=name.strip(),
        code=code or next_code("PRJ", Project),
        stage=first_stage(),
        stage_since=timezone.localdate(surrounding().now()),
        currency=fields.pop("currency", "") or portfolio.currency,
        custom=clean_custom(custom or {}),
        proposed_by=actor if isinstance(actor, Person) else None,
    )
    change(project, PROJECT_FIELDS, fields)
    project.put_under(project.parent)
    history.create(project)
    if isinstance(actor, Person) and not access.may(actor, Verb.SEE_REGISTER, project):
        give_grant(actor, actor=MAINSTAY, role=Role.PROPOSER, path=project.path, reason="Proposed it")
    return project


def first_stage() -> Stage:
    """Where the life of a project begins."""
    stage = Stage.objects.first()
    if stage is None:
        raise Impossible("No life cycle is set up yet; an administrator defines the stages first.")
    return stage


def _set(project: Project, actor: Actor, changes: dict[str, Any]) -> None:
    custom = changes.pop("custom", None)
    if custom is not None:
        _merge_custom(project, actor, custom)
    hidden = changes.keys() & {"cost", "benefit"}
    if hidden and not access.may(actor, Verb.SEE_FIGURES, project):
        raise Forbidden("You may not see or change the business-case figures here.")
    change(project, PROJECT_FIELDS, changes)
    given = {name: text for name, text in project.given_text.items() if changes.get(name) is None}
    project.given_text = given


def _merge_custom(project: Project, actor: Actor, custom: dict[str, Any]) -> None:
    clean = clean_custom(custom)
    hidden = clean.keys() & project.hidden_custom_keys()
    if hidden and not access.may(actor, Verb.SEE_FIGURES, project):
        raise Forbidden("You may not see or change the business-case figures here.")
    merged = project.custom | clean
    project.custom = {key: value for key, value in merged.items() if value is not None}


@operation(Verb.PROJECT_EDIT)
def edit_project(
    project: Project, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Project:
    """Change a project; a changed programme moves it in the tree."""
    programme_before = project.programme_id
    _set(project, actor, changes)
    if project.programme_id != programme_before:
        project.put_under(project.parent)
    return history.save(project)


@operation(Verb.PROJECTS_EDIT)
def edit_projects(projects: Sequence[Project], *, actor: Actor, reason: str = "", **changes: Any) -> int:
    """Change the same fields of many projects at once; gives the number that changed."""
    if unknown := changes.keys() - BULK_FIELDS - {"custom"}:
        raise ValidationError({"__all__": f"These cannot be changed in bulk: {', '.join(sorted(unknown))}."})
    for project in projects:
        _set(project, actor, dict(changes))
    return history.save_many(projects)


@operation(Verb.PROJECT_MOVE)
def move_project(
    project: Project,
    *,
    actor: Actor,
    portfolio: Portfolio,
    programme: Programme | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Project:
    """Take a project to another portfolio; the mover needs the right in both."""
    access.require(actor, Verb.PROJECT_MOVE, portfolio)
    if programme is not None and programme.portfolio_id != portfolio.pk:
        raise ValidationError({"programme": "The programme lies in another portfolio."})
    project.portfolio, project.programme = portfolio, programme
    project.put_under(project.parent)
    return history.save(project)


def transition_between(project: Project, target: Stage) -> Transition:
    """The way from where the project stands to another stage."""
    way = Transition.objects.filter(origin_id=project.stage_id, target=target).first()
    if way is None:
        raise Impossible(f"There is no way from {project.stage} to {target}.")
    return way


@operation(Verb.PROJECT_ADVANCE)
def advance_project(
    project: Project, *, actor: Actor, target: Stage, expected_version: int | None = None, reason: str = ""
) -> Project:
    """Take a project to another stage, when its guards agree."""
    way = transition_between(project, target)
    if way.is_authorising:
        raise Forbidden(f"{way.action} is a decision; it needs the right to authorise.")
    return _enter(project, way, actor, reason)


@operation(Verb.PROJECT_AUTHORISE)
def authorise_project(
    project: Project, *, actor: Actor, target: Stage, expected_version: int | None = None, reason: str = ""
) -> Project:
    """Decide on a project: take it through a transition that commits or rejects; nobody commits to their own."""
    way = transition_between(project, target)
    if not way.is_authorising:
        raise Impossible(f"{way.action} is no decision; whoever manages the project does it.")
    return _enter(project, way, actor, reason)


def _enter(project: Project, way: Transition, actor: Actor, reason: str) -> Project:
    refuse_unapproved(project, way, actor)
    if way.needs_reason and not reason.strip():
        raise ValidationError({"reason": f"{way.action} needs a reason."})
    pass_guards(project, way)
    project.stage = way.target
    project.stage_since = timezone.localdate(surrounding().now())
    return history.save(project)
