"""Where and when people work: sites and calendars."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core.errors import FieldChange
from mainstay.core.models import Row, versioned
from mainstay.resources.models.skill import Named, OpenQuerySet

HOURS: dict[str, Any] = {
    "max_digits": 4,
    "decimal_places": 2,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(24))],
}


def _working_week() -> list[float]:
    return [8, 8, 8, 8, 8, 0, 0]


@versioned
class Calendar(Named):
    """The hours of a normal week, Monday to Sunday, and the public holidays of a country or a part of it."""

    week = models.JSONField("hours from Monday to Sunday", default=_working_week)
    country = models.CharField("public holidays of", max_length=2, blank=True, default="")
    region = models.CharField(max_length=10, blank=True, default="")

    class Meta(Named.Meta):
        verbose_name = "calendar"

    def clean(self) -> None:
        hours = self.week
        numbers = isinstance(hours, list) and all(isinstance(one, (int, float)) for one in hours)
        if not numbers or len(hours) != 7 or not all(0 <= one <= 24 for one in hours):
            raise ValidationError({"week": "A week has seven days of 0 to 24 hours each."})
        if self.region and not self.country:
            raise ValidationError({"country": "Choose the country of the region."})

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed in it since a version, the days that differ included."""
        from mainstay.resources.special_days import calendar_changes

        return calendar_changes(self, version, reader)


@versioned
class CalendarDay(Row):
    """A day on which a calendar differs: a company holiday, a bridge day, a working Saturday."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    date = models.DateField()
    hours = models.DecimalField("working hours", default=Decimal(0), **HOURS)
    name = models.CharField(max_length=80, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        verbose_name = "calendar day"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once"),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=24), name="calendar_day_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}, {self.date:%-d %B %Y}"

    @property
    def whole(self) -> Calendar:
        return self.calendar


@versioned
class Site(Named):
    """A place where people work, with the calendar that holds there."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="sites")

    class Meta(Named.Meta):
        verbose_name = "site"
