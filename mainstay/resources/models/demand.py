"""What projects need: hours of a role or a skill, month by month."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Project
from mainstay.resources.models.skill import Role, Skill


class DemandSource(models.TextChoices):
    """Where a demand comes from."""

    TYPED = "typed", "Typed"
    CASE = "case", "Business case"
    REFERENCE = "reference", "Reference project"


class DemandQuerySet(RowQuerySet):
    """Demand, seen with its project."""

    place = "project__"


@versioned
class Demand(Row):
    """Hours that a project needs of a role or a skill in a month, at a least level."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="demands")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    least_level = models.PositiveSmallIntegerField(
        "least level", default=0, validators=[MinValueValidator(0), MaxValueValidator(5)]
    )
    month = models.DateField()
    hours = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    source = models.CharField(max_length=9, choices=DemandSource.choices, default=DemandSource.TYPED)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["month", "pk"]
        verbose_name = "demand"
        indexes = [models.Index(fields=["month", "role", "skill"], name="demand_by_month")]
        constraints = [
            models.CheckConstraint(condition=Q(role__isnull=False) | Q(skill__isnull=False), name="demand_for_one"),
            models.CheckConstraint(condition=Q(month__day=1), name="demand_of_a_whole_month"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="demand_not_negative"),
            # Three, because nothing equals nothing in a database.
            models.UniqueConstraint(
                fields=["project", "role", "skill", "least_level", "month"], name="demand_once_a_month"
            ),
            models.UniqueConstraint(
                fields=["project", "role", "least_level", "month"],
                condition=Q(skill=None),
                name="demand_of_role_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["project", "skill", "least_level", "month"],
                condition=Q(role=None),
                name="demand_of_skill_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.role or self.skill}, {self.month:%B %Y}"

    @property
    def scope(self) -> Any:
        return self.project

    def clean(self) -> None:
        if not (self.role_id or self.skill_id):
            raise ValidationError({"role": "Choose a role or a skill."})
