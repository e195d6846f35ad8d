"""Where a request and its business case meet: counted for completeness, published when the request is sent."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from mainstay.core import access
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.identification.case_parts import PARTS
from mainstay.identification.models import (
    Assumption,
    BenefitLine,
    BusinessCase,
    CostLine,
    DemandLine,
    Option,
    Request,
    Risk,
)
from mainstay.identification.operations.cases import publish_case


def case_of(request: Request) -> BusinessCase | None:
    """The business case a request has, if anybody began one."""
    return BusinessCase.objects.filter(request_id=request.pk).first()


def case_gaps_of(requests: Sequence[Request]) -> dict[int, tuple[int, list[str]]]:
    """How many parts a business case has, and which of them the case of each request still lacks."""
    pks = [request.pk for request in requests]
    cases = {case.request_id: case for case in _with_parts(BusinessCase.objects.filter(request__in=pks))}
    return {pk: (len(PARTS), _missing(cases.get(pk))) for pk in pks}


def _with_parts(cases: Any) -> Any:
    preferred = Option.objects.filter(case=OuterRef("pk"), is_preferred=True)
    owned = Assumption.objects.filter(case=OuterRef("pk"), owner__isnull=False)
    return cases.annotate(
        has_preferred=Exists(preferred),
        has_costs=Exists(_amounts(CostLine)),
        has_benefits=Exists(_amounts(BenefitLine)),
        has_demand=Exists(_amounts(DemandLine)),
        has_assumption=Exists(owned),
        has_risk=Exists(Risk.objects.filter(case=OuterRef("pk"))),
    )


def _amounts(model: Any) -> Any:
    return model.objects.filter(option__case=OuterRef("pk"), option__is_preferred=True).exclude(likely={})


def _missing(case: Any) -> list[str]:
    """The parts that are not there, in the order of the case's page; the same as its own list of them."""
    if case is None:
        return list(PARTS)
    found = (
        bool(case.problem.strip()),
        bool(case.consequences.strip()),
        case.has_preferred,
        case.has_costs,
        case.has_benefits,
        case.has_demand,
        case.has_assumption,
        case.has_risk,
    )
    return [name for name, is_there in zip(PARTS, found, strict=True) if not is_there]


def publish_with_request(request: Request, *, actor: Any, reason: str) -> None:
    """Publish a request's case, which gives it to the project the request became; without a preferred option nothing.

    The request is saved with its project before.
    Whoever submits need not hold the right to publish cases there; Mainstay does it then and names them.
    """
    case = case_of(request)
    if case is None or not case.options.filter(is_preferred=True).exists():
        return
    if access.may(actor, Verb.CASE_PUBLISH, request.project):
        publish_case(case, actor=actor, reason=reason)
    else:
        publish_case(case, actor=MAINSTAY, reason=f"{reason} by {actor}")
