"""The money of projects month by month, and the months that are closed."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.identification.models import CostType
from mainstay.monitoring.models.of_project import MONEY, FigureQuerySet, OfProject
from mainstay.portfolio.models import Portfolio
from mainstay.value.models import Fund


class MoneyKind(models.TextChoices):
    """What an amount says; what was spent comes from the ledger."""

    BUDGET = "budget", "Budget"
    FORECAST = "forecast", "Forecast"
    COMMITTED = "committed", "Committed"


class Treatment(models.TextChoices):
    """How the accounts treat it."""

    CAPEX = "capex", "Investment (CAPEX)"
    OPEX = "opex", "Running cost (OPEX)"


@versioned
class MoneyLine(OfProject):
    """An amount of a project in a month, in the currency of the project."""

    kind = models.CharField(max_length=9, choices=MoneyKind.choices)
    month = models.DateField("month", help_text="Its first day.")
    treatment = models.CharField(max_length=5, choices=Treatment.choices, default=Treatment.OPEX)
    cost_type = models.CharField(max_length=9, choices=CostType.choices, default=CostType.OTHER)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(**MONEY)

    figure_fields = frozenset({"amount"})
    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["project", "month", "kind", "pk"]
        verbose_name = "money of a month"
        verbose_name_plural = "money of months"
        indexes = [models.Index(fields=["project", "kind", "month", "amount"], name="money_of_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "month", "treatment", "cost_type", "fund"],
                condition=Q(fund__isnull=False),
                name="money_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["project", "kind", "month", "treatment", "cost_type"],
                condition=Q(fund=None),
                name="money_once_a_month_without_fund",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.project}, {self.month:%b %Y}"

    def clean(self) -> None:
        if self.month and self.month.day != 1:
            raise ValidationError({"month": "A month is named by its first day."})


class ClosedPeriodQuerySet(RowQuerySet):
    """Closed months, seen with their portfolio."""

    place = "portfolio__"


@versioned
class ClosedPeriod(Row):
    """A month in which the money of a portfolio and of everything below it no longer changes."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="closed_periods")
    month = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["portfolio", "-month"]
        verbose_name = "closed month"
        constraints = [models.UniqueConstraint(fields=["portfolio", "month"], name="closed_once")]

    def __str__(self) -> str:
        return f"{self.month:%B %Y} of {self.portfolio}"

    @property
    def scope(self) -> Any:
        return self.portfolio


@versioned
class ExitTerms(OfProject):
    """What it would cost to stop or rest a project, and what would be left of it."""

    stop_cost = models.DecimalField("cost of stopping", **MONEY, default=Decimal(0))
    salvage = models.DecimalField("worth that stays when it stops", **MONEY, default=Decimal(0))
    pause_cost = models.DecimalField("cost of a month at rest", **MONEY, default=Decimal(0))
    note = models.CharField(max_length=300, blank=True)

    figure_fields = frozenset({"stop_cost", "salvage", "pause_cost", "note"})
    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "terms of exit"
        verbose_name_plural = "terms of exit"
        constraints = [
            models.UniqueConstraint(fields=["project"], name="exit_terms_once"),
            models.CheckConstraint(
                condition=Q(stop_cost__gte=0, salvage__gte=0, pause_cost__gte=0), name="exit_terms_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of exit of {self.project}"
