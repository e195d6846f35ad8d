"""Requests in the REST API: made, sent, answered and triaged by programs as on the pages."""

from typing import Any

from django.http import HttpRequest

from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Code
from mainstay.core.errors import Forbidden
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.identification.alike import similar_to
from mainstay.identification.api.request_shapes import (
    NOTES,
    REQUESTS,
    AlikeAsked,
    AlikePage,
    Many,
    ManyTold,
    MustSayWhy,
    Officer,
    RequestCreate,
    RequestMerging,
    RequestSave,
    RequestWhy,
    StandingTold,
    Words,
)
from mainstay.identification.completeness import completeness_of
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import Note, Request, RequestForm
from mainstay.identification.operations import requests as making
from mainstay.identification.operations import triage
from mainstay.identification.operations.duplicates import merge_request
from mainstay.identification.operations.forms import newest_edition
from mainstay.identification.queries.portal import standing_of
from mainstay.portfolio.api.finding import named_portfolio

routes = Routes("Requests")


def _rows(request: HttpRequest) -> Any:
    return Request.objects.as_of(request.as_of).visible_to(request.user)


def _one(request: HttpRequest, code: str) -> Request:
    return found(_rows(request).filter(code=code).select_related("edition__form", "portfolio", "cycle", "project"))


def _own(request: HttpRequest, code: str) -> Request:
    """A request to be changed: the asker's own, whatever version of it they hold."""
    row = _one(request, code)
    if row.requester_id != request.user.pk:
        raise Forbidden("Only the person who asked for it may do this.")
    return row


def _person(name: str | None) -> Person | None:
    if name is None:
        return None
    person = Person.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise Invalid(f"There is no officer {name}.", officer=f"There is no officer {name}.")
    return person


def _told(request: HttpRequest, code: str) -> Answer:
    return REQUESTS.one(request, Request.objects.visible_to(request.user).filter(code=code))


@routes.reads("/requests", "requests", REQUESTS.Page, is_list=True)
def requests(request: HttpRequest, query: REQUESTS.Asked) -> Any:
    """List one's own requests and those one triages."""
    return REQUESTS.page(request, _rows(request), query)


# Before the addresses of single requests, whose code would swallow these words.
@routes.works_out("/requests/alike", "request.alike", AlikePage, example={"title": "Customer portal"})
def alike(request: HttpRequest, body: AlikeAsked) -> Any:
    """Find what is like a text; of finished projects how they ended and what was learned."""
    return {
        "items": [
            {
                "name": item.project.name,
                "stage": item.project.stage.name,
                "score": item.score,
                "shared": list(item.shared),
                "project": item.project.code if item.is_open else None,
                "request": item.request.code if item.request else None,
                "outcome": item.outcome.reason if item.outcome else "",
                "lessons": list(item.outcome.lessons) if item.outcome else [],
            }
            for item in similar_to(body.title, body.description, request.user)
        ]
    }


@routes.does(
    "POST",
    "/requests/triage",
    Verb.REQUESTS_TRIAGE,
    ManyTold,
    example={"requests": ["REQ-0001"], "action": "return", "text": "After the summer."},
)
def triage_many(request: HttpRequest, body: Many) -> Any:
    """Assign, return or accept many requests; what cannot be done is named."""
    rows = Request.objects.visible_to(request.user).filter(code__in=body.requests)
    chosen = list(rows.select_related("edition__form", "portfolio"))
    if len(chosen) != len(set(body.requests)):
        raise Invalid("There is no such request among them.", requests="There is no such request among them.")
    officer = _person(body.officer)
    outcomes = triage.triage_requests(chosen, actor=request.user, action=body.action, officer=officer, text=body.text)
    return {"outcomes": [{"request": one.request.code, "problem": one.problem} for one in outcomes]}


@routes.reads("/requests/{code}", "request", REQUESTS.One, versioned=True)
def one(request: HttpRequest, code: Code) -> Any:
    """Read a request."""
    return REQUESTS.one(request, _rows(request).filter(code=code))


@routes.reads("/requests/{code}/standing", "request.standing", StandingTold)
def standing(request: HttpRequest, code: Code) -> Any:
    """Read where a request stands: clock, queue, what it lacks."""
    row = found(Request.objects.visible_to(request.user).filter(code=code))
    now, accept = standing_of(row), completeness_of(row, Stage.ACCEPT)
    return {
        "state": row.state,
        "next_step": now.next_step,
        "working_days_used": round(now.clock.days, 3),
        "working_days_left": round(now.clock.days_left, 3),
        "is_late": now.clock.is_late,
        "queue_position": now.position,
        "queue_length": now.waiting,
        "decision_expected": now.expected.isoformat() if now.expected else None,
        "complete_to_submit": completeness_of(row, Stage.SUBMIT).count,
        "complete_to_accept": accept.count,
        "missing": [gap.words for gap in accept.gaps],
    }


@routes.reads("/requests/{code}/notes", "request.notes", NOTES.Page, is_list=True)
def notes(request: HttpRequest, code: Code, query: NOTES.Asked) -> Any:
    """List the conversation about a request."""
    row = found(_rows(request).filter(code=code))
    rows = Note.objects.as_of(request.as_of).visible_to(request.user).filter(request_id=row.row_id)
    return NOTES.page(request, rows, query)


