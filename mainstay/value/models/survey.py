"""Surveys of customers: how content they are before and after work, as counts of answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Project


class Question(models.TextChoices):
    """What was asked; each question has a scale of its own."""

    CSAT = "csat", "How content are you? (1 to 5)"
    NPS = "nps", "Would you recommend us? (0 to 10)"


SCALES: dict[str, tuple[int, int]] = {Question.CSAT: (1, 5), Question.NPS: (0, 10)}


class When(models.TextChoices):
    """Whether the people knew what the work brought."""

    BEFORE = "before", "Before the work"
    AFTER = "after", "After the work"


class SurveyQuerySet(RowQuerySet):
    """Surveys, seen with their project."""

    place = "project__"


def answers_of(counts: dict[str, int]) -> list[int]:
    """Every answer by itself, from how often each was given."""
    return [int(answer) for answer, count in counts.items() for _ in range(count)]


@versioned
class Survey(Row):
    """One question asked of customers in a time, with how often each answer was given."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="surveys")
    question = models.CharField(max_length=4, choices=Question.choices)
    when = models.CharField("asked", max_length=6, choices=When.choices)
    starts_on = models.DateField("asked from")
    ends_on = models.DateField("asked until")
    counts = models.JSONField("answers", default=dict)
    source = models.CharField("who was asked, and how", max_length=300, blank=True)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["project", "question", "-when", "starts_on"]
        verbose_name = "survey"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="survey_ends_after_start"),
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="survey_external_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()}, {self.get_when_display().lower()}"

    @property
    def scope(self) -> Any:
        return self.project

    def clean(self) -> None:
        """Every answer lies on the scale of the question, and somebody answered."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "It ends before it begins."})
        self.counts = sound_counts(self.counts, self.question)


def sound_counts(counts: Any, question: str) -> dict[str, int]:
    """Counts in the order of the scale; ValidationError for what is no answer, no count, or nothing at all."""
    lowest, highest = SCALES.get(question, (0, 10))
    if not isinstance(counts, dict) or not all(_is_count(one) for one in counts.values()):
        raise ValidationError({"counts": "Say how often each answer was given."})
    known = {str(answer) for answer in range(lowest, highest + 1)}
    if strange := sorted(set(map(str, counts)) - known):
        raise ValidationError({"counts": f"{strange[0][:20]} is no answer from {lowest} to {highest}."})
    found = {answer: counts[answer] for answer in sorted(known, key=int) if counts.get(answer)}
    if not found:
        raise ValidationError({"counts": "Nobody has answered."})
    return found


def _is_count(one: Any) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= MOST


MOST = 1_000_000
"""How often an answer may be given, so that a mistake fills no memory."""
