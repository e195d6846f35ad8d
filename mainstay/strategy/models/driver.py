"""The driver: what the business wants more of, by department."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core.errors import FieldChange
from mainstay.core.models import versioned
from mainstay.portfolio.models.tree import CODE
from mainstay.strategy.models.standing import PERCENT, WHOLE, Standing


@versioned
class Department(Standing):
    """A part of the organisation that answers for drivers."""

    name = models.CharField(max_length=120, unique=True)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="head"
    )
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "department"

    def __str__(self) -> str:
        return self.name


@versioned
class Driver(Standing):
    """A reason for the business to invest, by which projects are rated on five levels of impact."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=1000, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="drivers")
    weight = models.DecimalField("weight (%)", default=0, **PERCENT)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = "driver"
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=WHOLE), name="driver_weight_is_a_share")
        ]

    def __str__(self) -> str:
        return self.name

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed in it since a version, its impact statements included."""
        from mainstay.strategy.changes import driver_changes

        return driver_changes(self, version, reader)
