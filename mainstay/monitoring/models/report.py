"""Status reports: how often they are due, and what each says."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.monitoring.models.of_project import OfProject, ProjectRowQuerySet
from mainstay.portfolio.models import Health, Portfolio


class Every(models.TextChoices):
    """How often something is due."""

    FORTNIGHT = "fortnight", "Every two weeks"
    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"


class RhythmQuerySet(RowQuerySet):
    """Rhythms, seen with their portfolio."""

    place = "portfolio__"


@versioned
class Rhythm(Row):
    """How often the projects of a portfolio and of everything below it report, unless one below says otherwise."""

    portfolio = models.OneToOneField(Portfolio, models.CASCADE, related_name="rhythm")
    every = models.CharField(max_length=9, choices=Every.choices, default=Every.MONTH)
    due_after = models.PositiveSmallIntegerField(
        "due so many days after the end of the period", default=5, validators=[MaxValueValidator(60)]
    )
    remind_before = models.PositiveSmallIntegerField(
        "remind so many days before it is due", default=2, validators=[MaxValueValidator(60)]
    )

    objects = RhythmQuerySet.as_manager()

    class Meta:
        verbose_name = "reporting rhythm"

    def __str__(self) -> str:
        return f"{self.get_every_display()}, {self.portfolio}"

    @property
    def scope(self) -> Any:
        return self.portfolio


class ReportState(models.TextChoices):
    """Whether others rely on it."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


@versioned
class StatusReport(OfProject):
    """What a project manager says of a period beside what the figures say; it no longer changes once published."""

    start_date = models.DateField("from")
    end_date = models.DateField("to")
    due_date = models.DateField("due")
    state = models.CharField(max_length=9, choices=ReportState.choices, default=ReportState.DRAFT, editable=False)
    overall = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    schedule = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    cost = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    scope_health = models.CharField("scope", max_length=10, choices=Health.choices, blank=True, default="")
    resources = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    benefits = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    done = models.TextField("what was done", max_length=4_000, blank=True)
    planned = models.TextField("what comes next", max_length=4_000, blank=True)
    needed = models.TextField("decisions and help needed", max_length=4_000, blank=True)
    explanation = models.TextField("why it is declared otherwise than computed", max_length=4_000, blank=True)
    computed = models.JSONField("health by the figures, part by part", default=dict, blank=True)
    figures = models.JSONField("figures on the day of publication", default=dict, blank=True)
    percent = models.PositiveSmallIntegerField(
        "done (%)", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # Health by the figures tells something of them, so it is for those who see them.
    figure_fields = frozenset({"figures", "computed"})
    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-end_date"]
        verbose_name = "status report"
        constraints = [models.UniqueConstraint(fields=["project", "end_date"], name="report_once_a_period")]

    def __str__(self) -> str:
        return f"Report of {self.project} to {self.end_date:%-d %b %Y}"

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": "The end lies before the start."})
