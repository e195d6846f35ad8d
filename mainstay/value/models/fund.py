"""Where money comes from: funds, and what each holds in a fiscal year."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import FiscalYear, Portfolio

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2, "validators": [MinValueValidator(Decimal(0))]}


class CostNature(models.TextChoices):
    """What a fund may pay for."""

    ANY = "any", "Investment and running cost"
    CAPEX = "capex", "Investment (CAPEX)"
    OPEX = "opex", "Running cost (OPEX)"


class FundQuerySet(RowQuerySet):
    """Funds: money of a portfolio, seen by those who may see its figures."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        return super().visible_to(user, verb)


@versioned
class Fund(Row):
    """A source of money for projects of a portfolio and everything below it."""

    key = models.SlugField(max_length=40, unique=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="funds")
    name = models.CharField(max_length=120)
    nature = models.CharField("pays for", max_length=6, choices=CostNature.choices, default=CostNature.ANY)
    currency = models.CharField(max_length=3)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_open = models.BooleanField("open for commitments", default=True)
    note = models.CharField(max_length=300, blank=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "fund"

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio


class EnvelopeQuerySet(FundQuerySet):
    """Envelopes, seen with their fund."""

    place = "fund__portfolio__"


@versioned
class Envelope(Row):
    """What a fund holds in a fiscal year, and how much of it is held back."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="envelopes")
    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="envelopes")
    amount = models.DecimalField(**MONEY)
    held_back = models.DecimalField("held back", **MONEY, default=Decimal(0))

    figure_fields = frozenset({"amount", "held_back"})
    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        ordering = ["fund", "year__start_date"]
        verbose_name = "envelope"
        constraints = [
            models.UniqueConstraint(fields=["fund", "year"], name="one_envelope_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="envelope_not_negative"),
            models.CheckConstraint(
                condition=Q(held_back__gte=0) & Q(held_back__lte=F("amount")), name="held_back_within_the_envelope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}"

    @property
    def scope(self) -> Any:
        return self.fund.portfolio

    def clean(self) -> None:
        if self.amount is not None and self.held_back is not None and self.held_back > self.amount:
            raise ValidationError({"held_back": "More is held back than the envelope holds."})
