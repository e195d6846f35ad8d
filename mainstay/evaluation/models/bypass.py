"""The mandatory bypass: a project that must be done whatever its score."""

from typing import Any

from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.evaluation.models.score_model import ScoreModel
from mainstay.portfolio.models import Project


class BypassQuerySet(RowQuerySet):
    """Mandatory bypasses, seen with their project."""

    place = "project__"


@versioned
class Bypass(Row):
    """A project that must be done whatever it scores under a model, with the reason: a law, a promise, safety."""

    model = models.ForeignKey(ScoreModel, models.CASCADE, related_name="bypasses")
    project = models.ForeignKey(Project, models.CASCADE, related_name="bypasses")
    reason = models.CharField(max_length=300)

    objects = BypassQuerySet.as_manager()

    class Meta:
        ordering = ["project__code"]
        verbose_name = "mandatory bypass"
        verbose_name_plural = "mandatory bypasses"
        constraints = [models.UniqueConstraint(fields=["model", "project"], name="bypass_once")]

    def __str__(self) -> str:
        return f"{self.project} under {self.model}"

    @property
    def scope(self) -> Any:
        return self.project
