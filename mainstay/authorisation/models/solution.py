"""What the solver answered to a selection, kept with the problem it was asked so that it can be replayed."""

from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mainstay.authorisation.models.scenario import Scenario
from mainstay.authorisation.models.selection import FiguresQuerySet, Selection
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio


class SolutionStatus(models.TextChoices):
    """How the solver ended."""

    OPTIMAL = "optimal", "Proven best"
    FEASIBLE = "feasible", "Not proven"
    INFEASIBLE = "infeasible", "Nothing fits together"
    UNKNOWN = "unknown", "No plan found"


class SolutionQuerySet(FiguresQuerySet):
    """Solutions, seen with their portfolio, those to scenarios only with the scenario."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        rows = super().visible_to(user, verb)
        return rows.filter(Q(scenario=None) | Q(scenario__in=Scenario.objects.visible_to(user, verb)))


class Solution(models.Model):
    """An answer of the solver with its problem; it is never changed, a new run makes a new one."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="+")
    selection = models.ForeignKey(Selection, models.CASCADE, null=True, blank=True, related_name="solutions")
    scenario = models.ForeignKey(Scenario, models.CASCADE, null=True, blank=True, related_name="solutions")
    solver = models.CharField("solver and its version", max_length=60, blank=True, default="")
    problem = models.JSONField()
    problem_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=SolutionStatus.choices)
    finding = models.TextField(blank=True)
    answer = models.JSONField()
    projects = models.JSONField(default=dict)
    left_out = models.JSONField(default=list, blank=True)
    aim = models.JSONField(default=dict)
    known_at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selection=None) ^ Q(scenario=None), name="answer_to_a_selection_or_a_scenario"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question}"

    @property
    def question(self) -> Selection | Scenario:
        """What it answers."""
        return self.selection or cast(Scenario, self.scenario)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to show."""
        return self.status in {SolutionStatus.OPTIMAL, SolutionStatus.FEASIBLE}

    @property
    def chosen(self) -> list[str]:
        """The codes of the chosen candidates."""
        return [choice["candidate"] for choice in self.answer["chosen"]]

    @property
    def project_ids(self) -> set[int]:
        """Every project the problem or its preparation names."""
        return {*self.projects.values(), *(entry["id"] for entry in self.left_out)}

    @property
    def explanations(self) -> dict[str, Any]:
        """The explanations by candidate, where they were asked for."""
        return {entry["candidate"]: entry for entry in self.answer.get("explanations", [])}
