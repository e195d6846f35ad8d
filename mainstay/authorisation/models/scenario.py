"""The scenario: a branch of the plan of record, in which projects, dates and limits may differ."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.authorisation.models.selection import FiguresQuerySet, by_dependencies
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.models.row import RowVersion
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio, Project


class ScenarioState(models.TextChoices):
    """Where a scenario stands."""

    DRAFT = "draft", "Being worked on"
    FROZEN = "frozen", "Frozen"
    SUBMITTED = "submitted", "Before the board"
    ADOPTED = "adopted", "Adopted"
    ARCHIVED = "archived", "Archived"


class PeriodLength(models.TextChoices):
    """How time is divided."""

    MONTH = "month", "Months"
    QUARTER = "quarter", "Quarters"
    YEAR = "year", "Years"


class ScenarioQuerySet(FiguresQuerySet):
    """Scenarios: one's own, those shared with one, and those open to all who may see the portfolio's figures."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see; a scenario not shared is its owner's alone."""
        rows = super().visible_to(user, verb)
        if user is MAINSTAY:
            return rows
        shares = ScenarioShare.objects.filter(person_id=user.pk).values("scenario")
        key = "row_id__in" if issubclass(self.model, RowVersion) else "pk__in"
        return rows.filter(Q(is_open=True) | Q(owner_id=user.pk) | Q(**{key: shares}))


@versioned
class Scenario(Row):
    """A plan that could be: which projects, in which option, when, and under which limits."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="scenarios")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    branched_at = models.DateTimeField("branched from the plan of record as known at")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_open = models.BooleanField("open to all who may see the figures", default=False)
    state = models.CharField(
        max_length=10, choices=ScenarioState.choices, default=ScenarioState.DRAFT, editable=False
    )
    # The time it plans.
    starts_on = models.DateField("plans from")
    period = models.CharField(max_length=7, choices=PeriodLength.choices, default=PeriodLength.QUARTER)
    periods = models.PositiveSmallIntegerField(default=8, validators=[MinValueValidator(1), MaxValueValidator(60)])
    # What it plans by: the same words as in a selection, with limits by year, fund and role.
    maximise = models.CharField("what shall be most", max_length=60)
    currency = models.CharField(max_length=3)
    limits = models.JSONField(default=list, blank=True)
    changes = models.JSONField("changes to what there is: budget, hires, losses", default=list, blank=True)
    rules = models.JSONField(default=by_dependencies, blank=True)
    solution = models.ForeignKey(
        "authorisation.Solution", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    figure_fields = frozenset({"limits", "changes", "rules"})
    told_with = Verb.SEE_FIGURES
    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "scenario"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="scenario_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == ScenarioState.DRAFT


class ScenarioPartQuerySet(RowQuerySet):
    """Parts of scenarios, seen with their scenario."""

    place = "scenario__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of scenarios the person may see."""
        return self.filter(scenario__in=Scenario.objects.visible_to(user, verb))


class Forced(models.TextChoices):
    """Whether somebody settled it by hand."""

    FREE = "", "Free"
    IN = "in", "In"
    OUT = "out", "Out"


@versioned
class PlanLine(Row):
    """A project in a scenario: in or out, in which option, from when to when."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="lines")
    project = models.ForeignKey(Project, models.PROTECT, related_name="plan_lines")
    is_in = models.BooleanField("in the plan", default=False)
    option = models.CharField(max_length=80, blank=True)
    start_date = models.DateField("start", null=True, blank=True)
    end_date = models.DateField("end", null=True, blank=True)
    forced = models.CharField(max_length=3, choices=Forced.choices, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True)
    # How the plan of record had it when the branch was made: what a merge compares with.
    base = models.JSONField(default=dict)

    told_with = Verb.SEE_FIGURES
    objects = ScenarioPartQuerySet.as_manager()

    class Meta:
        ordering = ["project__code"]
        verbose_name = "plan line"
        constraints = [models.UniqueConstraint(fields=["scenario", "project"], name="placed_once_in_a_scenario")]

    def __str__(self) -> str:
        return f"{self.project} in {self.scenario}"

    @property
    def scope(self) -> Any:
        return self.scenario.portfolio

    @property
    def whole(self) -> Row:
        return self.scenario


class ScenarioShare(models.Model):
    """A person a scenario was shared with."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="shares")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    may_edit = models.BooleanField("may change it", default=False)

    objects = ScenarioPartQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [models.UniqueConstraint(fields=["scenario", "person"], name="shared_once_with_each")]

    def __str__(self) -> str:
        return f"{self.scenario}, shared with {self.person}"
