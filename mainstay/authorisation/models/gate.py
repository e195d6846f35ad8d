"""The gate review: what a project showed before a stage, and what was decided."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.governance.models import GateEdition
from mainstay.portfolio.models import Project, Stage


class Verdict(models.TextChoices):
    """What a board says of a project at a gate."""

    GO = "go", "Go"
    CONDITIONAL = "conditional", "Go, with conditions"
    HOLD = "hold", "Hold"
    RECYCLE = "recycle", "Recycle"
    STOP = "stop", "Stop"


class GateReviewQuerySet(RowQuerySet):
    """Gate reviews, seen with their project."""

    place = "project__"


@versioned
class GateReview(Row):
    """A project before a gate: the answers to what the gate asks, the evidence, and the verdict."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="gate_reviews")
    edition = models.ForeignKey(GateEdition, models.PROTECT, related_name="reviews")
    gate = models.CharField("key of the gate", max_length=40)
    target = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name="stage to enter")
    answers = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    verdict = models.CharField(max_length=11, choices=Verdict.choices, blank=True, default="")
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(
        "authorisation.Decision", models.PROTECT, null=True, blank=True, related_name="gate_reviews"
    )

    objects = GateReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "gate review"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "target"], condition=Q(verdict=""), name="one_open_review_of_a_gate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} before {self.target}"

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.verdict
