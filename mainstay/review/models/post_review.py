"""The post-implementation review: months after the end somebody looks whether it was worth it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core.models import versioned
from mainstay.monitoring.models.of_project import OfProject, ProjectRowQuerySet
from mainstay.review.models.closure import FINAL

TEXT = {"max_length": 4_000, "blank": True}


class ReviewState(models.TextChoices):
    """Where a review stands."""

    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    SIGNED = "signed", "Signed"


class Worth(models.TextChoices):
    """What those who reviewed say in the end."""

    UNKNOWN = "", "Not said yet"
    YES = "yes", "It was worth it"
    PARTLY = "partly", "Worth it in part"
    NO = "no", "It was not worth it"


@versioned
class PostReview(OfProject):
    """What was planned against what happened, what was found, and who stands by it."""

    due_date = models.DateField("due")
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.PLANNED, editable=False)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="led by"
    )
    written_by = models.JSONField("written by", default=list, blank=True, editable=False)
    worth = models.CharField("was it worth it", max_length=8, choices=Worth.choices, blank=True, default="")
    benefit_realised = models.DecimalField("benefit realised until today", **FINAL)
    score_realised = models.PositiveSmallIntegerField(
        "score it would earn today", null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    went_well = models.TextField("what went well", **TEXT)
    went_badly = models.TextField("what went badly", **TEXT)
    findings = models.TextField("what we found", **TEXT)
    facts = models.JSONField("planned against actual, as signed", default=dict, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    signed_on = models.DateField(null=True, blank=True, editable=False)

    figure_fields = frozenset({"benefit_realised", "score_realised", "facts"})
    objects = ProjectRowQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = "post-implementation review"
        constraints = [models.UniqueConstraint(fields=["project"], name="review_once")]

    def __str__(self) -> str:
        return f"Review of {self.project}"
