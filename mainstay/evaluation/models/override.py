"""The rank override: somebody puts a project elsewhere than its score does, and says why."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.evaluation.models.score_model import ScoreModel
from mainstay.portfolio.models import Project


class RankOverrideQuerySet(RowQuerySet):
    """Rank overrides; like scores they tell of figures, so only those who may see figures see them."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> "RankOverrideQuerySet":
        """The overrides of projects whose figures the person may see."""
        return super().visible_to(user, verb)


@versioned
class RankOverride(Row):
    """A project moved by hand to another place of a ranking; it holds for one edition of the score model."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="rank_overrides")
    model = models.ForeignKey(ScoreModel, models.CASCADE, related_name="rank_overrides")
    position = models.PositiveIntegerField("moved to", validators=[MinValueValidator(1)])
    computed = models.PositiveIntegerField("where its score put it", validators=[MinValueValidator(1)])
    reason = models.CharField("why", max_length=500)
    edition = models.PositiveIntegerField("edition of the model")
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="moved by"
    )
    moved_at = models.DateTimeField("moved at")

    figure_fields = frozenset({"position", "computed"})

    objects = RankOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["position", "project__code"]
        verbose_name = "rank override"
        constraints = [
            models.UniqueConstraint(fields=["project", "model"], name="rank_override_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, computed__gte=1), name="rank_override_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} under {self.model}"

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def who(self) -> str:
        """Who moved it, by name."""
        return self.moved_by.name if self.moved_by else "Mainstay"
