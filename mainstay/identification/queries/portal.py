"""What a requester sees of a request: its place in the queue, when to expect an answer, what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.identification.clock import Clock, clock_from, clock_of
from mainstay.identification.completeness import Completeness, completeness_of
from mainstay.identification.forms.definition import Stage
from mainstay.identification.models import Request, RequestForm, State
from mainstay.identification.operations.forms import newest_edition
from mainstay.portfolio.models import Portfolio

STATE_KINDS = {
    State.DRAFT: "none",
    State.SUBMITTED: "fair",
    State.QUESTIONED: "warn",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
    State.MERGED: "none",
    State.REJECTED: "bad",
    State.WITHDRAWN: "none",
}
NEXT = {
    State.DRAFT: "Complete it and submit it.",
    State.SUBMITTED: "The office looks at it; there is nothing for you to do.",
    State.QUESTIONED: "Answer the question; until then the clock of the office stands still.",
    State.RETURNED: "Change what was asked for and submit it again.",
    State.ACCEPTED: "It is being evaluated as a proposal; you can follow it in the register.",
    State.MERGED: "It goes on in the request or project it was merged into.",
    State.REJECTED: "It is decided; the reason stands in the conversation.",
    State.WITHDRAWN: "You took it back; make a new one whenever you like.",
}


@dataclass(frozen=True)
class Standing:
    """A request with everything its page says about where it stands."""

    request: Request
    clock: Clock
    position: int | None
    waiting: int
    expected: date | None
    complete: Completeness | None

    @property
    def kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS[State(self.request.state)]

    @property
    def next_step(self) -> str:
        """What happens next, in words."""
        return NEXT[State(self.request.state)]


def request_for(user: Any, code: str, as_of: Any = None) -> Request:
    """The request with this code, if the person may see it."""
    rows = Request.objects.as_of(as_of).visible_to(user)
    related = ("edition__form", "portfolio", "cycle", "requester", "officer", "project__stage", "merged_into")
    found = rows.filter(code=code).select_related(*related).first()
    if found is None:
        raise Missing("There is no such request, or it is not open to you.")
    return found


def standing_of(request: Request, as_of: Any = None) -> Standing:
    """Where a request stands, today or as it was known; its place in the queue is of today only."""
    position, waiting = _place(request) if as_of is None else (None, 0)
    clock = clock_of(request, as_of)
    complete = completeness_of(request, Stage.SUBMIT) if request.state in Request.EDITABLE else None
    return Standing(request, clock, position, waiting, _expected(request, clock), complete)


def own_requests(user: Any, as_of: Any = None) -> list[Standing]:
    """What a person asked for, what waits for them first."""
    rows = Request.objects.as_of(as_of).filter(requester_id=user.pk)
    rows = rows.select_related("edition__form", "portfolio", "cycle").order_by("-row_id" if as_of else "-pk")
    queues: dict[int, list[int]] = {}
    found = []
    for row in rows:
        clock = clock_of(row, as_of)
        queue = queues.setdefault(row.portfolio_id, _queue(row.portfolio_id)) if row.state in Request.OPEN else []
        position = queue.index(row.row_id) + 1 if row.row_id in queue else None
        found.append(Standing(row, clock, position, len(queue), _expected(row, clock), None))
    urgent = {State.RETURNED, State.QUESTIONED, State.DRAFT}
    return sorted(found, key=lambda one: one.request.state not in urgent)


def _place(request: Request) -> tuple[int | None, int]:
    if request.state not in Request.OPEN:
        return None, 0
    queue = _queue(request.portfolio_id)
    return (queue.index(request.pk) + 1 if request.pk in queue else None), len(queue)


def _queue(portfolio_id: int) -> list[int]:
    """The open requests of a portfolio in the order they have to be answered."""
    now = timezone.now()
    rows = Request.objects.filter(portfolio_id=portfolio_id, state__in=Request.OPEN)
    stored = rows.values_list("pk", "clock_from", "clock_used", "edition__form__answer_within_days")
    left = [(clock_from(since, used, days, now).days_left, pk) for pk, since, used, days in stored]
    return [pk for _, pk in sorted(left)]


def _expected(request: Request, clock: Clock) -> date | None:
    """When a decision can be expected: the cycle's day, else when the office's time is used up."""
    if request.state in Request.DECIDED:
        return None
    if request.cycle is not None and request.cycle.decision_date:
        return request.cycle.decision_date
    return timezone.localdate(clock.due_at) if request.submitted_at and clock.runs else None


def open_forms() -> list[RequestForm]:
    """The forms a new request can be made with."""
    return [form for form in RequestForm.objects.filter(is_open=True) if newest_edition(form)]


def places_to_ask(user: Any) -> list[Portfolio]:
    """The portfolios a person may make requests in."""
    return list(Portfolio.objects.visible_to(user, Verb.REQUEST_DRAFT).order_by("path"))
