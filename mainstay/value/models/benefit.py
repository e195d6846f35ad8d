"""Benefits: what work was to bring, who answers for it, and what has come by when."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.engine.benefits.profile import Profile as Course
from mainstay.portfolio.models import Project

AMOUNT: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}
SHARE: dict[str, Any] = {"validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]}


class BenefitKind(models.TextChoices):
    """What kind of benefit it is; only the first four are money."""

    REVENUE = "revenue", "Revenue"
    CASHABLE = "cashable", "Cashable saving"
    NON_CASHABLE = "non_cashable", "Non-cashable saving"
    AVOIDED = "avoided", "Avoided cost"
    CUSTOMER = "customer", "Customer satisfaction"
    INNOVATION = "innovation", "Innovation"
    TIME = "time", "Time to market"
    RISK = "risk", "Lower risk"
    COMPLIANCE = "compliance", "Compliance"
    OTHER = "other", "Other measure"


MONEY_BENEFITS = (BenefitKind.REVENUE, BenefitKind.CASHABLE, BenefitKind.NON_CASHABLE, BenefitKind.AVOIDED)


class Profile(models.TextChoices):
    """How a benefit is to come over its months."""

    RAMP = Course.RAMP.value, "Rising"
    STEADY = Course.STEADY.value, "Steady"
    DECAY = Course.DECAY.value, "Falling"


class Confidence(models.TextChoices):
    """How sure a reading is."""

    LOW = "low", "Low: estimated"
    MEDIUM = "medium", "Medium: partly measured"
    HIGH = "high", "High: measured"


class BenefitQuerySet(RowQuerySet):
    """Benefits of projects, seen by those who may see the figures."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        return super().visible_to(user, verb)


@versioned
class Benefit(Row):
    """What a project is to bring: how much by when, measured how, and who answers for it.

    The target is the whole sum of all its months, in the project's currency or in its own unit; of a disbenefit it is
    what is lost. It comes by its profile from the first month on, after the months of waiting.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="benefits")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=BenefitKind.choices, default=BenefitKind.CASHABLE)
    is_disbenefit = models.BooleanField("a disadvantage", default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="benefit owner",
    )
    measure = models.CharField("measured by", max_length=160, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    baseline = models.DecimalField("value before", **AMOUNT, null=True, blank=True)
    baseline_date = models.DateField("value before, on", null=True, blank=True)
    target = models.DecimalField(**AMOUNT, validators=[MinValueValidator(Decimal(0))])
    profile = models.CharField("comes", max_length=6, choices=Profile.choices, default=Profile.STEADY)
    first_month = models.DateField()
    waiting = models.PositiveSmallIntegerField("months of waiting", default=0, validators=[MaxValueValidator(120)])
    months = models.PositiveSmallIntegerField(
        "months it comes in", default=12, validators=[MinValueValidator(1), MaxValueValidator(360)]
    )
    attribution = models.DecimalField("share due to the project", max_digits=5, decimal_places=4, default=1, **SHARE)
    tracked_until = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=2_000, blank=True)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    figure_fields = frozenset({"target", "baseline"})
    told_with = Verb.SEE_FIGURES
    objects = BenefitQuerySet.as_manager()

    class Meta:
        ordering = ["project", "name", "pk"]
        verbose_name = "benefit"
        constraints = [
            models.CheckConstraint(condition=Q(target__gte=0), name="benefit_target_not_negative"),
            models.CheckConstraint(
                condition=Q(attribution__gte=0) & Q(attribution__lte=1), name="benefit_share_of_the_whole"
            ),
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="benefit_external_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def is_money(self) -> bool:
        """Whether it is stated in the currency of the project."""
        return self.kind in MONEY_BENEFITS

    def clean(self) -> None:
        """The first month is kept as its first day; what is no money says in what it is measured."""
        if self.first_month is not None:
            self.first_month = self.first_month.replace(day=1)
        if not self.is_money and not (self.measure.strip() and self.unit.strip()):
            raise ValidationError({"measure": "What is not money says by what and in which unit it is measured."})


class OfBenefitQuerySet(BenefitQuerySet):
    """Rows that belong to a benefit."""

    place = "benefit__project__"


class OfBenefit(Row):
    """A row that belongs to a benefit and is seen with it."""

    told_with = Verb.SEE_FIGURES
    objects = OfBenefitQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.benefit.project


@versioned
class BenefitNeed(OfBenefit):
    """A benefit that comes only where another one has come."""

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="needs")
    needed = models.ForeignKey(Benefit, models.CASCADE, related_name="needed_by", verbose_name="needed benefit")

    class Meta:
        ordering = ["benefit", "needed"]
        verbose_name = "need of a benefit"
        constraints = [
            models.UniqueConstraint(fields=["benefit", "needed"], name="benefit_need_once"),
            models.CheckConstraint(condition=~Q(benefit=F("needed")), name="benefit_needs_another"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} needs another benefit"


@versioned
class BenefitReading(OfBenefit):
    """What came of a benefit in a month, by which evidence; finance may verify it."""

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="readings")
    month = models.DateField()
    amount = models.DecimalField("what came", **AMOUNT)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM)
    evidence = models.CharField(max_length=500, blank=True)
    link = models.URLField("link to the evidence", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)

    figure_fields = frozenset({"amount"})

    class Meta:
        ordering = ["benefit", "-month"]
        verbose_name = "benefit reading"
        constraints = [models.UniqueConstraint(fields=["benefit", "month"], name="benefit_read_once_a_month")]

    def __str__(self) -> str:
        return f"{self.benefit}, {self.month:%B %Y}"

    def clean(self) -> None:
        if self.month is not None:
            self.month = self.month.replace(day=1)
