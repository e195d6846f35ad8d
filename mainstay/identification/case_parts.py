"""What a business case is made of, and what is still missing."""

from collections.abc import Iterator
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Forbidden
from mainstay.core.system import Mainstay
from mainstay.core.verbs import Verb
from mainstay.identification.models import (
    BenefitLine,
    BusinessCase,
    CostLine,
    DemandLine,
    Option,
    Request,
)
from mainstay.identification.models.lines import Line

NOT_YOURS = (
    "This business case is not yours to change: while a request is a draft its requester writes it, "
    "afterwards whoever may edit the project."
)


PARTS = (
    "Problem and purpose",
    "What happens if nothing is done",
    "Preferred option",
    "Costs by period",
    "Benefits by period",
    "Demand by role or skill",
    "Assumption with its owner",
    "Risk",
)
"""What a complete case has, in the order of its page."""


def missing_parts(case: BusinessCase | None) -> list[str]:
    """The names of what is still missing; of everything where there is no case yet."""
    return [name for name, is_there in zip(PARTS, _found(case), strict=True) if not is_there]


def _found(case: BusinessCase | None) -> Iterator[bool]:
    """Whether each of the parts is there."""
    if case is None:
        yield from (False for _ in PARTS)
        return
    preferred = case.options.filter(is_preferred=True).first()
    yield bool(case.problem.strip())
    yield bool(case.consequences.strip())
    yield preferred is not None
    for model in (CostLine, BenefitLine, DemandLine):
        yield _has_amounts(preferred, model)
    yield case.assumptions.filter(owner__isnull=False).exists()
    yield case.risks.exists()


def _has_amounts(option: Option | None, model: type[Line]) -> bool:
    return option is not None and model.objects.filter(option=option).exclude(likely={}).exists()


def may_write(actor: Any, case: BusinessCase) -> bool:
    """Whether somebody may change a case: the requester of a draft, or who may edit the project."""
    if isinstance(actor, Mainstay):
        return True
    request = case.request
    if request is not None and request.requester_id == actor.pk and request.state in Request.EDITABLE:
        return True
    return case.project is not None and access.may(actor, Verb.PROJECT_EDIT, case.project)


def require_writer(actor: Any, case: BusinessCase) -> None:
    """Refuse whoever may not change the case; the right to a verb alone does not make it theirs."""
    if not may_write(actor, case):
        raise Forbidden(NOT_YOURS)
