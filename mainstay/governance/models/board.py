"""Who decides: boards, the seats on them, and how much they may decide."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.roles import Role
from mainstay.portfolio.models import Portfolio

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class BoardQuerySet(RowQuerySet):
    """Boards, seen with the portfolio they decide on."""

    place = "portfolio__"


@versioned
class Board(Row):
    """People who decide together on a portfolio and everything below it."""

    key = models.SlugField(max_length=40, unique=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="boards")
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500, blank=True)
    quorum = models.PositiveSmallIntegerField(
        "members needed to decide", default=3, validators=[MinValueValidator(1)]
    )
    is_active = models.BooleanField("in use", default=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "board"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="board_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio


class Chair(models.TextChoices):
    """What somebody does on a board."""

    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    SECRETARY = "secretary", "Secretary, without a vote"
    ADVISER = "adviser", "Adviser, without a vote"


class SeatQuerySet(RowQuerySet):
    """Seats, seen with their board."""

    place = "board__portfolio__"

    def on(self, day: date) -> "SeatQuerySet":
        """Those taken on a day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def voting(self) -> "SeatQuerySet":
        """Those with a vote."""
        return self.filter(part__in=[Chair.CHAIR, Chair.MEMBER])


@versioned
class Seat(Row):
    """A person on a board for a time."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    part = models.CharField(max_length=10, choices=Chair.choices, default=Chair.MEMBER)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["part", "person__name"]
        verbose_name = "seat"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person"], condition=Q(ends_on=None), name="one_open_seat_for_each"
            ),
            models.UniqueConstraint(
                fields=["board", "external_key"], condition=~Q(external_key=""), name="seat_external_key_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="seat_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display().lower()}"

    @property
    def scope(self) -> Any:
        return self.board.portfolio

    @property
    def has_vote(self) -> bool:
        """Whether whoever sits here votes."""
        return self.part in {Chair.CHAIR, Chair.MEMBER}


class DelegationQuerySet(RowQuerySet):
    """Delegations, seen with their portfolio."""

    place = "portfolio__"


@versioned
class Delegation(Row):
    """Up to which amount a board, or whoever holds a role, may decide on a kind of project."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="delegations")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="delegations")
    role = models.CharField(max_length=30, blank=True, choices=[(role.value, role.label) for role in Role])
    theme = models.CharField("projects of the theme", max_length=100, blank=True)
    up_to = models.DecimalField("up to", **MONEY, validators=[MinValueValidator(0)], null=True, blank=True)
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["portfolio", F("up_to").asc(nulls_last=True), "pk"]
        verbose_name = "delegation"
        constraints = [
            models.CheckConstraint(condition=Q(board=None) ^ Q(role=""), name="delegation_to_a_board_or_a_role"),
            models.UniqueConstraint(
                fields=["portfolio", "external_key"],
                condition=~Q(external_key=""),
                name="delegation_external_key_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board or Role(self.role).label}: {self.limit_words}"

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def limit_words(self) -> str:
        """How far it goes, in words."""
        return "any amount" if self.up_to is None else f"up to {self.up_to:,.0f} {self.currency}"

    def clean(self) -> None:
        if bool(self.board_id) == bool(self.role):
            raise ValidationError({"board": "Name a board or a role, one of them."})
