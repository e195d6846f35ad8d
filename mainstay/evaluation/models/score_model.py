"""The score model: what a good project is, in weighted criteria with fixed anchors."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.errors import FieldChange
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio

ANCHOR: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}
LEAST_WEIGHT = Decimal("0.01")


class CriterionKind(models.TextChoices):
    """What a criterion speaks of; mixing cost or risk into value is worth a warning."""

    VALUE = "value", "Value"
    FIT = "fit", "Fit"
    COST = "cost", "Cost"
    RISK = "risk", "Risk"
    EFFORT = "effort", "Effort"
    OTHER = "other", "Other"


class Way(models.TextChoices):
    """How a criterion comes to its points."""

    MEASURED = "measured", "Measured by a figure"
    JUDGED = "judged", "Judged by people"


class ScoreModelQuerySet(RowQuerySet):
    """Score models, seen with their portfolio."""

    place = "portfolio__"


@versioned
class ScoreModel(Row):
    """How the projects of a portfolio are judged: criteria, each with a weight and two anchors."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="score_models")
    cycle = models.ForeignKey(Cycle, models.SET_NULL, null=True, blank=True, related_name="score_models")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)
    published_edition = models.PositiveIntegerField("last published edition", default=0, editable=False)
    edition_note = models.CharField("what changed in this edition", max_length=500, blank=True)

    objects = ScoreModelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "score model"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="score_model_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def is_published(self) -> bool:
        """Whether the criteria stand as they were published last."""
        return self.published_edition == self.edition

    @property
    def is_changed_since_published(self) -> bool:
        """Whether a published model has changes that are not published yet; meanwhile nothing is scored by it."""
        return 0 < self.published_edition < self.edition

    @property
    def state_words(self) -> str:
        """Draft or published, in words."""
        if self.is_published:
            return "Published"
        return "Changed, not yet published" if self.published_edition else "Draft"

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed in it since a version, its criteria included."""
        from mainstay.evaluation.model_changes import model_changes

        return model_changes(self, version, reader)


class CriterionQuerySet(RowQuerySet):
    """Criteria, seen with the portfolio of their model."""

    place = "model__portfolio__"


@versioned
class Criterion(Row):
    """One thing projects are judged by: a figure between two anchors, or levels in words that people choose from."""

    model = models.ForeignKey(ScoreModel, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=CriterionKind.choices, default=CriterionKind.VALUE)
    way = models.CharField("how", max_length=10, choices=Way.choices, default=Way.MEASURED)
    source = models.CharField("field", max_length=60, blank=True)
    question = models.CharField("what is asked", max_length=300, blank=True)
    levels = models.JSONField(default=list, blank=True)
    worst = models.DecimalField("worst value", **ANCHOR)
    best = models.DecimalField("best value", **ANCHOR)
    worst_words = models.CharField("worst in words", max_length=120, blank=True)
    best_words = models.CharField("best in words", max_length=120, blank=True)
    weight = models.DecimalField(
        "weight (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    is_gate = models.BooleanField("is a gate", default=False)
    threshold = models.DecimalField("must reach", null=True, blank=True, **ANCHOR)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "criterion"
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["model", "label"], name="criterion_label_once")]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.worst is not None and self.worst == self.best:
            raise ValidationError({"best": "The best value differs from the worst one."})
        if self.is_gate and self.threshold is None:
            raise ValidationError({"threshold": "A gate says what a project must reach."})
        if not self.is_gate and self.weight is not None and self.weight < LEAST_WEIGHT:
            raise ValidationError({"weight": f"A weight is at least {LEAST_WEIGHT}; only a gate may weigh nothing."})

    @property
    def scope(self) -> Any:
        return self.model.portfolio

    @property
    def is_judged(self) -> bool:
        """Whether people judge it by levels in words."""
        return self.way == Way.JUDGED

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller value earns more points."""
        return self.best < self.worst
