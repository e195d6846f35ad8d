"""The form a kind of request is made with; what it asks is data, kept edition by edition."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb


class OpenFormQuerySet(RowQuerySet):
    """Forms; whoever is signed in may read what a request would ask."""

    place = None

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """All of them: a form holds questions, no answers."""
        return self if getattr(user, "is_active", False) else self.none()


@versioned
class RequestForm(Row):
    """A kind of request people can make, such as "Idea" or "Customer portal"."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField("what it is for", max_length=300, blank=True)
    is_open = models.BooleanField("open for new requests", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    answer_within_days = models.PositiveSmallIntegerField(
        "answered within (working days)", default=20, validators=[MinValueValidator(1), MaxValueValidator(250)]
    )
    draft = models.JSONField("questions being prepared", default=dict, blank=True)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "request form"

    def __str__(self) -> str:
        return self.name


@versioned
class FormEdition(Row):
    """The questions of a form as published once; requests made with it keep it for ever."""

    form = models.ForeignKey(RequestForm, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField("questions")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField("what changed", max_length=300, blank=True)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = "edition of a request form"
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_edition_once")]

    def __str__(self) -> str:
        return f"{self.form}, edition {self.number}"
