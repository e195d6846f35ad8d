"""Rules that watch a measure over many projects, and the alerts they raise."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.monitoring.models.of_project import FigureQuerySet, OfProject
from mainstay.portfolio.models import Portfolio


class AlertKind(models.TextChoices):
    """What raises an alert."""

    THRESHOLD = "threshold", "The measure passes a limit"
    TREND = "trend", "The measure changes by so much within so many days"
    SILENCE = "silence", "No news for so many days"


class Side(models.TextChoices):
    """On which side of its limit a measure is in order."""

    ABOVE = "above", "Alert above the limit"
    BELOW = "below", "Alert below the limit"


class Severity(models.TextChoices):
    """How much it matters."""

    NOTICE = "notice", "To be noted"
    WARNING = "warning", "Warning"
    SERIOUS = "serious", "Serious"


class AlertRuleQuerySet(RowQuerySet):
    """Rules, seen with their portfolio."""

    place = "portfolio__"


@versioned
class AlertRule(Row):
    """A limit on a measure for every running project of a portfolio and of everything below it."""

    portfolio = models.ForeignKey(Portfolio, models.CASCADE, related_name="alert_rules")
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=60)
    kind = models.CharField(max_length=9, choices=AlertKind.choices, default=AlertKind.THRESHOLD)
    side = models.CharField(max_length=5, choices=Side.choices, default=Side.ABOVE)
    raise_at = models.FloatField("alert at", null=True, blank=True)
    clear_at = models.FloatField("in order again at", null=True, blank=True)
    days = models.PositiveSmallIntegerField("days", null=True, blank=True)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.WARNING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who follows up; empty: the manager of the project.",
    )
    is_active = models.BooleanField("in use", default=True)

    objects = AlertRuleQuerySet.as_manager()

    class Meta:
        ordering = ["portfolio", "name"]
        verbose_name = "alert rule"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="alert_rule_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    def clean(self) -> None:
        if self.kind != AlertKind.SILENCE and self.raise_at is None:
            raise ValidationError({"raise_at": "Say at which value it alerts."})
        if self.kind != AlertKind.THRESHOLD and not self.days:
            raise ValidationError({"days": "Say within how many days."})
        if self.clear_at is not None and self.raise_at is not None:
            beyond = self.clear_at > self.raise_at if self.side == Side.ABOVE else self.clear_at < self.raise_at
            if beyond:
                raise ValidationError({"clear_at": "It is in order again on the good side of the limit."})


class AlertState(models.TextChoices):
    """Where an alert stands."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Somebody follows up"
    CLEARED = "cleared", "In order again"


@versioned
class Alert(OfProject):
    """A project that passed the limit of a rule; open until the measure is in order again."""

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="alerts")
    state = models.CharField(max_length=7, choices=AlertState.choices, default=AlertState.OPEN, editable=False)
    value = models.FloatField("value when raised", null=True, blank=True)
    latest = models.FloatField("value now", null=True, blank=True)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField("what is done", max_length=500, blank=True)
    follow_up = models.DateField("look again on", null=True, blank=True)

    # That a limit was passed tells something of the figures, so alerts are for those who see them.
    told_with = Verb.SEE_FIGURES
    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "pk"]
        verbose_name = "alert"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "project"], condition=~Q(state="cleared"), name="one_open_alert_a_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.project}"
