"""The key result, and the measure that never ends."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import versioned
from mainstay.strategy.models.goal import Goal
from mainstay.strategy.models.of_goal import OfGoal

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 4, "null": True, "blank": True}


class ResultKind(models.TextChoices):
    """Whether it is to be reached by a date, or to stay healthy for good."""

    RESULT = "result", "Key result with a due date"
    MEASURE = "measure", "Standing measure without end"


@versioned
class KeyResult(OfGoal):
    """How one sees that a goal is reached: a number that moves from a start to a target, or stays within a band."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="key_results")
    kind = models.CharField(max_length=10, choices=ResultKind.choices, default=ResultKind.RESULT)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    start_value = models.DecimalField("value at the start", **NUMBER)
    target_value = models.DecimalField("target", **NUMBER)
    healthy_from = models.DecimalField("healthy from", **NUMBER)
    healthy_to = models.DecimalField("healthy up to", **NUMBER)
    weight = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="owner"
    )
    start_date = models.DateField("from", null=True, blank=True)
    due_date = models.DateField("due", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "key result"
        constraints = [
            models.UniqueConstraint(fields=["goal", "name"], name="key_result_name_once"),
            models.CheckConstraint(
                condition=~Q(kind="result")
                | Q(start_value__isnull=False, target_value__isnull=False, due_date__isnull=False),
                name="key_result_has_a_target",
            ),
            models.CheckConstraint(
                condition=Q(start_value=None) | Q(target_value=None) | ~Q(start_value=F("target_value")),
                name="key_result_moves",
            ),
            models.CheckConstraint(
                condition=~Q(kind="measure") | Q(healthy_from__isnull=False) | Q(healthy_to__isnull=False),
                name="measure_has_a_band",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_measure(self) -> bool:
        """Whether it is a measure that never ends."""
        return self.kind == ResultKind.MEASURE

    @property
    def less_is_better(self) -> bool:
        """Whether the number is to fall."""
        return not self.is_measure and self.target_value < self.start_value

    def clean(self) -> None:
        if self.is_measure:
            self._clean_measure()
            return
        needed = {"start_value": "where it starts", "target_value": "the target", "due_date": "when it is due"}
        missing = {name: f"Say {what}." for name, what in needed.items() if getattr(self, name) is None}
        if missing:
            raise ValidationError(missing)
        if self.start_value == self.target_value:
            raise ValidationError({"target_value": "The target differs from the value at the start."})
        if self.start_date and self.due_date < self.start_date:
            raise ValidationError({"due_date": "It is due before it starts."})

    def _clean_measure(self) -> None:
        low, high = self.healthy_from, self.healthy_to
        if low is None and high is None:
            raise ValidationError({"healthy_from": "Say from or up to which value the measure is healthy."})
        if low is not None and high is not None and high < low:
            raise ValidationError({"healthy_to": "The healthy band ends before it begins."})
