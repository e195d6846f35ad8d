"""Corrections in the REST API."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.finding import found
from mainstay.core.api.resource import Resource
from mainstay.core.api.routes import Answer, Routes
from mainstay.core.api.types import Day, Id, Number, PortfolioCode, Sent, Told, text, whole
from mainstay.core.verbs import Verb
from mainstay.evaluation.corrections.queries import corrections_seen, offers_for
from mainstay.evaluation.models import Correction, Estimate
from mainstay.evaluation.operations.corrections import (
    apply_correction,
    lift_correction,
    offer_correction,
    withdraw_correction,
)
from mainstay.identification.case_parts import require_writer
from mainstay.identification.models import BusinessCase
from mainstay.portfolio.api.finding import named_portfolio

routes = Routes("Corrections")
WHAT = tuple(Estimate.values)
Factor = Annotated[Number, Rule(examples=["1.1600"])]

CORRECTIONS = Resource(
    "Correction",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, "The code of the portfolio.", "portfolio__code", example="NET"),
        Field("what", Kind.CHOICE, "What it corrects.", choices=WHAT, example="cost"),
        Field("class_by", Kind.TEXT, "How projects are sorted.", example="theme"),
        Field("class_value", Kind.TEXT, "The class.", example="Resilience"),
        Field("factor", Kind.DECIMAL, "What estimates are multiplied by.", example="1.1600"),
        Field("p80_factor", Kind.DECIMAL, "The factor not passed in 80 of 100 cases.", may_be_missing=True),
        Field("cases", Kind.WHOLE, "How many finished projects it rests on.", example=9),
        Field("source", Kind.TEXT, "What it rests on.", sorts=False),
        Field("from_date", Kind.DAY, "Holds from.", may_be_missing=True),
        Field("until_date", Kind.DAY, "Holds until.", may_be_missing=True),
        Field("is_withdrawn", Kind.YES_NO, "Whether it was withdrawn."),
        VERSION,
    ),
    key="id",
    order=("-id",),
)


class CorrectionOffered(Sent):
    """What finished projects of a class teach; at least five of them."""

    portfolio: PortfolioCode
    what: Literal[WHAT]
    class_by: text(60, least=1, example="theme")
    class_value: text(120, least=1, example="Resilience")
    factor: Factor
    p80_factor: Factor | None = None
    cases: whole(1, 32_000)
    source: text(300) = ""
    from_date: Day | None = None
    until_date: Day | None = None


class CorrectionChosen(Sent):
    """The number of a correction that is offered to the case."""

    correction: Id


class CaseCorrectionTold(Told):
    """A correction that is offered to a case, and whether it is switched on."""

    correction: int
    what: str
    class_by: str
    class_value: str
    factor: str
    p80_factor: str | None
    cases: int
    is_on: bool


class CaseCorrectionsTold(Told):
    """The corrections offered to a case."""

    items: list[CaseCorrectionTold]


@routes.reads("/corrections", "corrections", CORRECTIONS.Page, is_list=True)
def corrections(request: HttpRequest, query: CORRECTIONS.Asked) -> Any:
    """List corrections, the newest first. Only where you may see figures."""
    return CORRECTIONS.page(request, corrections_seen(request.user, request.as_of), query)


@routes.does(
    "POST", "/corrections", Verb.CORRECTION_OFFER, CORRECTIONS.One, status=201,
    example={
        "portfolio": "NET", "what": "cost", "class_by": "theme", "class_value": "Resilience", "factor": "1.16",
        "cases": 9,
    },
)  # fmt: skip
def offer(request: HttpRequest, body: CorrectionOffered) -> Any:
    """Offer new estimates of a class of work a correction; authors of cases switch it on or leave it."""
    sent = body.model_dump()
    place = named_portfolio(request, "portfolio", sent.pop("portfolio"), Verb.CORRECTION_OFFER)
    made = offer_correction(place, actor=request.user, **_factors(sent))
    told = CORRECTIONS.one(request, Correction.objects.filter(pk=made.pk)).body
    return Answer(told, location=f"/api/v1/corrections?id={made.pk}")


def _factors(sent: dict[str, Any]) -> dict[str, Any]:
    names = ("factor", "p80_factor")
    return sent | {name: None if sent[name] is None else Decimal(sent[name]) for name in names}


@routes.does(
    "POST", "/corrections/{correction_id}/withdrawal", Verb.CORRECTION_WITHDRAW, CORRECTIONS.One,
    precondition="possible",
)  # fmt: skip
def withdraw(request: HttpRequest, correction_id: Id) -> Any:
    """Offer a correction no longer; where it was switched on, estimates count as they were made."""
    rows, version = Correction.objects.visible_to(request.user).filter(pk=correction_id), request.expected_version
    withdraw_correction(found(rows), actor=request.user, expected_version=version)
    return CORRECTIONS.one(request, rows)


@routes.reads("/cases/{case_id}/corrections", "case.corrections", CaseCorrectionsTold)
def offered(request: HttpRequest, case_id: Id) -> Any:
    """Tell which corrections are offered to a case, and which are switched on."""
    return _told(_case(request, case_id), request.as_of)


@routes.does(
    "POST", "/cases/{case_id}/corrections", Verb.CORRECTION_APPLY, CaseCorrectionsTold, example={"correction": 1}
)
def apply(request: HttpRequest, case_id: Id, body: CorrectionChosen) -> Any:
    """Switch a correction on in a case: plans count with corrected figures, estimates stay as they are."""
    case = _to_change(request, case_id)
    apply_correction(case, actor=request.user, correction=_chosen(case, body.correction))
    return _told(case, None)


@routes.does(
    "DELETE", "/cases/{case_id}/corrections/{correction_id}", Verb.CORRECTION_LIFT, None, status=204
)  # fmt: skip
def lift(request: HttpRequest, case_id: Id, correction_id: Id) -> Any:
    """Switch a correction off in a case."""
    case = _to_change(request, case_id)
    lift_correction(case, actor=request.user, correction=_chosen(case, correction_id))


def _case(request: HttpRequest, case_id: int) -> Any:
    rows = BusinessCase.objects.as_of(request.as_of).visible_to(request.user).identified_by([case_id])
    return found(rows.select_related("project"))


def _to_change(request: HttpRequest, case_id: int) -> Any:
    """A case that the asker may change; whose it is is asked before anything else."""
    rows = BusinessCase.objects.visible_to(request.user).filter(pk=case_id).select_related("project", "request")
    case = found(rows)
    require_writer(request.user, case)
    return case


def _chosen(case: BusinessCase, wanted: int) -> Any:
    """A correction that is offered to the case."""
    offers = [offer.correction.pk for offer in offers_for(case)]
    return found(Correction.objects.filter(pk__in=offers).filter(pk=wanted))


def _told(case: Any, as_of: Any) -> dict[str, Any]:
    return {"items": [_line(offer) for offer in offers_for(case, as_of)]}


def _line(offer: Any) -> dict[str, Any]:
    row = offer.correction
    return {
        "correction": row.row_id,
        "what": row.what,
        "class_by": row.class_by,
        "class_value": row.class_value,
        "factor": str(row.factor),
        "p80_factor": None if row.p80_factor is None else str(row.p80_factor),
        "cases": row.cases,
        "is_on": offer.is_on,
    }
