"""Opening funds and saying what each holds in a fiscal year."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import FiscalYear, Portfolio
from mainstay.portfolio.operations.tree import change
from mainstay.value.envelopes import least_of
from mainstay.value.models import Envelope, Fund

FIELDS = frozenset({"name", "nature", "owner", "is_open", "note"})


@operation(Verb.FUND_CREATE)
def create_fund(
    portfolio: Portfolio, *, actor: Actor, key: str, name: str, currency: str = "", **fields: Any
) -> Fund:
    """Open a source of money for projects of a portfolio and everything below it."""
    fund = Fund(portfolio=portfolio, key=key, name=name.strip(), currency=currency or portfolio.currency)
    change(fund, FIELDS, fields)
    return history.create(fund)


@operation(Verb.FUND_EDIT)
def edit_fund(
    fund: Fund, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Fund:
    """Change what a fund is called, what it pays for, whose it is and whether it is open; its currency stays."""
    change(fund, FIELDS, changes)
    return history.save(fund)


@operation(Verb.ENVELOPE_SET)
def set_envelope(
    fund: Fund,
    *,
    actor: Actor,
    year: FiscalYear,
    amount: Decimal,
    held_back: Decimal = Decimal(0),
    expected_version: int | None = None,
    reason: str = "",
) -> Envelope:
    """Say what a fund holds in a year and how much of it is held back; never less than it has promised."""
    if year.is_closed:
        raise Impossible(f"{year.name} is closed; its envelopes stay as they are.")
    known = Envelope.objects.select_for_update(of=("self",)).filter(fund=fund, year=year).first()
    envelope = known or Envelope(fund=fund, year=year)
    envelope.amount, envelope.held_back = amount, held_back
    if known is None:
        return history.create(envelope)
    _keep_promises(known)
    return history.save(known)


def _keep_promises(envelope: Envelope) -> None:
    least = least_of(envelope)
    if envelope.amount - envelope.held_back < least:
        words = f"{least:,.2f} {envelope.fund.currency}"
        message = (
            f"{words} of {envelope} are promised or carried on; the envelope less what is held back covers them."
        )
        raise ValidationError({"amount": message})
