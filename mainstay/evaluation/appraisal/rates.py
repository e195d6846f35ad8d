"""Which discount rate holds for a project: that of the nearest portfolio above it, on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from mainstay.evaluation.models import DiscountRate
from mainstay.portfolio.models import Portfolio


@dataclass(frozen=True, slots=True)
class Discount:
    """A rate in force: percent a year, when money flows, whether inflation is taken out, and whose it is."""

    percent: Decimal
    convention: str
    is_real: bool
    from_date: date
    whose: str

    @property
    def fraction(self) -> float:
        """The rate as a fraction."""
        return float(self.percent) / 100

    @property
    def words(self) -> str:
        """The rate as people say it."""
        kind = "real" if self.is_real else "nominal"
        when = ", mid-period" if self.convention == "mid_year" else ""
        return f"{self.percent.normalize():f}% {kind}{when}"


class Rates:
    """Every rate in force on a day, read once."""

    def __init__(self, as_of: datetime | None = None) -> None:
        self.day = timezone.localdate(as_of)
        rows = DiscountRate.objects.as_of(as_of).filter(from_date__lte=self.day).order_by("from_date")
        latest = {row.portfolio_id: row for row in rows}
        places = Portfolio.objects.in_bulk([pk for pk in latest if pk is not None])
        self.by_path = {
            places[pk].path: _discount(row, places[pk].name) for pk, row in latest.items() if pk in places
        }
        self.general = _discount(latest[None], "the organisation") if None in latest else None

    def of(self, path: str) -> Discount | None:
        """The rate of the nearest portfolio above a place, else that of the organisation; None where none is set."""
        above = [place for place in self.by_path if path.startswith(place)]
        return self.by_path[max(above, key=len)] if above else self.general


def _discount(row: DiscountRate, whose: str) -> Discount:
    return Discount(row.rate, row.convention, row.is_real, row.from_date, whose)
