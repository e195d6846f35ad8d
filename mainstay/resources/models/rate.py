"""What an hour costs: rates of people and roles, and what more of them would cost; all confidential."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.resources.models.resource import Resource
from mainstay.resources.models.skill import Role, Skill


class CostRateQuerySet(RowQuerySet):
    """Cost rates, which few may see; nobody sees one only because it is their own."""

    place = "resource__team__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RATES) -> Self:
        """Those the person may see: of people by their team, of roles by a grant for the whole instance."""
        of_people = access.condition(user, verb, self.place)
        if of_people is access.NOTHING:
            return self.none()
        if of_people is None:
            return self
        everywhere = access.condition(user, verb, None) is None
        return self.filter(of_people | Q(resource=None)) if everywhere else self.filter(of_people)


@versioned
class CostRate(Row):
    """What an hour of a person or of a role costs from a day on; confidential."""

    resource = models.ForeignKey(Resource, models.CASCADE, null=True, blank=True, related_name="rates")
    role = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="rates")
    valid_from = models.DateField("from")
    hourly = models.DecimalField(
        "cost per hour", max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.CharField(max_length=3, default="GBP")

    # Kept in the versions, for whoever may see rates; never told in events, which more people read.
    never_told = frozenset({"hourly"})
    told_with = Verb.SEE_RATES

    objects = CostRateQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "cost rate"
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, role=None) | Q(resource=None, role__isnull=False),
                name="cost_rate_of_one",
            ),
            models.UniqueConstraint(fields=["resource", "valid_from"], name="cost_rate_of_person_once"),
            models.UniqueConstraint(fields=["role", "valid_from"], name="cost_rate_of_role_once"),
        ]

    def __str__(self) -> str:
        return f"Cost rate of {self.resource or self.role} from {self.valid_from:%-d %B %Y}"

    @property
    def scope(self) -> Any:
        return self.resource.team.portfolio if self.resource is not None else None


class SourcingQuerySet(RowQuerySet):
    """Ways to get more people, which name nobody but do name prices."""

    place = None

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RATES) -> Self:
        """All of them for whoever may see rates anywhere."""
        return self if access.may_somewhere(user, verb) else self.none()


class SourcingKind(models.TextChoices):
    """A way to get more of what is short."""

    HIRE = "hire", "Hire"
    CONTRACT = "contract", "Contract"
    TRAIN = "train", "Train"
    BORROW = "borrow", "Borrow from another site"


@versioned
class SourcingOption(Row):
    """A way to get more hours of a role or a skill: how long it takes and what an hour costs."""

    role = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="sourcing")
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, blank=True, related_name="sourcing")
    kind = models.CharField(max_length=8, choices=SourcingKind.choices, default=SourcingKind.HIRE)
    lead_weeks = models.PositiveSmallIntegerField("weeks until the first hour")
    hourly = models.DecimalField(
        "cost per hour", max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    once = models.DecimalField(
        "cost once", max_digits=12, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(Decimal(0))]
    )
    currency = models.CharField(max_length=3, default="GBP")
    note = models.CharField(max_length=200, blank=True)

    never_told = frozenset({"hourly", "once"})
    told_with = Verb.SEE_RATES

    objects = SourcingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "lead_weeks"]
        verbose_name = "sourcing option"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=False, skill=None) | Q(role=None, skill__isnull=False),
                name="sourcing_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.role or self.skill}"
