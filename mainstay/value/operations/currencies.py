"""Adding currencies and saying what they are worth."""

from datetime import date
from decimal import Decimal

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.value.models import Currency, ExchangeRate


@operation(Verb.CURRENCY_ADD)
def add_currency(subject: None, *, actor: Actor, code: str, name: str, decimals: int = 2) -> Currency:
    """Let costs and benefits be stated in another currency."""
    return history.create(Currency(code=code.strip().upper(), name=name.strip(), decimals=decimals))


@operation(Verb.RATE_SET)
def set_rate(currency: Currency, *, actor: Actor, date: date, rate: Decimal, reason: str = "") -> ExchangeRate:
    """Say what a currency is worth in the base currency from a date on; the same date again corrects it."""
    known = ExchangeRate.objects.filter(currency=currency, date=date).first()
    if known is None:
        return history.create(ExchangeRate(currency=currency, date=date, rate=rate))
    known.rate = rate
    return history.save(known)
