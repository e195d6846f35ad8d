"""Long work as a row people can watch, cancel and retry."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class RunState(models.TextChoices):
    """Where a piece of long work stands."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class RunQuerySet(models.QuerySet):
    """Runs."""

    def visible_to(self, user: Any) -> Any:
        """A person's own runs."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def unfinished(self) -> Any:
        """Those still waiting or running."""
        return self.filter(state__in=[RunState.QUEUED, RunState.RUNNING])


class Run(models.Model):
    """A piece of long work: who asked for it, how far it is, what it said and what came out."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="runs")
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    share_done = models.FloatField(default=0)
    step = models.CharField(max_length=200, blank=True)
    log = models.TextField(blank=True)
    result = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in {RunState.QUEUED, RunState.RUNNING}

    @property
    def percent_done(self) -> int:
        """How far it is, in whole per cent."""
        return round(self.share_done * 100)
