"""Money committed to projects: commitments from envelopes, released in tranches, returned, carried over."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project, Stage
from mainstay.value.models import Envelope

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}
SOME = MinValueValidator(Decimal("0.01"))


class CommitmentQuerySet(RowQuerySet):
    """Commitments: figures of their project."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of projects whose figures the person may see."""
        return super().visible_to(user, verb)


@versioned
class Commitment(Row):
    """Money of an envelope promised to a project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="commitments")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="commitments")
    decision = models.ForeignKey(
        "authorisation.Decision", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    amount = models.DecimalField(**MONEY, validators=[SOME])
    returned = models.DecimalField(**MONEY, default=Decimal(0))
    note = models.CharField(max_length=300, blank=True)

    figure_fields = frozenset({"amount", "returned"})
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["project", "envelope", "pk"]
        verbose_name = "commitment"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_of_some_money"),
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("amount")), name="returned_at_most_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envelope} for {self.project}"

    @property
    def scope(self) -> Any:
        return self.project

    @property
    def held(self) -> Decimal:
        """What the project still holds of it."""
        return self.amount - self.returned


class TrancheState(models.TextChoices):
    """Whether the money of a tranche may be spent."""

    HELD = "held", "Held"
    RELEASED = "released", "Released"
    RETURNED = "returned", "Returned"


class TrancheQuerySet(CommitmentQuerySet):
    """Tranches, seen with their project."""

    place = "commitment__project__"


@versioned
class Tranche(Row):
    """A part of a commitment, released when its gate is passed."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(**MONEY, validators=[SOME])
    gate = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="after entering"
    )
    due_date = models.DateField("expected", null=True, blank=True)
    state = models.CharField(max_length=8, choices=TrancheState.choices, default=TrancheState.HELD, editable=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    figure_fields = frozenset({"amount"})
    objects = TrancheQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "number"]
        verbose_name = "tranche"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="tranche_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_of_some_money"),
        ]

    def __str__(self) -> str:
        return f"Tranche {self.number} of {self.commitment}"

    @property
    def scope(self) -> Any:
        return self.commitment.project

    @property
    def whole(self) -> Row:
        return self.commitment


class CarryOverQuerySet(RowQuerySet):
    """Carry-overs, seen with the fund."""

    place = "origin__fund__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of funds whose figures the person may see."""
        return super().visible_to(user, verb)


@versioned
class CarryOver(Row):
    """Money of an envelope taken into another year of the same fund."""

    origin = models.ForeignKey(Envelope, models.PROTECT, related_name="carried_out")
    target = models.ForeignKey(Envelope, models.PROTECT, related_name="carried_in")
    amount = models.DecimalField(**MONEY, validators=[SOME])
    reason = models.CharField(max_length=300)
    carried_at = models.DateTimeField()

    figure_fields = frozenset({"amount"})
    objects = CarryOverQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "carry-over"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="carry_over_of_some_money"),
            models.CheckConstraint(condition=~Q(origin=F("target")), name="carried_to_another_year"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} to {self.target}"

    @property
    def scope(self) -> Any:
        return self.origin.fund.portfolio
