"""What people are able to do, and how well."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mainstay.core.models import versioned
from mainstay.resources.models.resource import OfResource, OfResourceQuerySet, Resource
from mainstay.resources.models.skill import Skill


class Level(models.IntegerChoices):
    """How well somebody masters a skill."""

    BEGINNER = 1, "Beginner"
    PRACTISED = 2, "Practised"
    PROFICIENT = 3, "Proficient"
    EXPERT = 4, "Expert"
    AUTHORITY = 5, "Authority"


class ProficiencyQuerySet(OfResourceQuerySet):
    """Skills of people."""

    def valid_on(self, day: Any) -> Self:
        """Those that hold on a day; a certificate that has run out does not."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day))


@versioned
class Proficiency(OfResource):
    """How well a person masters a skill, since when and until when, and the certificate for it."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="proficiencies")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="proficiencies")
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.PROFICIENT)
    valid_from = models.DateField("from", null=True, blank=True)
    valid_until = models.DateField("until", null=True, blank=True)
    certificate = models.CharField(max_length=120, blank=True)

    objects = ProficiencyQuerySet.as_manager()

    class Meta:
        ordering = ["resource", "-level", "skill"]
        verbose_name = "proficiency"
        constraints = [
            models.UniqueConstraint(fields=["resource", "skill"], name="proficiency_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="proficiency_level"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.skill}, {self.get_level_display().lower()}"

    def clean(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "The end lies before the beginning."})
