"""The week of a person as it was handed in, approved or returned."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from mainstay.core.models import versioned
from mainstay.core.verbs import Verb
from mainstay.resources.models import Resource
from mainstay.resources.models.resource import OfResource, OfResourceQuerySet

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The first day of the week a day lies in."""
    return day - timedelta(days=day.weekday())


class OfWeeksQuerySet(OfResourceQuerySet):
    """What people worked: their own, and that of people whose hours somebody may see."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_HOURS) -> Self:
        """What is the person's own, and what those may see who approve or correct hours there."""
        return super().visible_to(user, verb)


class OfWeeks(OfResource):
    """A row about the working time of a person."""

    told_with = Verb.SEE_HOURS

    objects = OfWeeksQuerySet.as_manager()

    class Meta:
        abstract = True


class TimesheetState(models.TextChoices):
    """How far the week of a person is."""

    OPEN = "open", "Open"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"


@versioned
class Timesheet(OfWeeks):
    """The week of a person: open while hours are entered, then submitted, approved, and locked with the week."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="timesheets")
    week = models.DateField("Monday of the week")
    state = models.CharField(max_length=9, choices=TimesheetState.choices, default=TimesheetState.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="decided by"
    )
    decided_at = models.DateTimeField("approved or returned at", null=True, blank=True)
    returned_reason = models.CharField("why it was returned", max_length=300, blank=True)
    is_locked = models.BooleanField("locked", default=False)

    class Meta:
        ordering = ["-week", "resource"]
        verbose_name = "timesheet"
        indexes = [models.Index(fields=["week", "state"], name="timesheet_week_state")]
        constraints = [models.UniqueConstraint(fields=["resource", "week"], name="timesheet_once_a_week")]

    def __str__(self) -> str:
        return f"{self.resource}, week of {self.week:%-d %B %Y}"

    def clean(self) -> None:
        if self.week and self.week.weekday():
            raise ValidationError({"week": "A week is named by its Monday."})
