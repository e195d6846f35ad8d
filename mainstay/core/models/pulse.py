"""The outbox of live updates: ids and versions only, pages fetch the rest with their own rights."""

from django.db import models
from django.utils import timezone


class Pulse(models.Model):
    """A row changed: what, which version, and who may be told."""

    at = models.DateTimeField(default=timezone.now)
    noun = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    row_version = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=250, blank=True)
    seal = models.CharField(max_length=250, blank=True)
    person_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.noun}:{self.row_id}"
