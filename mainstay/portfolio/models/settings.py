"""What an administrator sets up: custom fields and fiscal years."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from mainstay.core.models import Row, versioned
from mainstay.portfolio.models.lifecycle import OpenQuerySet


class FieldKind(models.TextChoices):
    """What a custom field holds."""

    TEXT = "text", "Text"
    LONG_TEXT = "long_text", "Long text"
    NUMBER = "number", "Number"
    MONEY = "money", "Money"
    DATE = "date", "Date"
    CHOICE = "choice", "Choice"
    USER = "user", "Person"
    YES_NO = "yes_no", "Yes or no"


@versioned
class CustomField(Row):
    """A field of projects that this organisation added."""

    key = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", "Small letters, digits and _.")],
    )
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    options = models.JSONField(default=list, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    help_text = models.CharField("help", max_length=300, blank=True)
    is_confidential = models.BooleanField("business-case figure", default=False)
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField("in use", default=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["position", "label"]
        verbose_name = "custom field"

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.kind == FieldKind.CHOICE and not self.options:
            raise ValidationError({"options": "A choice needs its options."})
        if not isinstance(self.options, list) or not all(isinstance(option, str) for option in self.options):
            raise ValidationError({"options": "Options are a list of words."})


@versioned
class FiscalYear(Row):
    """A year of the organisation's money, split into quarters and months where needed."""

    name = models.CharField(max_length=20, unique=True)
    start_date = models.DateField("start")
    end_date = models.DateField("end")
    is_closed = models.BooleanField("closed", default=False)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["start_date"]
        verbose_name = "fiscal year"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date <= self.start_date:
            raise ValidationError({"end_date": "The year ends before it starts."})
        overlapping: Any = FiscalYear.objects.filter(start_date__lte=self.end_date, end_date__gte=self.start_date)
        if overlapping.exclude(pk=self.pk).exists():
            raise ValidationError("Fiscal years do not overlap.")

    def quarters(self) -> list[tuple[str, date, date]]:
        """Name, first and last day of each quarter."""
        from mainstay.engine.basics import quarters_of

        return quarters_of(self.name, self.start_date, self.end_date)
