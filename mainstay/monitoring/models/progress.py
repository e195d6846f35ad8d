"""Packages of work with their budget and plan, and how far they are."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.monitoring.models.of_project import MONEY, FigureQuerySet, OfProject

SHARE: dict[str, Any] = {
    "max_digits": 6,
    "decimal_places": 4,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
}


class EarningRule(models.TextChoices):
    """How a package earns its budget."""

    ALL_AT_END = "0_100", "0/100: all when finished"
    HALVES = "50_50", "50/50: half when begun, half when finished"
    MILESTONES = "milestones", "Weighted milestones"
    UNITS = "units", "Units done"
    PHYSICAL = "physical", "Physical share, judged"
    EFFORT = "effort", "Level of effort"


@versioned
class WorkPackage(OfProject):
    """A part of a project with a budget, its days, and a rule for what it has earned."""

    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=160)
    rule = models.CharField("earns by", max_length=10, choices=EarningRule.choices, default=EarningRule.PHYSICAL)
    budget = models.DecimalField(**MONEY, validators=[MinValueValidator(Decimal(0))])
    start_date = models.DateField("start")
    end_date = models.DateField("end")
    units = models.DecimalField("units planned", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    milestones = models.JSONField("weights of milestones, by their number", default=dict, blank=True)

    figure_fields = frozenset({"budget"})
    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["project", "position", "pk"]
        verbose_name = "work package"
        constraints = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="package_ends_after_start"),
            models.CheckConstraint(condition=Q(budget__gte=0), name="package_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": "The end lies before the start."})
        if self.rule == EarningRule.UNITS and not (self.units and self.units > 0):
            raise ValidationError({"units": "Say how many units are planned."})


class ReadingQuerySet(RowQuerySet):
    """Readings, seen by those who may see the figures of the project of their package."""

    place = "package__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of projects whose figures the person may see."""
        return super().visible_to(user, verb)


@versioned
class ProgressReading(Row):
    """How far a package was on a day."""

    package = models.ForeignKey(WorkPackage, models.CASCADE, related_name="readings")
    date = models.DateField("as of")
    share = models.DecimalField("share done (0 to 1)", **SHARE)
    units = models.DecimalField("units done", max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["package", "date"]
        verbose_name = "progress"
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["package", "date"], name="progress_once_a_day"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="progress_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.package} on {self.date:%-d %b %Y}"

    @property
    def scope(self) -> Any:
        return self.package.project

    @property
    def whole(self) -> Row:
        return self.package
