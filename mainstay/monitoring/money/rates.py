"""Exchange rates of many days, read once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from mainstay.value.models import ExchangeRate

TENTH = Decimal(1).scaleb(-10)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Exchanged:
    """An amount in another currency, with the rate it was taken at."""

    amount: Decimal
    rate: Decimal


class RateBook:
    """What each currency was worth in the base currency, from which day on."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._days: dict[str, list[date]] = defaultdict(list)
        self._worth: dict[str, list[Decimal]] = defaultdict(list)
        rows = ExchangeRate.objects.filter(currency__code__in=set(codes)).order_by("date")
        for code, day, worth in rows.values_list("currency__code", "date", "rate"):
            self._days[code].append(day)
            self._worth[code].append(worth)

    def rate(self, code: str, to: str, day: date) -> Decimal | None:
        """What one unit was worth in another currency on a day; None where nobody said."""
        if code == to:
            return Decimal(1)
        here, there = self._on(code, day), self._on(to, day)
        return None if here is None or there is None else (here / there).quantize(TENTH)

    def exchange(self, amount: Decimal, code: str, to: str, day: date) -> Exchanged | None:
        """An amount at the rate of a day; None where nobody said what it was worth."""
        rate = self.rate(code, to, day)
        return None if rate is None else Exchanged((amount * rate).quantize(CENT), rate)

    def _on(self, code: str, day: date) -> Decimal | None:
        if code == settings.BASE_CURRENCY:
            return Decimal(1)
        place = bisect_right(self._days[code], day)
        return self._worth[code][place - 1] if place else None
