"""The contribution: what a project or a programme does for a goal."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Programme, Project
from mainstay.strategy.models.goal import Goal
from mainstay.strategy.models.key_result import KeyResult
from mainstay.strategy.models.standing import WHOLE

TWICE = "It contributes to this already; change the share that is there."


class ContributionQuerySet(RowQuerySet):
    """Contributions: seen by whoever may see both the work and the goal."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of work the person may see, or may do this to, for goals they may see."""
        goals = self.filter(goal__in=Goal.objects.visible_to(user).values("pk"))
        ways = {place: access.condition(user, verb, f"{place}__") for place in ("project", "programme")}
        if access.NOTHING in ways.values():
            return self.none()
        if None in ways.values():
            return goals
        return goals.filter(
            ways["project"] & Q(project__isnull=False) | ways["programme"] & Q(programme__isnull=False)
        )


@versioned
class Contribution(Row):
    """The share of a goal that is expected from a project or a programme, perhaps through one of its key results."""

    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="contributions")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="contributions")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="contributions")
    key_result = models.ForeignKey(
        KeyResult, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name="through"
    )
    share = models.DecimalField(
        "share of the goal (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(WHOLE)],
    )
    note = models.CharField(max_length=300, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "-share", "pk"]
        verbose_name = "contribution"
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=True) ^ Q(programme__isnull=True), name="contribution_of_one"
            ),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=WHOLE), name="contribution_is_a_share"),
            models.UniqueConstraint(
                fields=["project", "goal"],
                condition=Q(key_result=None),
                name="project_contributes_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["project", "key_result"], name="project_contributes_once_a_result",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["programme", "goal"],
                condition=Q(key_result=None),
                name="programme_contributes_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["programme", "key_result"], name="programme_contributes_once_a_result",
                violation_error_message=TWICE,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        # Without the goal's name: who reads this in a feed may not be allowed to know of it.
        return f"{self.work}, contribution to a goal"

    @property
    def work(self) -> Any:
        """The project or the programme."""
        return self.project or self.programme

    @property
    def scope(self) -> Any:
        return self.project or self.programme
