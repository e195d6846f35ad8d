"""The request: somebody's idea on its way to becoming a project, with its clock and its conversation."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.models.row import RowVersion
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle
from mainstay.identification.models.form import FormEdition
from mainstay.portfolio.models import Portfolio, Project


class State(models.TextChoices):
    """How far a request has come."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    QUESTIONED = "questioned", "Information asked for"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"
    MERGED = "merged", "Merged"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RequestQuerySet(RowQuerySet):
    """Requests: one's own, and those one triages."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REQUESTS) -> Self:
        """A person's own requests, and what others submitted where the person sees requests."""
        own = Q(requester_id=user.pk)
        condition = access.condition(user, verb, self.place)
        if condition is access.NOTHING:
            mine = own
        else:
            mine = own | ((Q() if condition is None else condition) & ~Q(state=State.DRAFT))
        if issubclass(self.model, RowVersion):
            # Who may see it today may see how it was, but never a draft of somebody else.
            return self.filter(own | Q(row_id__in=Request.objects.filter(mine).values("pk")) & ~Q(state=State.DRAFT))
        return self.filter(mine)


@versioned
class Request(Row):
    """An idea or proposal somebody makes through a form, answered within a promised time."""

    OPEN = (State.SUBMITTED, State.QUESTIONED)
    EDITABLE = (State.DRAFT, State.QUESTIONED, State.RETURNED)
    DECIDED = (State.ACCEPTED, State.MERGED, State.REJECTED, State.WITHDRAWN)

    code = models.CharField(max_length=20, unique=True)
    edition = models.ForeignKey(FormEdition, models.PROTECT, related_name="requests")
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="requests")
    cycle = models.ForeignKey(Cycle, models.SET_NULL, null=True, blank=True, related_name="requests")
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=20_000, blank=True)
    answers = models.JSONField("answers as typed", default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    external_key = models.CharField("key in the source", max_length=80, blank=True)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="requests")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="triaged by"
    )
    submitted_at = models.DateTimeField("first submitted", null=True, blank=True, editable=False)
    clock_from = models.DateTimeField("clock runs since", null=True, blank=True, editable=False)
    clock_used = models.DurationField("clock run before", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    returns = models.PositiveSmallIntegerField("times returned or questioned", default=0, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_requests")
    project = models.OneToOneField(Project, models.PROTECT, null=True, blank=True, related_name="request")

    told_with = Verb.SEE_REQUESTS
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "request"
        indexes = [models.Index(fields=["state", "clock_from"], name="request_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "external_key"], condition=~Q(external_key=""), name="request_external_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    @property
    def scope(self) -> Any:
        return self.portfolio


class NoteKind(models.TextChoices):
    """What was said about a request."""

    QUESTION = "question", "Question"
    ANSWER = "answer", "Answer"
    RETURN = "return", "Returned because"
    DECISION = "decision", "Decision"
    MERGE = "merge", "Merged"
    COMMENT = "comment", "Comment"


class NoteQuerySet(RowQuerySet):
    """What was said about requests, seen by whoever sees the request."""

    place = "request__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REQUESTS) -> Self:
        """The conversation of the requests the person sees."""
        return self.filter(request__in=Request.objects.visible_to(user, verb).values("pk"))


@versioned
class Note(Row):
    """One contribution to the conversation about a request."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    text = models.TextField(max_length=4_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    told_with = Verb.SEE_REQUESTS
    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "note"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.request}"

    @property
    def scope(self) -> Any:
        return self.request.portfolio
