"""The goal: a vision, a theme or an objective."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import versioned
from mainstay.portfolio.models.tree import CODE
from mainstay.strategy.models.standing import PERCENT, WHOLE, Standing, StandingQuerySet


class GoalKind(models.TextChoices):
    """How wide a goal is."""

    VISION = "vision", "Vision"
    THEME = "theme", "Theme"
    OBJECTIVE = "objective", "Objective"


class Perspective(models.TextChoices):
    """The four perspectives of the Balanced Scorecard, from what is earned to what is learned."""

    FINANCIAL = "financial", "Financial"
    CUSTOMER = "customer", "Customer"
    INTERNAL = "internal", "Internal processes"
    LEARNING = "learning", "Learning and growth"


MAY_HANG_UNDER: dict[str, frozenset[str]] = {
    GoalKind.VISION: frozenset(),
    GoalKind.THEME: frozenset({GoalKind.VISION}),
    GoalKind.OBJECTIVE: frozenset({GoalKind.VISION, GoalKind.THEME, GoalKind.OBJECTIVE}),
}


class GoalQuerySet(StandingQuerySet):
    """Goals."""

    def open(self) -> Self:
        """Those that are still pursued."""
        return self.filter(is_closed=False)


@versioned
class Goal(Standing):
    """Something the organisation wants to achieve: a vision, a theme of it, or an objective one can reach."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=5000, blank=True)
    kind = models.CharField(max_length=10, choices=GoalKind.choices, default=GoalKind.OBJECTIVE)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="owner"
    )
    perspective = models.CharField(max_length=10, choices=Perspective.choices, blank=True, default="")
    weight = models.DecimalField("weight (%)", default=0, **PERCENT)
    start_date = models.DateField("from", null=True, blank=True)
    end_date = models.DateField("until", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_closed = models.BooleanField("closed", default=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = "goal"
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=WHOLE), name="goal_weight_is_a_share"),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")) | Q(end_date=None) | Q(start_date=None),
                name="goal_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="goal_not_below_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": "The end lies before the start."})
        if self.parent_id and self.parent is not None:
            self._fit_under(self.parent)

    def _fit_under(self, parent: Any) -> None:
        if parent.kind not in MAY_HANG_UNDER.get(self.kind, frozenset()):
            told = f"{_some(self.kind)} does not hang under {_some(parent.kind).lower()}."
            raise ValidationError({"parent": told})
        if parent.portfolio_id is None:
            return
        if self.portfolio_id is None or not self.portfolio.path.startswith(parent.portfolio.path):
            told = (
                f"{parent} stands for {parent.portfolio} only; what hangs under it stands for that or a part of it."
            )
            raise ValidationError({"parent": told})


def _some(kind: str) -> str:
    label = GoalKind(kind).label
    return f"{'An' if label[0] in 'AEIOU' else 'A'} {label.lower()}"
