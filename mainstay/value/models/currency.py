"""Currencies and what they were worth on which date."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, versioned
from mainstay.portfolio.models.lifecycle import OpenQuerySet

LARGEST_RATE = Decimal(10) ** 9
CODE = RegexValidator(r"^[A-Z]{3}$", "A currency has three capital letters, as in EUR.")


@versioned
class Currency(Row):
    """A currency in which this organisation states costs and benefits."""

    code = models.CharField(max_length=3, unique=True, validators=[CODE])
    name = models.CharField(max_length=60)
    decimals = models.PositiveSmallIntegerField("decimal places", default=2, validators=[MaxValueValidator(4)])

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "currency"
        verbose_name_plural = "currencies"

    def __str__(self) -> str:
        return self.code

    @property
    def is_base(self) -> bool:
        """Whether every rate is stated in this currency."""
        return self.code == settings.BASE_CURRENCY


@versioned
class ExchangeRate(Row):
    """What one unit of a currency was worth in the base currency from a date on."""

    currency = models.ForeignKey(Currency, models.CASCADE, related_name="rates")
    date = models.DateField()
    rate: Any = models.DecimalField("worth in the base currency", max_digits=20, decimal_places=10)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["currency__code", "-date"]
        verbose_name = "exchange rate"
        constraints = [
            models.UniqueConstraint(fields=["currency", "date"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} on {self.date}"

    def clean(self) -> None:
        if self.rate is not None and not 0 < self.rate < LARGEST_RATE:
            raise ValidationError({"rate": "A rate is more than nothing and less than a thousand million."})
        if self.currency_id and self.currency.is_base:
            raise ValidationError({"rate": f"{self.currency} is the base currency; its rate is always 1."})
