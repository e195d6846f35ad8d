"""Hours that were worked, on a day, for a project or for other work."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core.models import versioned
from mainstay.monitoring.models.timesheet import OfWeeks, monday_of
from mainstay.portfolio.models import Project
from mainstay.resources.models import Resource

DAY = Decimal(24)
ONE_OF_TWO = "Hours are for a project or for other work, one of the two."


class OtherWork(models.TextChoices):
    """Time that is not for a project."""

    RUN = "run", "Run work"
    MEETINGS = "meetings", "Management and meetings"
    TRAINING = "training", "Training"
    ABSENCE = "absence", "Absence"
    OTHER = "other", "Other work"


def for_one() -> Q:
    """A project or other work, never both and never none."""
    return Q(project__isnull=False, work="") | (Q(project=None) & ~Q(work=""))


@versioned
class HoursEntry(OfWeeks):
    """Hours of a person on a day; a correction takes an entry back and leaves it, the reversal and the new one."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="hours_entries")
    date = models.DateField("day")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="hours_entries")
    work = models.CharField("other work", max_length=8, choices=OtherWork.choices, blank=True)
    hours = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(-DAY), MaxValueValidator(DAY)]
    )
    note = models.CharField(max_length=200, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    external_key = models.CharField("key in the source", max_length=200, blank=True)

    # Whoever sees the hours of a person need not be allowed to know of the project.
    never_told = frozenset({"project_id", "note", "external_key"})

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "hours entry"
        verbose_name_plural = "hours entries"
        indexes = [
            models.Index(fields=["resource", "date"], name="hours_of_person"),
            models.Index(fields=["project", "date"], name="hours_of_project"),
        ]
        constraints = [
            models.CheckConstraint(condition=for_one(), name="hours_for_project_or_other"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24) | Q(hours__lt=0, hours__gte=-24, corrects__isnull=False),
                name="hours_negative_in_reversals",
            ),
            models.UniqueConstraint(
                fields=["resource", "date", "project"],
                condition=Q(corrects=None, external_key="", project__isnull=False),
                name="hours_once_a_day_for_project",
            ),
            models.UniqueConstraint(
                fields=["resource", "date", "work"],
                condition=Q(corrects=None, external_key="", project=None),
                name="hours_once_a_day_for_other",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(hours__lt=0), name="hours_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(hours__gt=0), name="hours_replaced_once"
            ),
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="hours_external_key_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        # Without the project's name: who reads this in a feed may not be allowed to know of it.
        return f"{self.resource}, {self.date:%-d %b %Y}: {self.hours:.2f} h"

    @property
    def week(self) -> Any:
        """The Monday of its week."""
        return monday_of(self.date)

    @property
    def is_reversal(self) -> bool:
        """Whether it takes another entry back."""
        return self.hours < 0

    @property
    def line(self) -> Any:
        """What the hours are for: the project's number, or the word for other work."""
        return self.project_id or self.work

    def clean(self) -> None:
        if bool(self.project_id) == bool(self.work):
            raise ValidationError({"project": ONE_OF_TWO})
        if self.hours is not None and not self.hours:
            raise ValidationError({"hours": "An entry has hours; leave it out otherwise."})
        if self.hours is not None and self.hours < 0 and not self.corrects_id:
            raise ValidationError({"hours": "Only a correction takes hours back."})
