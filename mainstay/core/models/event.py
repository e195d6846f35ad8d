"""What happened: the feed, the audit trail, and the source of notices and live updates."""

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mainstay.core import access
from mainstay.core.verbs import Verb


class Channel(models.TextChoices):
    """The way a change came in."""

    PAGE = "page", "Page"
    API = "api", "API"
    IMPORT = "import", "Import"
    JOB = "job", "Job"
    ASSISTANT = "assistant", "Assistant"
    SYSTEM = "system", "System"


class EventQuerySet(models.QuerySet):
    """Events."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Any:
        """Events at places the person may see; those of the whole instance need the right to audit."""
        condition = access.condition(user, verb)
        placed = self.none() if condition is access.NOTHING else self.exclude(path="")
        if isinstance(condition, Q):
            placed = placed.filter(condition)
        placed = placed.filter(_may_be_told(user))
        if access.may(user, Verb.SEE_AUDIT):
            return placed | self.filter(path="")
        return placed


# What nobody is told but whoever did it: work on a draft.
PRIVATE = (Verb.REQUEST_DRAFT, Verb.REQUEST_SAVE)


@cache
def _guarded_nouns() -> dict[Verb, tuple[str, ...]]:
    """The nouns that only holders of a further verb are told of, by that verb."""
    found: dict[Verb, list[str]] = {}
    for model in apps.get_models():
        verb = getattr(model, "told_with", Verb.SEE_REGISTER)
        if verb is not Verb.SEE_REGISTER:
            found.setdefault(verb, []).append(str(model._meta.verbose_name))
    return {verb: tuple(nouns) for verb, nouns in found.items()}


def _may_be_told(user: Any) -> Q:
    """A person's own acts; of others neither work on drafts nor what happened to rows they may not read."""
    allowed = ~Q(verb__in=PRIVATE)
    for verb, nouns in _guarded_nouns().items():
        condition = access.condition(user, verb)
        if condition is access.NOTHING:
            allowed &= ~Q(noun__in=nouns)
        elif isinstance(condition, Q):
            allowed &= ~Q(noun__in=nouns) | condition
    return Q(person_id=user.pk, person__isnull=False) | allowed


class Event(models.Model):
    """Somebody did something, when, why and through which channel."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=60, blank=True)
    row_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=250, blank=True, db_index=True)
    seal = models.CharField(max_length=250, blank=True)
    reason = models.TextField(blank=True)
    count = models.PositiveIntegerField(default=1)
    changes = models.JSONField(default=list)
    run = models.ForeignKey("core.Run", models.SET_NULL, null=True, related_name="events")
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="undone_by")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["noun", "row_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.who}: {Verb(self.verb).sentence} {self.label}"

    @property
    def scope(self) -> "Event | None":
        """The place that decides who may see it; None: the instance as a whole."""
        return self if self.path else None
