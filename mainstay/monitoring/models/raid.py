"""What came up while work runs: issues, actions and changes asked for."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from mainstay.authorisation.models import Baseline
from mainstay.core.models import versioned
from mainstay.identification.models import Risk
from mainstay.monitoring.models.alert import Alert, Severity
from mainstay.monitoring.models.of_project import MONEY, OfProject, ProjectRowQuerySet


class IssueState(models.TextChoices):
    """Where an issue stands."""

    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


@versioned
class Issue(OfProject):
    """Something that has happened and must be dealt with."""

    title = models.CharField(max_length=160)
    description = models.TextField(max_length=2_000, blank=True)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.WARNING)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_date = models.DateField("due", null=True, blank=True)
    risk = models.ForeignKey(Risk, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="came from")
    state = models.CharField(max_length=8, choices=IssueState.choices, default=IssueState.OPEN)
    resolution = models.CharField(max_length=500, blank=True)
    resolved_on = models.DateField(null=True, blank=True, editable=False)
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["state", "due_date", "pk"]
        verbose_name = "issue"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="issue_external_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.state == IssueState.RESOLVED and not self.resolution.strip():
            raise ValidationError({"resolution": "Say how it was resolved."})


class ChangeState(models.TextChoices):
    """Where a change request stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waits for a decision"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


@versioned
class ChangeRequest(OfProject):
    """A change of what was authorised, with its effect; approved by whom it was delegated to."""

    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(max_length=160)
    reason = models.TextField(max_length=2_000)
    scope_effect = models.TextField("effect on scope", max_length=2_000, blank=True)
    days = models.SmallIntegerField("effect on the end, in days", default=0)
    cost_effect = models.DecimalField("effect on the cost", **MONEY, default=0)
    benefit_effect = models.DecimalField("effect on the benefit", **MONEY, default=0)
    demand_effect = models.JSONField("effect on the hours of each role", default=dict, blank=True)
    moves_milestones = models.BooleanField("milestones to come move along", default=True)
    state = models.CharField(max_length=9, choices=ChangeState.choices, default=ChangeState.DRAFT, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_note = models.CharField("reason of the decision", max_length=500, blank=True)
    baseline = models.ForeignKey(Baseline, models.PROTECT, null=True, blank=True, related_name="+")

    figure_fields = frozenset({"cost_effect", "benefit_effect"})
    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-number"]
        verbose_name = "change request"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="change_number_once")]

    def __str__(self) -> str:
        return self.title


@versioned
class Action(OfProject):
    """Something somebody does by a day, about a risk, an issue, a change or an alert, or by itself."""

    text = models.CharField("what is done", max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_date = models.DateField("due", null=True, blank=True)
    done_date = models.DateField("done", null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    risk = models.ForeignKey(Risk, models.SET_NULL, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="actions")
    change = models.ForeignKey(ChangeRequest, models.SET_NULL, null=True, blank=True, related_name="actions")
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, blank=True, related_name="actions")
    external_key = models.CharField("key in the source", max_length=80, blank=True)

    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["done_date", "due_date", "pk"]
        verbose_name = "action"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_key"], condition=~Q(external_key=""), name="action_external_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def about(self) -> Any:
        """What it is about; nothing where it stands by itself."""
        return self.risk or self.issue or self.change or self.alert