@routes.does(
    "POST",
    "/requests",
    Verb.REQUEST_DRAFT,
    REQUESTS.One,
    status=201,
    example={"portfolio": "NET", "form": "idea", "title": "A portal", "answers": {"who": "Customers"}},
)
def draft(request: HttpRequest, body: RequestCreate) -> Any:
    """Begin a request; until it is submitted it is yours alone."""
    sent = body.sent_only()
    portfolio = named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.REQUEST_DRAFT)
    form = RequestForm.objects.filter(key=sent.pop("form"), is_open=True).first()
    edition = newest_edition(form) if form else None
    if edition is None:
        raise Invalid("There is no such open form.", form="There is no such open form.")
    made = making.draft_request(portfolio, actor=request.user, edition=edition, **sent)
    return Answer(_told(request, made.code).body, location=f"/api/v1/requests/{made.code}")


@routes.does(
    "PATCH",
    "/requests/{code}",
    Verb.REQUEST_SAVE,
    REQUESTS.One,
    precondition="required",
    example={"answers": {"who": "Customers who move"}},
)
def save(request: HttpRequest, code: Code, body: RequestSave) -> Any:
    """Keep what is typed, right or wrong."""
    version = request.expected_version
    making.save_request(_own(request, code), actor=request.user, expected_version=version, **body.sent_only())
    return _told(request, code)


@routes.does("POST", "/requests/{code}/submission", Verb.REQUEST_SUBMIT, REQUESTS.One, precondition="possible")
def submit(request: HttpRequest, code: Code, body: RequestWhy) -> Any:
    """Send a request in; what is missing is refused by question."""
    version = request.expected_version
    making.submit_request(_own(request, code), actor=request.user, expected_version=version, reason=body.reason)
    return _told(request, code)


@routes.does("POST", "/requests/{code}/answer", Verb.REQUEST_ANSWER, REQUESTS.One, example={"text": "12,000 a year."})
def answer(request: HttpRequest, code: Code, body: Words) -> Any:
    """Answer what the office asked."""
    making.answer_request(_one(request, code), actor=request.user, text=body.text)
    return _told(request, code)


@routes.does("POST", "/requests/{code}/withdrawal", Verb.REQUEST_WITHDRAW, REQUESTS.One)
def withdraw(request: HttpRequest, code: Code, body: RequestWhy) -> Any:
    """Take a request back."""
    making.withdraw_request(_one(request, code), actor=request.user, reason=body.reason)
    return _told(request, code)


@routes.does("PUT", "/requests/{code}/officer", Verb.REQUEST_ASSIGN, REQUESTS.One, example={"officer": "amara"})
def assign(request: HttpRequest, code: Code, body: Officer) -> Any:
    """Name who triages a request."""
    row = _one(request, code)
    triage.assign_request(row, actor=request.user, officer=_person(body.officer))
    return _told(request, code)


@routes.does("POST", "/requests/{code}/question", Verb.REQUEST_ASK, REQUESTS.One, example={"text": "For whom?"})
def ask(request: HttpRequest, code: Code, body: Words) -> Any:
    """Ask the requester; the clock stops."""
    triage.ask_request(_one(request, code), actor=request.user, text=body.text)
    return _told(request, code)


@routes.does("POST", "/requests/{code}/return", Verb.REQUEST_RETURN, REQUESTS.One, example={"text": "Say for whom."})
def give_back(request: HttpRequest, code: Code, body: Words) -> Any:
    """Give a request back with the reason."""
    triage.return_request(_one(request, code), actor=request.user, text=body.text)
    return _told(request, code)


@routes.does("POST", "/requests/{code}/acceptance", Verb.REQUEST_ACCEPT, REQUESTS.One)
def accept(request: HttpRequest, code: Code, body: RequestWhy) -> Any:
    """Take a complete request on."""
    triage.accept_request(_one(request, code), actor=request.user, reason=body.reason)
    return _told(request, code)


@routes.does("POST", "/requests/{code}/rejection", Verb.REQUEST_REJECT, REQUESTS.One, example={"reason": "Not now."})
def reject(request: HttpRequest, code: Code, body: MustSayWhy) -> Any:
    """Say no to a request, with the reason."""
    triage.reject_request(_one(request, code), actor=request.user, reason=body.reason)
    return _told(request, code)


@routes.does(
    "POST",
    "/requests/{code}/merger",
    Verb.REQUEST_MERGE,
    REQUESTS.One,
    example={"into": "REQ-0001", "reason": "The same portal."},
)
def merge(request: HttpRequest, code: Code, body: RequestMerging) -> Any:
    """Let a request go on in another; both histories are kept."""
    row = _one(request, code)
    into = Request.objects.visible_to(request.user).filter(code=body.into).first()
    if into is None:
        raise Invalid(f"There is no request {body.into}.", into=f"There is no request {body.into}.")
    merge_request(row, actor=request.user, into=into, reason=body.reason)
    return _told(request, code)
