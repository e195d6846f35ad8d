"""A request in the register: the project it is proposed as, kept in step until it is accepted, dropped when it ends.

Triage decides about the request, so the project's step follows from that decision: it is taken in the name of the
person who decided where they hold the right for it, and else by Mainstay with that person named in the reason.
"""

from typing import Any

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.identification.binding import publish_with_request
from mainstay.identification.completeness import definition_of
from mainstay.identification.forms import Answers
from mainstay.identification.models import Request
from mainstay.portfolio.models import Phase, Project, Stage, Transition
from mainstay.portfolio.operations.projects import (
    advance_project,
    authorise_project,
    edit_project,
    first_stage,
    propose_project,
)


def enter_register(request: Request, *, actor: Actor, reason: str) -> None:
    """Propose the project of a request, or bring the one it has up to date; its business case comes along."""
    answers = Answers(definition_of(request.edition), request.answers, request.portfolio)
    fields = {"name": request.title, "description": request.description, **answers.project_fields()}
    if request.project is None:
        key = _free_key(request)
        project = propose_project(request.portfolio, actor=actor, external_key=key, **fields)
        request.project = project
        history.save(request)
        _forget_grants(actor)
    else:
        edit_project(request.project, actor=MAINSTAY, reason=f"{reason} by {actor}", **fields)
    publish_with_request(request, actor=actor, reason=reason)


def _free_key(request: Request) -> str:
    taken = Project.objects.filter(portfolio=request.portfolio, external_key=request.external_key).exists()
    return "" if taken else request.external_key


def _forget_grants(actor: Actor) -> None:
    """Whoever proposed a project got a role there that their earlier reading of grants does not know."""
    if isinstance(actor, Person):
        actor._held = None


def start_evaluation(request: Request, *, actor: Actor) -> None:
    """Take the project of an accepted request on into evaluation; it gets an owner where it has none."""
    project = Project.objects.get(pk=request.project_id)
    if project.owner_id is None:
        edit_project(project, actor=MAINSTAY, owner=request.requester, reason="Asked for it")
        project = Project.objects.get(pk=project.pk)
    if project.stage_id != first_stage().pk:
        return
    ways = Transition.objects.filter(origin_id=project.stage_id, is_authorising=False, target__phase=Phase.PIPELINE)
    way = ways.order_by("target__position").select_related("target").first()
    if way is not None:
        reason = f"Request {request.code} was accepted"
        _step(project, way, advance_project, Verb.PROJECT_ADVANCE, actor, reason)


def leave_register(project: Project, *, actor: Actor, reason: str) -> None:
    """Drop a project whose request ends; one that is finished or dropped already stays as it is."""
    project = Project.objects.select_related("stage").get(pk=project.pk)
    if project.stage.phase in {Phase.DROPPED, Phase.FINISHED}:
        return
    ways = Transition.objects.filter(origin_id=project.stage_id, target__phase=Phase.DROPPED)
    way = ways.order_by("target__position").select_related("target").first()
    if way is None:
        told = f"The life cycle has no way from {project.stage} to a stage that ends it; an administrator adds one."
        raise Impossible(told)
    if way.is_authorising:
        _step(project, way, authorise_project, Verb.PROJECT_AUTHORISE, actor, reason)
    else:
        _step(project, way, advance_project, Verb.PROJECT_ADVANCE, actor, reason)


def _step(project: Project, way: Transition, step: Any, verb: Verb, actor: Actor, reason: str) -> None:
    target: Stage = way.target
    if access.may(actor, verb, project):
        step(project, actor=actor, target=target, reason=reason)
    else:
        step(project, actor=MAINSTAY, target=target, reason=f"{reason} (decided by {actor})")
