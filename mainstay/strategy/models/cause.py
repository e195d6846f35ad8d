"""The cause: one goal that helps another."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from mainstay.core.models import versioned
from mainstay.core.verbs import Verb
from mainstay.strategy.models.goal import Goal
from mainstay.strategy.models.of_goal import OfGoal, OfGoalQuerySet


class CauseQuerySet(OfGoalQuerySet):
    """Causes, seen by whoever may see both goals."""

    way = "source"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those between goals the person may see, or of which they may do this to the first."""
        return super().visible_to(user, verb).filter(target__in=Goal.objects.visible_to(user).values("pk"))


@versioned
class Cause(OfGoal):
    """A belief about how a strategy works: reaching one goal helps to reach another."""

    source = models.ForeignKey(Goal, models.PROTECT, related_name="effects", verbose_name="goal that helps")
    target = models.ForeignKey(Goal, models.PROTECT, related_name="causes", verbose_name="goal that is helped")
    note = models.CharField(max_length=300, blank=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["source", "target"]
        verbose_name = "cause"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="cause_once", violation_error_message="This link is there already."
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="cause_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, which helps another goal"

    @property
    def scope(self) -> Any:
        return self.source.portfolio
