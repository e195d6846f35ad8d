"""The project, from the first proposal to long after closure."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast

from mainstay.core import access
from mainstay.core.models import PlacedRow, versioned
from mainstay.core.models.row import RowVersion
from mainstay.core.verbs import Verb
from mainstay.portfolio.models.lifecycle import Stage
from mainstay.portfolio.models.settings import CustomField
from mainstay.portfolio.models.tree import CODE, Portfolio, Programme, TreeQuerySet, TreeRow

MONEY = {"max_digits": 18, "decimal_places": 2, "null": True, "blank": True}


class Health(models.TextChoices):
    """How a project is doing by its own account."""

    ON_TRACK = "green", "On track"
    AT_RISK = "amber", "At risk"
    OFF_TRACK = "red", "Off track"
    UNKNOWN = "", "Not reported"


class Confidence(models.TextChoices):
    """How likely delivery is, on the five-point scale of public-sector assurance."""

    GREEN = "green", "Green"
    AMBER_GREEN = "amber_green", "Amber/Green"
    AMBER = "amber", "Amber"
    AMBER_RED = "amber_red", "Amber/Red"
    RED = "red", "Red"
    UNKNOWN = "", "Not assessed"


class ProjectQuerySet(TreeQuerySet):
    """Projects and proposals."""

    def readable_by(self, user: Any) -> Self:
        """What the person may see; `cost_seen`, `benefit_seen` hold a figure only where they may see figures.

        Lists filter, sort, add up and show these columns, so that a hidden figure leaks nowhere.
        """
        return self.visible_to(user).annotate(
            **{f"{name}_seen": self._seen(user, name) for name in ("cost", "benefit")}
        )

    def _seen(self, user: Any, name: str) -> Any:
        return self.figure(user, F(name), self.model._meta.get_field(name))

    def figure(self, user: Any, value: Any, output_field: Any) -> Any:
        """An expression for rows the person may see: the value where they may see figures too, and none elsewhere."""
        condition = access.condition(user, Verb.SEE_FIGURES)
        if condition is None or condition == access.condition(user, Verb.SEE_REGISTER):
            return value
        if not isinstance(condition, Q):
            # Typed, because PostgreSQL neither sums nor sorts by a bare NULL.
            return Cast(Value(None), output_field)
        if issubclass(self.model, RowVersion):
            today = self.model.current.objects.filter(condition).values("pk")
            condition = Q(row_id__in=today)
        return Case(When(condition, then=value), default=None, output_field=output_field)

    def in_phase(self, *phases: str) -> Self:
        """Those whose stage means one of these."""
        return self.filter(stage__phase__in=phases)


@versioned
class Project(TreeRow):
    """Work with an output, a cost and an end: proposed, chosen, running or over."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    external_key = models.CharField("key in the source", max_length=80, blank=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="projects")
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True, related_name="projects")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="projects")
    theme = models.CharField(max_length=100, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="project manager",
    )
    health = models.CharField(max_length=10, choices=Health.choices, blank=True, default="")
    confidence = models.CharField(
        "delivery confidence", max_length=12, choices=Confidence.choices, blank=True, default=""
    )
    start_date = models.DateField("start", null=True, blank=True)
    end_date = models.DateField("end", null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    cost = models.DecimalField("whole-life cost", **MONEY)
    benefit = models.DecimalField("whole-life benefit", **MONEY)
    risk = models.PositiveSmallIntegerField(
        "risk (0-100)", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    custom = models.JSONField("further fields", default=dict, blank=True)
    given_text = models.JSONField("text given instead of a value", default=dict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    stage_since = models.DateField("in this stage since", null=True, blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "project"
        # Sums by stage and currency, the heart of every list, are read from the index alone: five times quicker.
        indexes = [models.Index(fields=["stage", "currency", "cost", "path", "seal"], name="project_sums")]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "external_key"],
                condition=~Q(external_key=""),
                name="project_external_key_once",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0) | Q(cost=None), name="project_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")) | Q(end_date=None) | Q(start_date=None),
                name="project_ends_after_start",
            ),
        ]

    def clean(self) -> None:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": "The end lies before the start."})
        if self.cost is not None and self.cost < 0:
            raise ValidationError({"cost": "A cost is not negative."})
        if self.programme_id and self.programme.portfolio_id != self.portfolio_id:
            raise ValidationError({"programme": "The programme lies in another portfolio."})

    @property
    def parent(self) -> PlacedRow:
        """Where it hangs in the tree: its programme, else its portfolio."""
        return self.programme or self.portfolio

    @staticmethod
    def hidden_custom_keys() -> frozenset[str]:
        """The custom fields that only those who may see figures may read."""
        return frozenset(CustomField.objects.filter(is_confidential=True).values_list("key", flat=True))

    @property
    def figure_fields(self) -> frozenset[str]:
        """Every field that is a business-case figure, also where text stands in for it."""
        keys = {"cost", "benefit", *(f"custom.{key}" for key in self.hidden_custom_keys())}
        return frozenset(keys | {f"given_text.{key.removeprefix('custom.')}" for key in keys})
