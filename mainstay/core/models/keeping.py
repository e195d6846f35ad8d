"""What people keep for themselves: saved views, column mappings, notices, and answers to repeated requests."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SavedViewQuerySet(models.QuerySet):
    """Saved views."""

    def visible_to(self, user: Any) -> Any:
        """A person's own views and those shared with everybody."""
        return self.filter(Q(person=user) | Q(is_shared=True)) if user.is_authenticated else self.none()


class SavedView(models.Model):
    """A list as somebody likes it: filters, order, grouping and columns under a name."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField("shared with everybody", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page", "name"], name="view_name_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Mapping(models.Model):
    """Which column of somebody's file means which field, saved under a name."""

    sheet = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    columns = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "name"], name="mapping_name_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> Any:
        """A person's own notices."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def unread(self) -> Any:
        """Those not yet read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something a person should know, with the page that tells more."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey("core.Event", models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text


class KeptAnswer(models.Model):
    """The answer to an API request with an idempotency key, so that a retry does not act twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return self.key
