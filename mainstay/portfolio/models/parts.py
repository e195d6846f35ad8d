"""What belongs to a project: milestones, dependencies and the people on it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.roles import Role
from mainstay.portfolio.models.project import Project


class PartQuerySet(RowQuerySet):
    """Rows that belong to a project."""

    place = "project__"


class Part(Row):
    """A row that belongs to a project and is seen with it."""

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.project


@versioned
class Milestone(Part):
    """A dated result that shows whether a project keeps its course."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=200)
    due_date = models.DateField("due")
    forecast_date = models.DateField("forecast", null=True, blank=True)
    done_date = models.DateField("done", null=True, blank=True)

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = "milestone"

    def __str__(self) -> str:
        return self.name


class DependencyKind(models.TextChoices):
    """How one project depends on another."""

    REQUIRES = "requires", "Requires"
    FINISH_TO_START = "finish_to_start", "Starts after the end of"
    EXCLUDES = "excludes", "Excludes"


@versioned
class Dependency(Part):
    """A project that depends on another one."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="dependencies")
    needs = models.ForeignKey(Project, models.CASCADE, related_name="dependants", verbose_name="needed project")
    kind = models.CharField(max_length=20, choices=DependencyKind.choices, default=DependencyKind.REQUIRES)
    note = models.CharField(max_length=300, blank=True)
    subject = models.CharField("what is handed over", max_length=160, blank=True)
    promised_date = models.DateField("promised for", null=True, blank=True)
    needed_date = models.DateField("needed by", null=True, blank=True)
    delivered_date = models.DateField("handed over", null=True, blank=True)

    class Meta:
        ordering = ["project", "needs"]
        verbose_name = "dependency"
        constraints = [
            models.UniqueConstraint(fields=["project", "needs", "kind"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(project=F("needs")), name="dependency_on_another"),
        ]

    def __str__(self) -> str:
        # Without the needed project's name: who reads this in a feed may not be allowed to know of it.
        return f"{self.project}, {self.get_kind_display().lower()} another project"

    def clean(self) -> None:
        if self.project_id == self.needs_id:
            raise ValidationError({"needs": "A project does not depend on itself."})


@versioned
class Member(Part):
    """A person with a part in a project; the part also opens the project to them."""

    PARTS = (
        Role.PROJECT_MANAGER,
        Role.SPONSOR,
        Role.EVALUATOR,
        Role.FINANCE,
        Role.RESOURCE_MANAGER,
        Role.EXECUTIVE,
    )

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in PARTS])

    class Meta:
        ordering = ["role", "person__name"]
        verbose_name = "member"
        constraints = [models.UniqueConstraint(fields=["project", "person", "role"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person}, {Role(self.role).label.lower()}"
