"""The decision: what was chosen from a selection, by whom, on what knowledge. It is never changed."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from mainstay.authorisation.models.scenario import Scenario
from mainstay.authorisation.models.selection import MONEY, FiguresQuerySet, Selection
from mainstay.authorisation.models.solution import Solution
from mainstay.core.models import Row, versioned
from mainstay.portfolio.models import Portfolio, Project


class DecisionKind(models.TextChoices):
    """What was decided on."""

    PLAN = "plan", "A plan"
    GATE = "gate", "A gate"
    FUNDING = "funding", "Money"
    OTHER = "other", "Another question"


@versioned
class Decision(Row):
    """A plan adopted, a gate passed or not, money released: what was decided, and why."""

    kind = models.CharField(max_length=8, choices=DecisionKind.choices, default=DecisionKind.PLAN)
    selection = models.OneToOneField(Selection, models.PROTECT, null=True, blank=True, related_name="decision")
    scenario = models.ForeignKey(Scenario, models.PROTECT, null=True, blank=True, related_name="decisions")
    undone_at = models.DateTimeField("taken back", null=True, blank=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="decisions")
    solution = models.ForeignKey(Solution, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    statement = models.TextField()
    note = models.TextField("note for the record", blank=True)
    budget = models.DecimalField(**MONEY, default=Decimal(0))
    currency = models.CharField(max_length=3)
    cost = models.DecimalField(**MONEY, default=Decimal(0))
    value = models.FloatField(default=0.0)
    known_at = models.DateTimeField("data as known at")
    problem_sha256 = models.CharField("fingerprint of the problem", max_length=64, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("decided")

    figure_fields = frozenset({"statement", "note", "budget", "cost", "value"})

    objects = FiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "decision"

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> Any:
        return self.portfolio


class Outcome(models.TextChoices):
    """What a decision did to a candidate."""

    AUTHORISED = "authorised", "Authorised"
    KEPT = "kept", "Stays committed"
    WAITING = "waiting", "Stays a candidate"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Authorisation withdrawn"


class DecisionLineQuerySet(FiguresQuerySet):
    """Lines of decisions, seen with the decision's portfolio."""

    place = "decision__portfolio__"


class DecisionLine(models.Model):
    """One candidate of a decision: its figures then, what was decided, and why."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="lines")
    project = models.ForeignKey(Project, models.PROTECT, related_name="decision_lines")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    cost = models.DecimalField(**MONEY)
    value = models.FloatField()
    reason = models.TextField(blank=True)

    objects = DecisionLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "project"], name="decided_once_each")]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_outcome_display()}"
