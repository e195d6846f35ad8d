"""The lines of a business case: what an option costs, brings and needs, period by period."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.identification.models.case import Option, seen_cases
from mainstay.resources.models import Role, Skill
from mainstay.value.models.benefit import MONEY_BENEFITS, BenefitKind


class CostType(models.TextChoices):
    """What kind of cost it is."""

    PEOPLE = "people", "Own people"
    CONTRACT = "contract", "Contractors"
    EQUIPMENT = "equipment", "Equipment"
    SOFTWARE = "software", "Software and licences"
    SERVICE = "service", "Services"
    OTHER = "other", "Other"


class LineQuerySet(RowQuerySet):
    """Lines of business cases, seen with them."""

    place = "option__case__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Of the cases the person may read."""
        return self.filter(option__case__in=seen_cases(user, verb))


class Line(Row):
    """Amounts by period: `{"2027-01-01": "1200.50"}`, keyed by the day the period starts.

    `likely` is the estimate; `low` and `high` are its range, period by period; empty: no uncertainty given.
    """

    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=160)
    likely = models.JSONField(default=dict, blank=True)
    low = models.JSONField(default=dict, blank=True)
    high = models.JSONField(default=dict, blank=True)
    basis = models.CharField("basis of the estimate", max_length=300, blank=True)

    figure_fields = frozenset({"likely", "low", "high", "name", "basis"})
    told_with = Verb.SEE_FIGURES
    objects = LineQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{str(self._meta.verbose_name).capitalize()} of {self.option.case.of}"

    def clean(self) -> None:
        """A range lies around its likely amount, period by period."""
        for name, sign in (("low", 1), ("high", -1)):
            for period, text in getattr(self, name).items():
                if period not in self.likely:
                    raise ValidationError({name: f"The {name} amount of {period} has no likely one."})
                if sign * (Decimal(text) - Decimal(self.likely[period])) > 0:
                    raise ValidationError({name: f"The {name} amount of {period} lies beyond the likely one."})

    @property
    def scope(self) -> Any:
        return self.option.case.scope

    @property
    def whole(self) -> Any:
        return self.option.case


@versioned
class CostLine(Line):
    """What an option costs, of one type, period by period."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="costs")
    cost_type = models.CharField("type", max_length=10, choices=CostType.choices, default=CostType.OTHER)
    is_capital = models.BooleanField("capital expenditure", default=False)

    class Meta(Line.Meta):
        verbose_name = "cost line"


@versioned
class BenefitLine(Line):
    """What an option brings, in money or in a measure of its own, period by period."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="benefits")
    kind = models.CharField(max_length=12, choices=BenefitKind.choices, default=BenefitKind.CASHABLE)
    measure = models.CharField("measured by", max_length=160, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="benefit owner",
    )
    is_disbenefit = models.BooleanField("a disadvantage", default=False)

    class Meta(Line.Meta):
        verbose_name = "benefit line"

    @property
    def is_money(self) -> bool:
        """Whether its amounts are in the currency of the case."""
        return self.kind in MONEY_BENEFITS


class Curve(models.TextChoices):
    """How demand spreads over its periods."""

    FLAT = "flat", "Flat"
    FRONT = "front", "Front-loaded"
    BACK = "back", "Back-loaded"
    BELL = "bell", "Bell-shaped"
    TYPED = "typed", "As typed"


@versioned
class DemandLine(Line):
    """What an option needs of a role or a skill, in person-days, period by period."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="demands")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    curve = models.CharField(max_length=5, choices=Curve.choices, default=Curve.TYPED)

    class Meta(Line.Meta):
        verbose_name = "demand line"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=False) | Q(skill__isnull=False), name="demand_of_something"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if not (self.role_id or self.skill_id):
            raise ValidationError({"role": "Choose a role or a skill."})
