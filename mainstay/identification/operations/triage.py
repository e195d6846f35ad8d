"""Triage: who looks at a request, what is asked, and whether it is returned, accepted, rejected or merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification import notices
from mainstay.identification.clock import stop
from mainstay.identification.completeness import completeness_of
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import NoteKind, Request, State
from mainstay.identification.operations.register import leave_register, start_evaluation
from mainstay.identification.operations.requests import write_note
from mainstay.identification.own_cause import refuse_own

BULK = {"assign": "Assign", "return": "Return", "accept": "Accept"}


@dataclass(frozen=True)
class Outcome:
    """What became of one request of many: nothing stands in `problem` where it was done."""

    request: Request
    problem: str = ""


@operation(Verb.REQUEST_ASSIGN)
def assign_request(
    request: Request, *, actor: Actor, officer: Person | None, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Name who triages a request, or nobody."""
    _assign(request, actor, officer)
    return history.save(request)


@operation(Verb.REQUEST_ASK)
def ask_request(
    request: Request, *, actor: Actor, text: str, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Ask the requester for something; the clock stops until they answer."""
    _expect(request, State.SUBMITTED)
    write_note(request, actor, NoteKind.QUESTION, text)
    stop(request, surrounding().now())
    request.state, request.returns = State.QUESTIONED, request.returns + 1
    notices.tell_requester(request, actor, "needs information from you")
    return history.save(request)


@operation(Verb.REQUEST_RETURN)
def return_request(
    request: Request, *, actor: Actor, text: str, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Give a request back with the reason; it comes again when it is resubmitted."""
    _expect(request, *Request.OPEN)
    return _return(request, actor, text, surrounding().now())


@operation(Verb.REQUEST_ACCEPT)
def accept_request(
    request: Request, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Take a complete request on: its project goes into evaluation."""
    _expect(request, *Request.OPEN)
    refuse_own(request, actor, Verb.REQUEST_ACCEPT)
    if problem := _incomplete(request):
        raise Impossible(problem)
    return _accept(request, actor, reason, surrounding().now())


@operation(Verb.REQUEST_REJECT)
def reject_request(request: Request, *, actor: Actor, reason: str, expected_version: int | None = None) -> Request:
    """Say no to a request, with the reason; its project is dropped and stays readable."""
    _expect(request, *Request.OPEN, State.RETURNED)
    refuse_own(request, actor, Verb.REQUEST_REJECT)
    if not reason.strip():
        raise ValidationError({"reason": "Say why; the requester is told."})
    if request.project is not None:
        leave_register(request.project, actor=actor, reason=f"Request {request.code} was rejected: {reason}")
    write_note(request, actor, NoteKind.DECISION, f"Rejected: {reason}")
    _decide(request, State.REJECTED, surrounding().now())
    notices.tell_requester(request, actor, "was rejected")
    return history.save(request)


@operation(Verb.REQUESTS_TRIAGE)
def triage_requests(
    requests: Sequence[Request],
    *,
    actor: Actor,
    action: str,
    officer: Person | None = None,
    text: str = "",
    reason: str = "",
) -> list[Outcome]:
    """Assign, return or accept many requests at once; those that cannot be are left as they are and named."""
    if action not in BULK:
        raise ValidationError({"action": f"Choose one of {', '.join(BULK)}."})
    if action == "return" and not text.strip():
        raise ValidationError({"text": "Say why they are returned; the requesters are told."})
    outcomes = [Outcome(request, _obstacle(request, actor, action, officer)) for request in requests]
    now = surrounding().now()
    for request in (one.request for one in outcomes if not one.problem):
        if action == "assign":
            _assign(request, actor, officer)
            history.save(request)
        elif action == "return":
            _return(request, actor, text, now)
        else:
            _accept(request, actor, text, now)
    return outcomes


def _obstacle(request: Request, actor: Actor, action: str, officer: Person | None) -> str:
    """What stands in the way of doing this to one of many requests, as a sentence."""
    try:
        _expect(request, *Request.OPEN)
        if action == "assign":
            _refuse_wrong_officer(request, officer)
        if action == "accept":
            refuse_own(request, actor, Verb.REQUEST_ACCEPT)
    except (Forbidden, Impossible) as refusal:
        return refusal.message
    except ValidationError as error:
        return " ".join(error.messages)
    return _incomplete(request) if action == "accept" else ""


def _expect(request: Request, *states: str) -> None:
    if request.state == State.DRAFT:
        raise Missing("There is no such request, or it is not open to you.")
    if request.state not in states:
        raise Impossible(f"{request.code} is {request.get_state_display().lower()}; this cannot be done to it now.")


def _incomplete(request: Request) -> str:
    complete = completeness_of(request, Stage.ACCEPT)
    if complete.is_complete:
        return ""
    return f"{request.code} is complete in {complete.count} only; missing: {complete.names}."


def _assign(request: Request, actor: Actor, officer: Person | None) -> None:
    if request.state in {State.DRAFT, *Request.DECIDED}:
        _expect(request, *Request.OPEN, State.RETURNED)
    _refuse_wrong_officer(request, officer)
    request.officer = officer
    if officer is not None:
        notices.tell_officer(request, actor, "is yours to look at")


def _refuse_wrong_officer(request: Request, officer: Person | None) -> None:
    if officer is not None and not access.may(officer, Verb.REQUEST_ASSIGN, request.portfolio):
        raise ValidationError({"officer": f"{officer} may not triage requests in {request.portfolio}."})


def _return(request: Request, actor: Actor, text: str, now: datetime) -> Request:
    write_note(request, actor, NoteKind.RETURN, text)
    stop(request, now)
    request.state, request.returns = State.RETURNED, request.returns + 1
    notices.tell_requester(request, actor, "was returned to you")
    return history.save(request)


def _accept(request: Request, actor: Actor, text: str, now: datetime) -> Request:
    start_evaluation(request, actor=actor)
    if text.strip():
        write_note(request, actor, NoteKind.DECISION, f"Accepted: {text}")
    _decide(request, State.ACCEPTED, now)
    notices.tell_requester(request, actor, "was accepted")
    return history.save(request)


def _decide(request: Request, state: State, now: datetime) -> None:
    stop(request, now)
    request.state, request.decided_at = state, now
