"""The decision log: what was decided, in a chain of fingerprints in which no link can be changed unseen."""

from typing import Any, Self

from django.db import models

from mainstay.authorisation.models.decision import Decision
from mainstay.core.models import RowQuerySet
from mainstay.core.verbs import Verb


class DecisionRecordQuerySet(RowQuerySet):
    """Records, seen with the figures of the portfolio they are about."""

    place = "decision__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        return super().visible_to(user, verb)


class DecisionRecord(models.Model):
    """A decision as it was taken, whole, with its fingerprint and that of the record before it."""

    number = models.PositiveIntegerField(unique=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="record")
    content = models.TextField()
    recorded_at = models.DateTimeField()
    before_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)

    objects = DecisionRecordQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "record in the decision log"

    def __str__(self) -> str:
        return f"No. {self.number}: {self.decision}"


class LogHead(models.Model):
    """How long the decision log is and how it ends, signed: so that its tail cannot be cut off unseen."""

    count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(null=True)
    signature = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.count} records"
