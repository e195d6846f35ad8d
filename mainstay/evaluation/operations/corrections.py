"""Offering and withdrawing corrections, and switching them on and off in a business case."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.corrections.classes import class_kinds
from mainstay.evaluation.corrections.queries import offers_for
from mainstay.evaluation.models import AppliedCorrection, Correction
from mainstay.identification.case_parts import require_writer
from mainstay.identification.models import BusinessCase
from mainstay.portfolio.models import Portfolio

PLACES = Decimal("0.0001")


@operation(Verb.CORRECTION_OFFER)
def offer_correction(
    portfolio: Portfolio,
    *,
    actor: Actor,
    what: str,
    class_by: str,
    class_value: str,
    factor: Decimal,
    cases: int,
    p80_factor: Decimal | None = None,
    source: str = "",
    from_date: date | None = None,
    until_date: date | None = None,
    reason: str = "",
) -> Correction:
    """Offer new estimates of a class of work what finished projects of the class teach; nobody has to take it up."""
    if class_by not in class_kinds():
        raise ValidationError({"class_by": f"Projects are not sorted by {class_by}."})
    terms = {"what": what, "class_by": class_by, "class_value": class_value.strip(), "cases": cases}
    level = None if p80_factor is None else Decimal(p80_factor).quantize(PLACES)
    return history.create(
        Correction(
            portfolio=portfolio,
            factor=Decimal(factor).quantize(PLACES),
            p80_factor=level,
            source=source.strip(),
            from_date=from_date,
            until_date=until_date,
            **terms,
        )
    )


@operation(Verb.CORRECTION_WITHDRAW)
def withdraw_correction(
    correction: Correction, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Correction:
    """Offer a correction no longer; where it was switched on, estimates count again as they were made."""
    if correction.is_withdrawn:
        raise Impossible("This correction was withdrawn already.")
    correction.is_withdrawn = True
    return history.save(correction)


@operation(Verb.CORRECTION_APPLY)
def apply_correction(
    case: BusinessCase, *, actor: Actor, correction: Correction, reason: str = ""
) -> AppliedCorrection:
    """Switch on a correction that is offered for the class of the case; one at a time for each estimate."""
    require_writer(actor, case)
    offered = {offer.correction.pk: offer for offer in offers_for(case)}
    if correction.pk not in offered:
        raise Impossible("This correction is not offered for this case.")
    others = [one for pk, one in offered.items() if one.is_on and pk != correction.pk]
    if any(one.correction.what == correction.what for one in others):
        noun = correction.get_what_display().lower()
        raise Impossible(f"Another correction of the {noun} is switched on; switch it off first.")
    return _switch(case, correction, is_on=True)


@operation(Verb.CORRECTION_LIFT)
def lift_correction(
    case: BusinessCase, *, actor: Actor, correction: Correction, reason: str = ""
) -> AppliedCorrection:
    """Switch a correction off: the case counts as it was estimated."""
    require_writer(actor, case)
    if not case.corrections.filter(correction=correction, is_on=True).exists():
        raise Impossible("This correction is not switched on in this case.")
    return _switch(case, correction, is_on=False)


def _switch(case: BusinessCase, correction: Correction, *, is_on: bool) -> AppliedCorrection:
    known = case.corrections.filter(correction=correction).first()
    row = known or AppliedCorrection(case=case, correction=correction)
    row.is_on = is_on
    return history.save(row) if known else history.create(row)
