"""The check-in: where a key result stood on a day."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import RowVersion, versioned
from mainstay.strategy.models.key_result import KeyResult
from mainstay.strategy.models.of_goal import OfGoal, OfGoalQuerySet


class CheckInQuerySet(OfGoalQuerySet):
    """Check-ins, seen with the goal of their key result."""

    way = "key_result__goal"

    def standing(self) -> "CheckInQuerySet":
        """Those that were not corrected by a later one."""
        corrected = self.filter(corrects__isnull=False).order_by().values("corrects")
        return self.exclude(**{f"{'row_id' if issubclass(self.model, RowVersion) else 'pk'}__in": corrected})


@versioned
class CheckIn(OfGoal):
    """Where a key result stood on a day, how sure its people were, and why."""

    key_result = models.ForeignKey(KeyResult, models.PROTECT, related_name="check_ins")
    on_date = models.DateField("on")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    confidence = models.PositiveSmallIntegerField(
        "confidence (1-5)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", editable=False
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["on_date", "pk"]
        verbose_name = "check-in"

    def __str__(self) -> str:
        return f"{self.key_result} on {self.on_date}"

    @property
    def scope(self) -> Any:
        return self.key_result.goal.portfolio
