"""Kinds of work: classifications, their buckets with target shares, and which project lies in which."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q

from mainstay.core.errors import FieldChange
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.models.parts import PartQuerySet
from mainstay.portfolio.models.tree import CODE
from mainstay.strategy.models.standing import PERCENT, WHOLE, Standing

TOLERANCE = Decimal(5)


@versioned
class Classification(Standing):
    """A way to sort work into kinds, such as run, grow and transform."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = "classification"

    def __str__(self) -> str:
        return self.name

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed in it since a version, its buckets included."""
        from mainstay.strategy.changes import classification_changes

        return classification_changes(self, version, reader)


class BucketQuerySet(RowQuerySet):
    """Buckets, seen with their classification."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of classifications the person may see."""
        return self.filter(classification__in=Classification.objects.visible_to(user, verb).values("pk"))


@versioned
class Bucket(Row):
    """One kind of work, with the share of the investment it should have."""

    classification = models.ForeignKey(Classification, models.PROTECT, related_name="buckets")
    name = models.CharField(max_length=80)
    target_share = models.DecimalField("target (% of the investment)", default=0, **PERCENT)
    tolerance = models.DecimalField("tolerance (points)", default=TOLERANCE, **PERCENT)
    position = models.PositiveSmallIntegerField(default=0)

    objects = BucketQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "bucket"
        constraints = [
            models.UniqueConstraint(fields=["classification", "name"], name="bucket_name_once"),
            models.CheckConstraint(
                condition=Q(target_share__gte=0, target_share__lte=WHOLE), name="bucket_target_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.classification.portfolio


@versioned
class Placement(Row):
    """The bucket of a classification that a project lies in."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="placements")
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="placements")
    bucket = models.ForeignKey(Bucket, models.PROTECT, related_name="placements")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["project", "classification"]
        verbose_name = "placement"
        constraints = [models.UniqueConstraint(fields=["project", "classification"], name="placement_once")]

    def __str__(self) -> str:
        return f"{self.project}: kind of work"

    @property
    def scope(self) -> Any:
        return self.project
