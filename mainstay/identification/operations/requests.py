"""Making a request: drafting, saving as typed, submitting, answering and withdrawing, each by whoever asks."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle, CycleState
from mainstay.identification import notices
from mainstay.identification.clock import stop
from mainstay.identification.completeness import completeness_of, definition_of
from mainstay.identification.forms import kept_answers
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import FormEdition, Note, NoteKind, Request, State
from mainstay.identification.operations.forms import newest_edition
from mainstay.identification.operations.register import enter_register, leave_register
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import next_code

LONGEST_NOTE = 4_000


@operation(Verb.REQUEST_DRAFT)
def draft_request(
    portfolio: Portfolio,
    *,
    actor: Actor,
    edition: FormEdition,
    title: str = "",
    description: str = "",
    answers: dict[str, Any] | None = None,
    external_key: str = "",
) -> Request:
    """Begin a request in a portfolio; until it is submitted only the requester sees it."""
    if not isinstance(actor, Person):
        raise Forbidden("A request is made by somebody.")
    newest = newest_edition(edition.form)
    if not edition.form.is_open or newest is None or newest.pk != edition.pk:
        raise Impossible("This form is not open for new requests, or has a newer edition; choose it again.")
    request = Request(
        code=next_code("REQ", Request),
        edition=edition,
        portfolio=portfolio,
        requester=actor,
        title=_short(title),
        description=_text(description),
        answers=kept_answers(definition_of(edition), answers or {}),
        external_key=external_key,
    )
    return history.create(request)


@operation(Verb.REQUEST_SAVE)
def save_request(
    request: Request,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    title: str | None = None,
    description: str | None = None,
    answers: dict[str, Any] | None = None,
    to_newest_edition: bool = False,
) -> Request:
    """Keep what is typed, whether it is complete or not; answers that are not named stay as they are."""
    _own(request, actor, *Request.EDITABLE)
    if to_newest_edition:
        _move_to_newest(request)
    if title is not None:
        request.title = _short(title)
    if description is not None:
        request.description = _text(description)
    if answers is not None:
        kept = kept_answers(definition_of(request.edition), answers)
        untouched = {key: value for key, value in request.answers.items() if key not in answers}
        request.answers = untouched | kept
    return history.save(request)


@operation(Verb.REQUEST_SUBMIT)
def submit_request(
    request: Request, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Send a request in: it enters the register as a proposal, and the clock of the office starts to run.

    Whoever triages there may send in what they brought in from a list in somebody's name.
    """
    if not _is_brought_in(request, actor):
        _own(request, actor, State.DRAFT, State.RETURNED)
    _refuse_incomplete(request)
    return _send(request, actor, reason, NoteKind.COMMENT)


@operation(Verb.REQUEST_ANSWER)
def answer_request(
    request: Request, *, actor: Actor, text: str, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Answer what the office asked; the clock runs on."""
    _own(request, actor, State.QUESTIONED)
    _refuse_incomplete(request)
    return _send(request, actor, _said(text, "Write the answer."), NoteKind.ANSWER)


@operation(Verb.REQUEST_WITHDRAW)
def withdraw_request(
    request: Request, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Request:
    """Take a request back; what it became in the register is dropped with it."""
    _own(request, actor, *Request.EDITABLE, State.SUBMITTED)
    if request.project is not None:
        leave_register(request.project, actor=MAINSTAY, reason=f"Withdrawn by {actor}. {reason}".strip())
    now = surrounding().now()
    stop(request, now)
    request.state, request.decided_at = State.WITHDRAWN, now
    if reason.strip():
        write_note(request, actor, NoteKind.DECISION, reason)
    notices.tell_officer(request, actor, "was withdrawn")
    return history.save(request)


def write_note(request: Request, actor: Actor, kind: NoteKind, text: str) -> Note:
    """Put something into the conversation about a request."""
    by = actor if isinstance(actor, Person) else None
    text = _said(text, "Write something.")
    return history.create(Note(request=request, kind=kind, text=text, by=by, at=surrounding().now()))


def current_cycle(portfolio: Portfolio, day: Any) -> Cycle | None:
    """The planning cycle that takes proposals of a portfolio on a day, the one decided first."""
    cycles = Cycle.objects.filter(state=CycleState.OPEN).select_related("portfolio")
    reached = [cycle for cycle in cycles if portfolio.path.startswith(cycle.portfolio.path)]
    taking = [cycle for cycle in reached if cycle.intake_until is None or cycle.intake_until >= day]
    return min(taking, key=lambda cycle: (cycle.decision_date is None, cycle.decision_date), default=None)


def _own(request: Request, actor: Actor, *states: str) -> None:
    """Only the requester acts on a request, and only while it is theirs to change."""
    if request.requester_id != actor.pk:
        if isinstance(actor, Person) and Request.objects.visible_to(actor).filter(pk=request.pk).exists():
            raise Forbidden("Only the person who asked for it may do this.")
        raise Missing("There is no such request, or it is not open to you.")
    if request.state not in states:
        raise Impossible(f"This cannot be done while the request is {request.get_state_display().lower()}.")


def _is_brought_in(request: Request, actor: Actor) -> bool:
    """Whether the actor sends in a draft from a list of the office's."""
    from_list = request.state == State.DRAFT and bool(request.external_key)
    return from_list and access.may(actor, Verb.REQUESTS_TRIAGE, request.portfolio)


def _refuse_incomplete(request: Request) -> None:
    complete = completeness_of(request, Stage.SUBMIT)
    if not complete.is_complete:
        raise ValidationError(complete.errors())


def _send(request: Request, actor: Actor, text: str, kind: NoteKind) -> Request:
    now = surrounding().now()
    enter_register(request, actor=actor, reason="Submitted" if request.submitted_at is None else "Submitted again")
    request.submitted_at = request.submitted_at or now
    request.clock_from = now
    request.state = State.SUBMITTED
    request.cycle = request.cycle or current_cycle(request.portfolio, now.date())
    if text.strip():
        write_note(request, actor, kind, text)
    notices.tell_officer(request, actor, "was answered" if kind is NoteKind.ANSWER else "was submitted")
    return history.save(request)


def _move_to_newest(request: Request) -> None:
    newest = newest_edition(request.edition.form)
    if newest is None or newest.pk == request.edition_id:
        return
    known = {question.key for question in definition_of(newest).questions()}
    request.edition = newest
    request.answers = {key: value for key, value in request.answers.items() if key in known}


def _said(text: str, otherwise: str) -> str:
    text = _text(text).strip()
    if not text:
        raise ValidationError({"text": otherwise})
    if len(text) > LONGEST_NOTE:
        raise ValidationError({"text": f"At most {LONGEST_NOTE:,} characters; this has {len(text):,}."})
    return text


def _short(title: str) -> str:
    return " ".join(_text(title).split())


def _text(text: str) -> str:
    if "\x00" in text:
        raise ValidationError({"__all__": "The text has characters that are no text."})
    return text
