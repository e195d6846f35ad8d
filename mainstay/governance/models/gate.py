"""What a project must show before it enters a stage: gate models, kept edition by edition."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Portfolio


class GateModelQuerySet(RowQuerySet):
    """Gate models, seen with their portfolio."""

    place = "portfolio__"


@versioned
class GateModel(Row):
    """The gates of one type of project in a portfolio and everything below it."""

    key = models.SlugField(max_length=40, unique=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="gate_models")
    name = models.CharField(max_length=120)
    applies_to = models.JSONField("projects it applies to", default=dict, blank=True)
    draft = models.JSONField("gates being prepared", default=dict, blank=True)
    is_active = models.BooleanField("in use", default=True)

    objects = GateModelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "gate model"

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio


class GateEditionQuerySet(RowQuerySet):
    """Editions, seen with the portfolio of their model."""

    place = "model__portfolio__"


@versioned
class GateEdition(Row):
    """The gates of a model as published once; reviews made by it keep it for ever."""

    model = models.ForeignKey(GateModel, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    gates = models.JSONField()
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField("what changed", max_length=300, blank=True)

    objects = GateEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = "edition of a gate model"
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="gate_edition_once"),
            models.UniqueConstraint(fields=["model"], condition=Q(is_current=True), name="one_current_gate_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.model}, edition {self.number}"

    @property
    def scope(self) -> Any:
        return self.model.portfolio
