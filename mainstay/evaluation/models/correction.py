"""Corrections: how far estimates of a class of work usually are off, offered to new ones and taken up one by one."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.engine.calibration import LEAST
from mainstay.identification.models.case import BusinessCase, OfCase
from mainstay.portfolio.models import Portfolio

FACTOR: dict[str, Any] = {"max_digits": 8, "decimal_places": 4}
SMALLEST, LARGEST = Decimal("0.1"), Decimal(10)
WITHIN = [MinValueValidator(SMALLEST), MaxValueValidator(LARGEST)]


class Estimate(models.TextChoices):
    """What was estimated."""

    COST = "cost", "Cost"
    DURATION = "duration", "Duration"
    BENEFIT = "benefit", "Benefit"


class CorrectionQuerySet(RowQuerySet):
    """Corrections are figures; authors of cases learn of those for their class through the case."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        return super().visible_to(user, verb)

    def in_force(self, day: Any) -> Self:
        """Those that hold on a day."""
        begun = self.filter(Q(from_date=None) | Q(from_date__lte=day), is_withdrawn=False)
        return begun.filter(Q(until_date=None) | Q(until_date__gte=day))


@versioned
class Correction(Row):
    """What estimates of a class of work are to be multiplied by, as finished projects of the class say."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="corrections")
    what = models.CharField("corrects", max_length=10, choices=Estimate.choices)
    class_by = models.CharField("sorted by", max_length=60)
    class_value = models.CharField("class", max_length=120)
    factor = models.DecimalField(**FACTOR, validators=WITHIN)
    p80_factor = models.DecimalField("factor of P80", **FACTOR, validators=WITHIN, null=True, blank=True)
    cases = models.PositiveSmallIntegerField("finished projects")
    source = models.CharField("rests on", max_length=300, blank=True)
    from_date = models.DateField("from", null=True, blank=True)
    until_date = models.DateField("until", null=True, blank=True)
    is_withdrawn = models.BooleanField("withdrawn", default=False)

    figure_fields = frozenset({"factor", "p80_factor", "source"})
    told_with = Verb.SEE_FIGURES
    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "correction"
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "what", "class_by", "class_value"],
                condition=Q(is_withdrawn=False),
                name="correction_once",
                violation_error_message="There is a correction for this class already; withdraw it first.",
            ),
            models.CheckConstraint(
                condition=Q(cases__gte=LEAST),
                name="correction_of_enough_cases",
                violation_error_message=f"Fewer than {LEAST} finished projects are too few to correct by.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")) | Q(until_date=None) | Q(from_date=None),
                name="correction_ends_after_start",
                violation_error_message="The last day lies before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.class_value}"

    def clean(self) -> None:
        if self.cases is not None and self.cases < LEAST:
            raise ValidationError({"cases": f"Fewer than {LEAST} finished projects are too few to correct by."})

    @property
    def scope(self) -> Any:
        return self.portfolio


@versioned
class AppliedCorrection(OfCase):
    """Whether an offered correction is switched on in a business case."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="corrections")
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="applied")
    is_on = models.BooleanField("switched on", default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "correction in a case"
        constraints = [models.UniqueConstraint(fields=["case", "correction"], name="correction_applied_once")]
