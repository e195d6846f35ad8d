"""What a project taught, in words others can use."""

from django.db import models
from django.db.models import Q

from mainstay.core.models import versioned
from mainstay.monitoring.models.of_project import OfProject, ProjectRowQuerySet

TEXT = {"max_length": 2_000}


class LessonState(models.TextChoices):
    """Whether a lesson is offered to others."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


@versioned
class Lesson(OfProject):
    """In which context what happened, why, with what effect, and what others should do."""

    title = models.CharField(max_length=160)
    context = models.TextField("in which context", **TEXT, blank=True)
    cause = models.TextField("what caused it", **TEXT, blank=True)
    effect = models.TextField("with what effect", **TEXT, blank=True)
    recommendation = models.TextField("what others should do", **TEXT)
    tags = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=LessonState.choices, default=LessonState.DRAFT, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = "lesson"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="lesson_external_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
