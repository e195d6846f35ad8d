"""Roles given to people for a part of the tree."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mainstay.core.models.person import Person
from mainstay.core.models.row import Row, RowQuerySet, versioned
from mainstay.core.roles import Role


class GrantQuerySet(RowQuerySet):
    """Grants."""

    place = None

    def in_force(self) -> Any:
        """Those that have not run out."""
        return self.filter(Q(until_date=None) | Q(until_date__gte=timezone.localdate()))

    def in_force_for(self, person: Person) -> Any:
        """Role and path of each grant the person holds today."""
        return self.in_force().filter(person=person).values_list("role", "path")


@versioned
class Grant(Row):
    """A role a person holds for everything at and below a place in the tree."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    path = models.CharField("place", max_length=250, default="/")
    until_date = models.DateField("until", null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role", "path"], name="grant_once")]
        ordering = ["person__name", "role"]

    def __str__(self) -> str:
        return f"{Role(self.role).label} for {self.person}"
