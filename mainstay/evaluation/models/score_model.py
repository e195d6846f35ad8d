"""The score model: what a good project is, in weighted criteria with fixed anchors."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Portfolio

ANCHOR: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}


class ScoreModelQuerySet(RowQuerySet):
    """Score models, seen with their portfolio."""

    place = "portfolio__"


@versioned
class ScoreModel(Row):
    """How the projects of a portfolio are judged: criteria, each with a weight and two anchors."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="score_models")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)

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


class CriterionQuerySet(RowQuerySet):
    """Criteria, seen with the portfolio of their model."""

    place = "model__portfolio__"


@versioned
class Criterion(Row):
    """One thing projects are judged by: a field, the value that earns nothing and the one that earns all."""

    model = models.ForeignKey(ScoreModel, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=80)
    source = models.CharField("field", max_length=60)
    worst = models.DecimalField("worst value", **ANCHOR)
    best = models.DecimalField("best value", **ANCHOR)
    worst_words = models.CharField("worst in words", max_length=120, blank=True)
    best_words = models.CharField("best in words", max_length=120, blank=True)
    weight = models.DecimalField(
        "weight (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(100)],
    )

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

    @property
    def scope(self) -> Any:
        return self.model.portfolio

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller value earns more points."""
        return self.best < self.worst
