"""The score of a project under a model, with the parts it is made of."""

from typing import Any, Self

from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.evaluation.models.score_model import ScoreModel
from mainstay.portfolio.models import Project


class ScoreQuerySet(RowQuerySet):
    """Scores; they tell something of the figures behind them, so only those who may see figures see them."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """The scores of projects whose figures the person may see."""
        return super().visible_to(user, verb)


@versioned
class Score(Row):
    """What a project earned under a score model, from 0 to 100, and how much of the model could be rated."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="scores")
    model = models.ForeignKey(ScoreModel, models.CASCADE, related_name="scores")
    total = models.FloatField(null=True, blank=True)
    rated_share = models.FloatField(default=0)
    parts = models.JSONField(default=list, blank=True)
    mandatory_reason = models.CharField("must be done because", max_length=300, blank=True)
    obstacles = models.JSONField("gates it fails", default=list, blank=True)
    edition = models.PositiveIntegerField("edition of the model")
    project_version = models.PositiveIntegerField("version of the project")

    figure_fields = frozenset({"total", "rated_share", "parts", "obstacles"})

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["-total", "project__code"]
        verbose_name = "score"
        constraints = [models.UniqueConstraint(fields=["project", "model"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.project}, {self.model}"

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def is_mandatory(self) -> bool:
        """Whether the project must be done whatever its score."""
        return bool(self.mandatory_reason)

    @property
    def is_eligible(self) -> bool:
        """Whether it passes every gate, or must be done anyhow."""
        return self.is_mandatory or not self.obstacles
