"""Look-alikes: one request or project goes on in another with both histories kept, or two are found to differ."""

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible, Missing
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification import notices
from mainstay.identification.clock import stop
from mainstay.identification.models import Merger, NoteKind, Request, State, Unlike
from mainstay.identification.operations.register import leave_register
from mainstay.identification.operations.requests import write_note
from mainstay.identification.own_cause import refuse_own
from mainstay.portfolio.models import Phase, Project

MERGEABLE = (*Request.OPEN, State.RETURNED)


@operation(Verb.REQUEST_MERGE)
def merge_request(
    request: Request, *, actor: Actor, into: Request, reason: str, expected_version: int | None = None
) -> Request:
    """Let one request go on in another: both stay readable, each names the other, so do their projects."""
    survivor = _survivor(request, into, actor)
    refuse_own(request, actor, Verb.REQUEST_MERGE)
    reason = _given(reason)
    _refuse_ended(survivor)
    _close(request, survivor, actor, reason)
    if request.project is not None and survivor.project is not None:
        _merge_projects(request.project, survivor.project, actor, reason)
    return history.save(request)


@operation(Verb.DUPLICATE_MERGE)
def merge_projects(project: Project, *, actor: Actor, into: Project, reason: str) -> Merger:
    """Let one project go on in another; a request it came from goes with it."""
    access.require(actor, Verb.DUPLICATE_MERGE, into)
    reason = _given(reason)
    request = Request.objects.filter(project=project).select_for_update(of=("self",)).first()
    if request is not None and request.state in MERGEABLE:
        refuse_own(request, actor, Verb.DUPLICATE_MERGE)
        survivor = Request.objects.filter(project=into).first()
        _close(request, survivor, actor, reason)
        history.save(request)
    return _merge_projects(project, into, actor, reason)


@operation(Verb.DUPLICATE_DISMISS)
def dismiss_pair(project: Project, *, actor: Actor, other: Project, reason: str) -> Unlike:
    """Say that two projects only look alike; they are not shown as a pair again."""
    access.require(actor, Verb.DUPLICATE_DISMISS, other)
    one, two = sorted((project, other), key=lambda row: row.pk)
    if one.pk == two.pk:
        raise ValidationError({"other": "A project is always like itself."})
    if Unlike.objects.filter(one=one, other=two).exists():
        raise Impossible("These two were found to be different already.")
    return history.create(Unlike(one=one, other=two, reason=_given(reason)[:300]))


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Say why; both sides are told."})
    return reason.strip()


def _survivor(request: Request, into: Request, actor: Actor) -> Request:
    """The request that goes on, locked; the actor needs the right on both sides."""
    if into.pk == request.pk:
        raise ValidationError({"into": "A request cannot be merged into itself."})
    access.require(actor, Verb.REQUEST_MERGE, into.portfolio)
    survivor = Request.objects.select_for_update(of=("self",)).exclude(state=State.DRAFT).filter(pk=into.pk).first()
    if survivor is None or request.state == State.DRAFT:
        raise Missing("There is no such request, or it is not open to you.")
    if request.state not in MERGEABLE:
        raise Impossible(f"{request.code} is {request.get_state_display().lower()}; it cannot be merged any more.")
    return survivor


def _refuse_ended(survivor: Request) -> None:
    if survivor.state in {State.MERGED, State.REJECTED, State.WITHDRAWN}:
        raise Impossible(f"{survivor.code} is {survivor.get_state_display().lower()}; merge into one that goes on.")


def _close(request: Request, survivor: Request | None, actor: Actor, reason: str) -> None:
    """Decide a request as merged and tell both conversations and both requesters."""
    now = surrounding().now()
    stop(request, now)
    request.state, request.decided_at, request.merged_into = State.MERGED, now, survivor
    if survivor is None:
        write_note(request, actor, NoteKind.MERGE, f"Merged into a project: {reason}")
    else:
        write_note(request, actor, NoteKind.MERGE, f"Merged into {survivor.code}: {reason}")
        write_note(survivor, actor, NoteKind.MERGE, f"{request.code} was merged into this request: {reason}")
        notices.tell_requester(survivor, actor, f"goes on together with {request.code}")
    notices.tell_requester(request, actor, "was merged into another one")


def _merge_projects(project: Project, into: Project, actor: Actor, reason: str) -> Merger:
    into = Project.objects.select_for_update(of=("self",)).get(pk=into.pk)
    if project.pk == into.pk:
        raise ValidationError({"into": "A project cannot be merged into itself."})
    if Merger.objects.filter(merged=project).exists():
        raise Impossible(f"{project.code} goes on in another project already.")
    if into.stage.phase == Phase.DROPPED:
        raise Impossible(f"{into.code} was dropped; merge into a project that goes on.")
    leave_register(project, actor=actor, reason=_told(project, into, reason))
    merger = Merger(merged=project, survivor=into, reason=reason[:500], at=surrounding().now())
    return history.create(merger)


def _told(project: Project, into: Project, reason: str) -> str:
    """The reason as everybody who sees the dropped project reads it: it names only what lies at the same place."""
    beside = project.portfolio_id == into.portfolio_id and project.seal == into.seal
    return f"Merged into {into.code} {into.name}: {reason}" if beside else f"Merged into another project: {reason}"
