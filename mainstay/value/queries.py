"""Converting sums of money: exactly, at the rates of a date, and never by a rate nobody gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import OuterRef, Subquery

from mainstay.value.models import Currency, ExchangeRate

USUAL_DECIMALS = 2


@dataclass(frozen=True)
class Rates:
    """What currencies were worth in the base currency on a date, as known then."""

    on_date: date
    worth: Mapping[str, Decimal]
    decimals: Mapping[str, int] = field(default_factory=dict)

    def knows(self, code: str) -> bool:
        """Whether a rate is known."""
        return code in self.worth

    def convert(self, sums: Mapping[str, Decimal], to: str) -> "Converted":
        """Sums by currency as one sum; what has no rate is named and left out."""
        left_out = {code: amount for code, amount in sums.items() if amount and not self._leads(code, to)}
        parts = [self._one(amount, code, to) for code, amount in sums.items() if code not in left_out]
        unit = Decimal(1).scaleb(-self.decimals.get(to, USUAL_DECIMALS))
        return Converted(sum(parts, Decimal()).quantize(unit), to, left_out)

    def factor(self, code: str, to: str) -> float | None:
        """What one unit of a currency is worth in another; None where no rate leads there."""
        return float(self._one(Decimal(1), code, to)) if self._leads(code, to) else None

    def _leads(self, code: str, to: str) -> bool:
        return code == to or (self.knows(code) and self.knows(to))

    def _one(self, amount: Decimal, code: str, to: str) -> Decimal:
        if code == to or not amount:
            return amount
        return amount * self.worth[code] / self.worth[to]


@dataclass(frozen=True)
class Converted:
    """One sum in one currency, and the sums that could not be converted into it."""

    amount: Decimal
    currency: str
    left_out: Mapping[str, Decimal]

    @property
    def is_whole(self) -> bool:
        """Whether everything is in it."""
        return not self.left_out

    @property
    def missing(self) -> tuple[str, ...]:
        """The currencies without a rate."""
        return tuple(sorted(self.left_out))


def rates_on(on_date: date, codes: Iterable[str] = (), as_of: datetime | None = None) -> Rates:
    """The latest rate of each currency (none named: all) on or before a date, as known at a moment."""
    known = ExchangeRate.objects.as_of(as_of).filter(date__lte=on_date)
    if codes := sorted(set(codes)):
        known = known.filter(currency__code__in=codes)
    worth = dict(known.order_by("date").values_list("currency__code", "rate"))
    decimals = dict(Currency.objects.values_list("code", "decimals"))
    return Rates(on_date, worth | {settings.BASE_CURRENCY: Decimal(1)}, decimals)


def with_latest_rate(as_of: datetime | None = None) -> list[Currency]:
    """Every currency with `latest_rate` and `latest_date`, None where nobody gave a rate yet."""
    row = "row_id" if as_of else "pk"
    latest = ExchangeRate.objects.as_of(as_of).filter(currency_id=OuterRef(row)).order_by("-date")
    return list(
        Currency.objects.as_of(as_of)
        .annotate(latest_rate=Subquery(latest.values("rate")[:1]), latest_date=Subquery(latest.values("date")[:1]))
        .order_by("code")
    )
