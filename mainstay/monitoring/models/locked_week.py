"""Weeks whose hours stand for good."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Portfolio


class LockedWeekQuerySet(RowQuerySet):
    """Locked weeks, seen with their portfolio."""

    place = "portfolio__"


@versioned
class LockedWeek(Row):
    """A week in which no hours of the people of a portfolio, and of those below it, change any more."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="locked_weeks")
    week = models.DateField("Monday of the week")
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="locked by"
    )
    locked_at = models.DateTimeField()

    objects = LockedWeekQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "portfolio"]
        verbose_name = "locked week"
        constraints = [models.UniqueConstraint(fields=["portfolio", "week"], name="week_locked_once")]

    def __str__(self) -> str:
        return f"Week of {self.week:%-d %B %Y}"

    @property
    def scope(self) -> Any:
        return self.portfolio

    def clean(self) -> None:
        if self.week and self.week.weekday():
            raise ValidationError({"week": "A week is named by its Monday."})
