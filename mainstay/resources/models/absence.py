"""When people are away."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import versioned
from mainstay.resources.models.resource import SHARE, OfResource, Resource


class AbsenceKind(models.TextChoices):
    """Why somebody is away."""

    LEAVE = "leave", "Leave"
    SICKNESS = "sickness", "Sickness"
    PARENTAL = "parental", "Parental leave"
    TRAINING = "training", "Training"
    OTHER = "other", "Other"


@versioned
class Absence(OfResource):
    """Days somebody is away; that they are away is seen with them, why only by few."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="absences")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    share = models.DecimalField("share of the day", default=Decimal(1), **SHARE)
    kind = models.CharField(max_length=8, choices=AbsenceKind.choices, default=AbsenceKind.LEAVE)
    note = models.CharField("reason", max_length=200, blank=True)
    external_key = models.CharField("key in the source", max_length=200, blank=True)

    # Why somebody is away is told in no event; the page asks for `see.absences` before it shows it.
    never_told = frozenset({"kind", "note"})

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "absence"
        indexes = [models.Index(fields=["resource", "starts_on"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.UniqueConstraint(
                fields=["resource", "external_key"], condition=~Q(external_key=""), name="absence_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} away from {self.starts_on:%-d %B %Y}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day lies before the first."})
