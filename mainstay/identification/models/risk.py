"""What may go otherwise than the case says: assumptions and risks."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core.models import versioned
from mainstay.identification.models.case import BusinessCase, OfCase

PROBABILITY = {
    "max_digits": 4,
    "decimal_places": 3,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
}
IMPACT = {"max_digits": 18, "decimal_places": 2, "validators": [MinValueValidator(Decimal(0))]}


class Belief(models.TextChoices):
    """What is known about an assumption."""

    OPEN = "open", "Not checked"
    CONFIRMED = "confirmed", "Confirmed"
    REFUTED = "refuted", "Refuted"


@versioned
class Assumption(OfCase):
    """Something the case takes for true, with who answers for it and what speaks for it."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="assumptions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("we assume that", max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.TextField(max_length=2_000, blank=True)
    belief = models.CharField("state", max_length=9, choices=Belief.choices, default=Belief.OPEN)
    check_by = models.DateField("check by", null=True, blank=True)

    figure_fields = frozenset({"text", "evidence"})

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "assumption"


class RiskKind(models.TextChoices):
    """Whether it would hurt or help."""

    THREAT = "threat", "Threat"
    OPPORTUNITY = "opportunity", "Opportunity"


class Response(models.TextChoices):
    """What is done about a risk."""

    NONE = "", "Not decided"
    AVOID = "avoid", "Avoid"
    REDUCE = "reduce", "Reduce"
    TRANSFER = "transfer", "Transfer"
    ACCEPT = "accept", "Accept"
    EXPLOIT = "exploit", "Exploit"
    ENHANCE = "enhance", "Enhance"
    SHARE = "share", "Share"


@versioned
class Risk(OfCase):
    """An uncertain event with its probability and its effect in money, before and after the response."""

    case = models.ForeignKey(BusinessCase, models.CASCADE, related_name="risks")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=11, choices=RiskKind.choices, default=RiskKind.THREAT)
    name = models.CharField(max_length=160)
    cause = models.CharField(max_length=500, blank=True)
    effect = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    probability = models.DecimalField("probability (0 to 1)", **PROBABILITY)
    impact = models.DecimalField("impact (money)", **IMPACT)
    response = models.CharField(max_length=8, choices=Response.choices, blank=True, default="")
    plan = models.CharField("what we do", max_length=500, blank=True)
    residual_probability = models.DecimalField("probability after the response", null=True, blank=True, **PROBABILITY)
    residual_impact = models.DecimalField("impact after the response", null=True, blank=True, **IMPACT)
    is_closed = models.BooleanField("closed", default=False)

    figure_fields = frozenset(
        {"name", "cause", "effect", "probability", "impact", "plan", "residual_probability", "residual_impact"}
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "risk"
        constraints = [
            models.CheckConstraint(condition=Q(probability__gte=0, probability__lte=1), name="risk_probability"),
            models.CheckConstraint(condition=Q(impact__gte=0), name="risk_impact_not_negative"),
        ]

    def clean(self) -> None:
        if (self.residual_probability is None) != (self.residual_impact is None):
            raise ValidationError({"residual_impact": "Give both the probability and the impact after the response."})

    @property
    def exposure(self) -> Decimal:
        """Probability times impact; an opportunity counts against it."""
        sign = -1 if self.kind == RiskKind.OPPORTUNITY else 1
        return sign * self.probability * self.impact

    @property
    def residual_exposure(self) -> Decimal:
        """The exposure that stays after the response; the exposure itself where none is given."""
        if self.residual_probability is None or self.residual_impact is None:
            return self.exposure
        sign = -1 if self.kind == RiskKind.OPPORTUNITY else 1
        return sign * self.residual_probability * self.residual_impact
