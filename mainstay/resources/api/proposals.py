"""Ways out of an overload in the REST API: proposed with their effect, accepted or put aside one by one."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from mainstay.core import access
from mainstay.core.api.finding import found
from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Day, Reason, Sent, Told, YesNo, text
from mainstay.core.verbs import Verb
from mainstay.resources import proposals as ways
from mainstay.resources.api.bookings import Seen
from mainstay.resources.api.effects import BookingEffectTold
from mainstay.resources.api.effects import told as effect_told
from mainstay.resources.api.shared import Slug
from mainstay.resources.models import Resource
from mainstay.resources.operations.proposals import refuse_proposal
from mainstay.resources.queries.causes import Causes
from mainstay.resources.queries.heat import By, Question
from mainstay.resources.queries.pieces import widened

routes = Routes("Bookings")


class Period(Sent):
    """The week, month or quarter that holds a day; without a day that of today."""

    unit: Literal["week", "month", "quarter"] = "month"
    at: Day | None = None


class ProposalTold(Told):
    """One way out: the booking it is about, its project where that is open, and what it would do."""

    key: str
    title: str
    booking: int
    project: str | None
    put_aside: bool
    effect: BookingEffectTold


class ProposalsTold(Told):
    """What relieves most first; what was put aside last."""

    items: list[ProposalTold]


class Acceptance(Period):
    """The key of a proposal, the period it was made for, and what its effect told as `seen`."""

    proposal: text(120, least=1)
    seen: Seen = ""
    reason: Reason = ""


class Refusal(Sent):
    """The key of a proposal, and whether it is put aside or taken up again."""

    proposal: text(120, least=1)
    put_aside: YesNo = True
    reason: Reason = ""


class Done(Told):
    """What was done, in a sentence."""

    done: str


class PutAside(Told):
    """Whether it is put aside now."""

    put_aside: bool


@routes.reads("/resources/{resource}/proposals", "resource.proposals", ProposalsTold)
def proposals(request: HttpRequest, resource: Slug, query: Annotated[Period, Query()]) -> Any:
    """Read ways out of an overload of somebody: moves, spreading, replacements, each with its effect."""
    if request.as_of is not None:
        return {"items": []}
    causes = _causes(request, _person(request, resource), query.unit, query.at)
    return {"items": [_told(one) for one in ways.proposals(causes, request.user)]}


@routes.does(
    "POST", "/resources/{resource}/proposals/acceptance", Verb.PROPOSAL_ACCEPT, Done,
    example={"proposal": "move:1:2", "unit": "month", "at": "2027-03-01"},
)  # fmt: skip
def accept(request: HttpRequest, resource: Slug, body: Acceptance) -> Any:
    """Book a proposal as it was shown; refused when anybody booked these people since."""
    person = _person(request, resource, Verb.PROPOSAL_ACCEPT)
    causes = _causes(request, person, body.unit, body.at)
    done = ways.accept(body.proposal, causes, actor=request.user, seen=body.seen, reason=body.reason)
    return {"done": done}


@routes.does(
    "POST", "/resources/{resource}/proposals/refusal", Verb.PROPOSAL_REFUSE, PutAside,
    example={"proposal": "move:1:2"},
)  # fmt: skip
def refuse(request: HttpRequest, resource: Slug, body: Refusal) -> Any:
    """Put a proposal aside for yourself, or take it up again."""
    person = _person(request, resource, Verb.PROPOSAL_REFUSE)
    sent = {"key": body.proposal, "refused": body.put_aside, "reason": body.reason}
    return {"put_aside": refuse_proposal(person, actor=request.user, **sent)}


def _person(request: HttpRequest, key: str, verb: Verb = Verb.SEE_RESOURCES) -> Resource:
    """Somebody the asker sees, and may do this to."""
    row = found(Resource.objects.visible_to(request.user).select_related("team__portfolio").filter(key=key))
    if not verb.reads:
        access.require(request.user, verb, row.scope)
    return row


def _causes(request: HttpRequest, person: Resource, unit: Any, at: date | None) -> Causes:
    day = at or timezone.localdate()
    question = Question(By.PERSON, unit, *widened(day, day, unit), people=(person.pk,))
    return Causes(question, person.pk, request.user)


def _told(one: ways.Proposal) -> dict[str, Any]:
    return {
        "key": one.key, "title": one.title, "booking": one.booking.pk,
        "project": one.project.code if one.project else None, "put_aside": one.is_refused,
        "effect": effect_told(one.effect),
    }  # fmt: skip
