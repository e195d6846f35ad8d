"""When people are away."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When

from mainstay.core import access
from mainstay.core.errors import FieldChange
from mainstay.core.models import versioned
from mainstay.core.verbs import Verb
from mainstay.resources.models.resource import SHARE, OfResource, OfResourceQuerySet, Resource

REASONS = frozenset({"kind", "note"})


class AbsenceKind(models.TextChoices):
    """Why somebody is away."""

    LEAVE = "leave", "Leave"
    SICKNESS = "sickness", "Sickness"
    PARENTAL = "parental", "Parental leave"
    TRAINING = "training", "Training"
    OTHER = "other", "Other"


class AbsenceQuerySet(OfResourceQuerySet):
    """Absences; why somebody is away is read through `readable_by` only."""

    def readable_by(self, user: Any) -> Self:
        """Those the person may see, with `kind_seen` and `note_seen`: None where the reason is not theirs to know."""
        rows, knows = self.visible_to(user), access.condition(user, Verb.SEE_ABSENCES, self.place)
        if knows is None:
            return rows.annotate(kind_seen=F("kind"), note_seen=F("note"))
        mine = Q(**{self.own: user})
        told = mine if knows is access.NOTHING else knows | mine
        return rows.annotate(kind_seen=_only_where(told, "kind"), note_seen=_only_where(told, "note"))


def _only_where(told: Q, name: str) -> Case:
    return Case(When(told, then=F(name)), default=Value(None), output_field=CharField())


@versioned
class Absence(OfResource):
    """Days somebody is away; that they are away is seen with them, why only by few."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="absences")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    share = models.DecimalField("share of the day", default=Decimal(1), **SHARE)
    kind = models.CharField(max_length=8, choices=AbsenceKind.choices, default=AbsenceKind.LEAVE)
    note = models.CharField("reason", max_length=200, blank=True)
    external_key = models.CharField("key in the source", max_length=200, blank=True)

    # Why somebody is away is told in no event; the page asks for `see.absences` before it shows it.
    never_told = REASONS

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "absence"
        indexes = [models.Index(fields=["resource", "starts_on"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.UniqueConstraint(
                fields=["resource", "external_key"], condition=~Q(external_key=""), name="absence_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} away from {self.starts_on:%-d %B %Y}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day lies before the first."})

    def may_be_explained_to(self, user: Any) -> bool:
        """Whether somebody may know why: those who see reasons of absence here, and the person themselves."""
        return access.may(user, Verb.SEE_ABSENCES, self.scope) or self.resource.person_id == getattr(user, "pk", 0)

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What changed since a version, for a reader who may not know why somebody is away: the days only."""
        from mainstay.core.operation import changes_since

        changes = changes_since(self, version, reader)
        if self.may_be_explained_to(reader):
            return changes
        return [one for one in changes if one.field not in REASONS]
