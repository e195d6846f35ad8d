"""The discount rate: what money of later years is worth today, by portfolio and date."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio


class Convention(models.TextChoices):
    """When in a period its money flows."""

    END = "end", "End of the period"
    MID_YEAR = "mid_year", "Middle of the period"


class DiscountRateQuerySet(RowQuerySet):
    """Discount rates; those of the organisation are known to whoever sees any part of the register."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Rates of the organisation, and of portfolios the person may see."""
        if not access.may_somewhere(user, verb):
            return self.none()
        condition = access.condition(user, verb, self.place)
        return self if condition is None else self.filter(Q(portfolio=None) | condition)


@versioned
class DiscountRate(Row):
    """The rate at which a portfolio, or the whole organisation, discounts later money from a date on."""

    portfolio = models.ForeignKey(
        Portfolio, models.CASCADE, null=True, blank=True, related_name="discount_rates", verbose_name="portfolio"
    )
    from_date = models.DateField("from")
    rate = models.DecimalField(
        "rate (% a year)",
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("-50")), MaxValueValidator(Decimal("100"))],
    )
    convention = models.CharField("money flows at", max_length=8, choices=Convention.choices, default=Convention.END)
    is_real = models.BooleanField("real (without inflation)", default=False)

    objects = DiscountRateQuerySet.as_manager()

    class Meta:
        ordering = ["-from_date"]
        verbose_name = "discount rate"
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "from_date"], name="discount_rate_once"),
            models.UniqueConstraint(
                fields=["from_date"], condition=Q(portfolio=None), name="organisation_discount_rate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate.normalize():f}% from {self.from_date}"

    @property
    def scope(self) -> Any:
        return self.portfolio
