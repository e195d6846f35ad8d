"""The baseline: what was promised when a project was authorised, kept beside every earlier one."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Project


class BaselineQuerySet(RowQuerySet):
    """Baselines, seen with their project; `figures` only where the figures may be seen."""

    place = "project__"


@versioned
class Baseline(Row):
    """Dates, money, demand and milestones of a project as they were authorised."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(
        "authorisation.Decision", models.PROTECT, null=True, blank=True, related_name="baselines"
    )
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    start_date = models.DateField("start", null=True, blank=True)
    end_date = models.DateField("end", null=True, blank=True)
    milestones = models.JSONField(default=list, blank=True)
    figures = models.JSONField("cost, benefit, money by month and demand by month", default=dict, blank=True)

    figure_fields = frozenset({"figures"})
    objects = BaselineQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-number"]
        verbose_name = "baseline"
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="baseline_number_once"),
            models.UniqueConstraint(fields=["project"], condition=Q(is_current=True), name="one_current_baseline"),
        ]

    def __str__(self) -> str:
        return f"Baseline {self.number} of {self.project}"

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def cost(self) -> Decimal | None:
        """The whole-life cost it was frozen with."""
        told = self.figures.get("cost")
        return None if told is None else Decimal(told)
