"""Closing a project: what a portfolio asks for, the checklist, and the figures it ended with."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import Row, versioned
from mainstay.monitoring.models.of_project import MONEY, OfProject, ProjectRowQuerySet
from mainstay.portfolio.models import Portfolio

FINAL: dict[str, Any] = MONEY | {"null": True, "blank": True}


class ClosingRuleQuerySet(ProjectRowQuerySet):
    """Rules, seen with their portfolio."""

    place = "portfolio__"


@versioned
class ClosingRule(Row):
    """What a portfolio and everything below it asks for when work closes; nothing where there is no rule."""

    portfolio = models.OneToOneField(Portfolio, models.CASCADE, related_name="+")
    asks = models.BooleanField("a closure is needed", default=True)
    months = models.PositiveSmallIntegerField(
        "months until the review", default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    objects = ClosingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["portfolio"]
        verbose_name = "closing rule"

    def __str__(self) -> str:
        return f"Closing in {self.portfolio}"

    @property
    def scope(self) -> Any:
        return self.portfolio


@versioned
class Closure(OfProject):
    """The end of a project: a checklist by item, and once complete the figures it ended with."""

    answers = models.JSONField("checklist", default=dict, blank=True)
    note = models.TextField("what remains to be known", max_length=2_000, blank=True)
    final_cost = models.DecimalField("final cost", **FINAL)
    final_end = models.DateField("finished on", null=True, blank=True)
    planned_benefit = models.DecimalField("benefit planned at the end", **FINAL, editable=False)
    closed_on = models.DateField("complete since", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    figure_fields = frozenset({"final_cost", "planned_benefit"})
    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["project"]
        verbose_name = "closure"
        constraints = [models.UniqueConstraint(fields=["project"], name="closure_once")]

    def __str__(self) -> str:
        return f"Closure of {self.project}"
