"""The people and placeholders that do the work."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, versioned
from mainstay.core.verbs import Verb
from mainstay.resources.models.calendar import Calendar, Site
from mainstay.resources.models.skill import Role
from mainstay.resources.models.team import OfTeamQuerySet, Team

SHARE: dict[str, Any] = {
    "max_digits": 4,
    "decimal_places": 3,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
}


class ResourceKind(models.TextChoices):
    """Who or what stands behind a resource."""

    NAMED = "named", "Person"
    GENERIC = "generic", "Placeholder"
    GROUP = "group", "Group"


class ResourceQuerySet(OfTeamQuerySet):
    """People and placeholders."""

    def working(self, first: Any, last: Any) -> Self:
        """Those who are there on any day of a time."""
        begun = Q(starts_on=None) | Q(starts_on__lte=last)
        return self.filter(begun, Q(leaves_on=None) | Q(leaves_on__gte=first))


@versioned
class Resource(Row):
    """A person who can be booked, a placeholder for one still to be found, or a group booked as a whole."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=7, choices=ResourceKind.choices, default=ResourceKind.NAMED)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="resource",
        verbose_name="log-in",
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="resources")
    role = models.ForeignKey(Role, models.PROTECT, related_name="resources", verbose_name="main role")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="resources")
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name="own calendar",
    )
    headcount = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    working_share = models.DecimalField("working time (share of full time)", default=Decimal(1), **SHARE)
    run_share = models.DecimalField("run work (share of working time)", default=Decimal(0), **SHARE)
    starts_on = models.DateField("first day", null=True, blank=True)
    leaves_on = models.DateField("last day", null=True, blank=True)
    most_projects = models.PositiveSmallIntegerField("most projects at a time", null=True, blank=True)

    told_with = Verb.SEE_RESOURCES

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "resource"
        indexes = [models.Index(fields=["team", "role"], name="resource_team_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(leaves_on__gte=F("starts_on")) | Q(leaves_on=None) | Q(starts_on=None),
                name="resource_leaves_after_start",
            ),
            models.CheckConstraint(
                condition=Q(working_share__gte=0, working_share__lte=1, run_share__gte=0, run_share__lte=1),
                name="resource_shares",
            ),
            models.CheckConstraint(condition=Q(kind="group") | Q(headcount=1), name="resource_headcount_of_groups"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.team.portfolio

    def clean(self) -> None:
        if self.starts_on and self.leaves_on and self.leaves_on < self.starts_on:
            raise ValidationError({"leaves_on": "The last day lies before the first."})
        if self.kind != ResourceKind.GROUP and self.headcount != 1:
            raise ValidationError({"headcount": "Only a group has more than one head."})
        if self.kind != ResourceKind.NAMED and self.person_id:
            raise ValidationError({"person": "Only a person has a log-in."})


class OfResourceQuerySet(OfTeamQuerySet):
    """Rows of a resource, seen with it."""

    place = "resource__team__portfolio__"
    own = "resource__person"


class OfResource(Row):
    """A row that belongs to a resource."""

    told_with = Verb.SEE_RESOURCES

    objects = OfResourceQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.resource.team.portfolio
