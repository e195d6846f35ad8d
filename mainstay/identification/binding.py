"""Where a request and its business case meet: counted for completeness, published when the request is sent."""

from typing import Any

from mainstay.core import access
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.identification.case_parts import PARTS, missing_parts
from mainstay.identification.models import BusinessCase, Request
from mainstay.identification.operations.cases import publish_case


def case_of(request: Request) -> BusinessCase | None:
    """The business case a request has, if anybody began one."""
    return BusinessCase.objects.filter(request_id=request.pk).first()


def case_gaps(request: Request) -> tuple[int, list[str]]:
    """How many parts a business case has, and which of them this request's case still lacks."""
    return len(PARTS), missing_parts(case_of(request))


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
