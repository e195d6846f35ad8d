"""Who works on what and when."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.resources.models.resource import Resource
from mainstay.resources.models.skill import Role, Skill


class Firmness(models.TextChoices):
    """Whether hours are promised."""

    SOFT = "soft", "Soft"
    HARD = "hard", "Hard"


class BookingQuerySet(RowQuerySet):
    """Bookings: seen with the person, and seen with the project."""

    place = "resource__team__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RESOURCES) -> Self:
        """Those of people one may see, of projects one may see, and one's own.

        Whoever sees a booking with the person need not be allowed to know of the project: ask
        `Project.objects.visible_to` before showing its name.
        """
        of_people = access.condition(user, verb, self.place)
        if not verb.reads:
            return super().visible_to(user, verb)
        if of_people is None:
            return self
        seen = Q(resource__person=user) if getattr(user, "is_active", False) else Q(pk__in=[])
        of_projects = access.condition(user, Verb.SEE_REGISTER, "project__")
        if of_projects is None:
            return self
        for condition in (of_people, of_projects):
            seen = seen if condition is access.NOTHING else seen | condition
        return self.filter(seen)

    def touching(self, first: Any, last: Any) -> Self:
        """Those with at least one day in a time."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


@versioned
class Booking(Row):
    """Hours of a person or placeholder for a project, spread evenly over the working hours of its days."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings")
    project = models.ForeignKey(Project, models.PROTECT, related_name="bookings")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+", verbose_name="in the role of")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    hours = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    firmness = models.CharField(max_length=4, choices=Firmness.choices, default=Firmness.SOFT)
    note = models.CharField(max_length=200, blank=True)
    external_key = models.CharField("key in the source", max_length=200, blank=True)

    # Its events name the person, so they are for those who see people.
    told_with = Verb.SEE_RESOURCES
    # Whoever reads of it with the person need not be allowed to know of the project.
    never_told = frozenset({"project_id", "note", "external_key"})
    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "booking"
        indexes = [
            models.Index(fields=["resource", "starts_on", "ends_on"], name="booking_of_person"),
            models.Index(fields=["project", "starts_on"], name="booking_of_project"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="booking_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="booking_has_hours"),
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="booking_external_key_once"
            ),
        ]

    def __str__(self) -> str:
        # Without the project's name: who reads this in a feed may not be allowed to know of it.
        return f"{self.resource}, {self.starts_on:%-d %b %Y} to {self.ends_on:%-d %b %Y}"

    @property
    def scope(self) -> Any:
        return self.resource.team.portfolio

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day lies before the first."})
