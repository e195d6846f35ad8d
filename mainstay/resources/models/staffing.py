"""How a project gets its people: it asks, the resource manager offers, both may counter until one accepts."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.models.booking import Booking
from mainstay.resources.models.calendar import Site
from mainstay.resources.models.resource import Resource
from mainstay.resources.models.skill import Role, Skill
from mainstay.resources.models.team import Team


class StaffingState(models.TextChoices):
    """Where a staffing request stands."""

    OPEN = "open", "Open"
    OFFERED = "offered", "Offered"
    COUNTERED = "countered", "Countered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class StaffingQuerySet(RowQuerySet):
    """Staffing requests: seen with the project, and by those who manage the team asked."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of projects one may see, and those put to teams whose people one may see."""
        if not verb.reads:
            return super().visible_to(user, verb)
        of_projects = access.condition(user, verb, self.place)
        of_teams = access.condition(user, Verb.SEE_RESOURCES, "team__portfolio__")
        if of_projects is None:
            return self
        if of_teams is None:
            of_teams = Q(team__isnull=False)
        seen = [one for one in (of_projects, of_teams) if isinstance(one, Q)]
        return self.filter(seen[0] | seen[-1]) if seen else self.none()


@versioned
class StaffingRequest(Row):
    """What a project asks for: hours of a role or skill, at a least level, in a time."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="staffing_requests")
    team = models.ForeignKey(Team, models.PROTECT, related_name="staffing_requests", verbose_name="team asked")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    least_level = models.PositiveSmallIntegerField(
        "least level", default=0, validators=[MinValueValidator(0), MaxValueValidator(5)]
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="best at")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    hours = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=StaffingState.choices, default=StaffingState.OPEN, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(editable=False)
    # The placeholder's booking that the accepted person takes over.
    replaces = models.ForeignKey(Booking, models.SET_NULL, null=True, blank=True, related_name="+")

    # Its events name the people offered, so they are for those who see people.
    told_with = Verb.SEE_RESOURCES
    objects = StaffingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "staffing request"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="staffing_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="staffing_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.starts_on:%-d %b %Y} to {self.ends_on:%-d %b %Y}"

    @property
    def scope(self) -> Any:
        return self.project

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day lies before the first."})


class Side(models.TextChoices):
    """Who makes an offer."""

    TEAM = "team", "Resource manager"
    PROJECT = "project", "Project"


class OfferState(models.TextChoices):
    """What became of an offer."""

    STANDING = "standing", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    REPLACED = "replaced", "Answered by another offer"


class OfferQuerySet(RowQuerySet):
    """Offers, seen with their request."""

    place = "request__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of requests the person may see."""
        requests = StaffingRequest.objects.visible_to(user, verb)
        return self.filter(request__in=requests.values("pk"))


@versioned
class StaffingOffer(Row):
    """One turn of the talk: a person, a time and hours, proposed by one side to the other."""

    request = models.ForeignKey(StaffingRequest, models.CASCADE, related_name="offers")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    hours = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    side = models.CharField("made by", max_length=7, choices=Side.choices, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.STANDING, editable=False)
    note = models.CharField(max_length=500, blank=True)

    # Its events name the people offered, so they are for those who see people.
    told_with = Verb.SEE_RESOURCES
    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "offer"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="offer_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="offer_has_hours"),
            models.UniqueConstraint(fields=["request"], condition=Q(state="standing"), name="offer_one_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}, {self.starts_on:%-d %b %Y} to {self.ends_on:%-d %b %Y}"

    @property
    def scope(self) -> Any:
        return self.request.project

    @property
    def whole(self) -> StaffingRequest:
        return self.request
