"""Setting discount rates."""

from datetime import date
from decimal import Decimal

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import DiscountRate
from mainstay.evaluation.models.discount import Convention
from mainstay.portfolio.models import Portfolio


@operation(Verb.DISCOUNT_SET)
def set_discount(
    portfolio: Portfolio | None,
    *,
    actor: Actor,
    from_date: date,
    rate: Decimal,
    convention: str = Convention.END,
    is_real: bool = False,
    reason: str = "",
) -> DiscountRate:
    """Say how a portfolio, or without one the organisation, discounts from a date on; the same date corrects."""
    known = DiscountRate.objects.filter(portfolio=portfolio, from_date=from_date).first()
    row = known or DiscountRate(portfolio=portfolio, from_date=from_date)
    row.rate, row.convention, row.is_real = rate, convention, is_real
    return history.save(row) if known else history.create(row)
