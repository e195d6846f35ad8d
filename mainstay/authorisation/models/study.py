"""What was found out about an answer: how sure it is, what another budget would give, whether the choice holds."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from mainstay.authorisation.models.selection import FiguresQuerySet
from mainstay.authorisation.models.solution import Solution
from mainstay.core.verbs import Verb


class StudyKind(models.TextChoices):
    """What was asked about the answer."""

    UNCERTAINTY = "uncertainty", "How sure it is"
    FRONTIER = "frontier", "Value against a limit"
    ROBUSTNESS = "robustness", "Whether the choice holds"


class StudyQuerySet(FiguresQuerySet):
    """Studies, seen with the portfolio of their selection."""

    place = "solution__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of answers the person may see."""
        return self.filter(solution__in=Solution.objects.visible_to(user, verb))


class Study(models.Model):
    """A study of an answer with the terms it was made on; it is never changed, a new one stands beside it."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="studies")
    kind = models.CharField(max_length=11, choices=StudyKind.choices)
    terms = models.JSONField()
    inputs = models.JSONField(default=dict, blank=True)
    result = models.JSONField()
    finding = models.TextField()
    problem_sha256 = models.CharField(max_length=64)
    known_at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "study"
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.solution}"

    @property
    def scope(self) -> Any:
        return self.solution.portfolio
