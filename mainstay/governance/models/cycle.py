"""The planning cycle: one round of choosing, from the call for proposals to the decision."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Portfolio


class CycleState(models.TextChoices):
    """How far a planning cycle has come."""

    PREPARED = "prepared", "Prepared"
    OPEN = "open", "Open for proposals"
    SCORING = "scoring", "Scoring"
    SELECTION = "selection", "Selection"
    DECISION = "decision", "Decision"
    CLOSED = "closed", "Closed"


class CycleQuerySet(RowQuerySet):
    """Planning cycles, seen with their portfolio."""

    place = "portfolio__"


@versioned
class Cycle(Row):
    """One round of choosing for a portfolio: what period it plans, until when proposals come in, when it decides."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="cycles")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=CycleState.choices, default=CycleState.PREPARED, editable=False)
    start_date = models.DateField("plans from")
    end_date = models.DateField("plans to")
    intake_until = models.DateField("proposals until", null=True, blank=True)
    decision_date = models.DateField("decision expected", null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "name"]
        verbose_name = "planning cycle"
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "name"], name="cycle_name_once"),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="cycle_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": "The cycle ends before it starts."})
        if self.intake_until and self.decision_date and self.decision_date < self.intake_until:
            raise ValidationError({"decision_date": "The decision comes after the last day for proposals."})

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def state_words(self) -> str:
        """The state in words, also of a cycle as it was known on a date."""
        return CycleState(self.state).label

    @property
    def state_after(self) -> CycleState | None:
        """The state that comes next; None where it is closed."""
        return _neighbour(self.state, 1)

    @property
    def state_before(self) -> CycleState | None:
        """The state it came from; None where it is only prepared."""
        return _neighbour(self.state, -1)


def _neighbour(state: str, step: int) -> CycleState | None:
    states = list(CycleState)
    place = states.index(CycleState(state)) + step
    return states[place] if 0 <= place < len(states) else None
