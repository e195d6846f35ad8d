"""What people do and what they are able to do, as demand and supply are counted."""

from typing import Any, Self

from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb


class OpenQuerySet(RowQuerySet):
    """Rows everybody signed in may read."""

    place = None

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """All of them: they name no project and no person."""
        return self if getattr(user, "is_active", False) else self.none()


class Named(Row):
    """A word of the resource vocabulary, with the key other systems know it by."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField("in use", default=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@versioned
class Role(Named):
    """A part people play in projects, such as data engineer or site manager."""

    class Meta(Named.Meta):
        verbose_name = "role"


@versioned
class Skill(Named):
    """Something people are able to do, such as hydraulic modelling."""

    class Meta(Named.Meta):
        verbose_name = "skill"
