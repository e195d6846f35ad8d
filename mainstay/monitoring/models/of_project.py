"""Rows of monitoring that belong to a project; figures only for those who may see figures."""

from typing import Any, Self

from django.db import models

from mainstay.core.models import Row, RowQuerySet
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class FigureQuerySet(RowQuerySet):
    """Money of projects, seen by those who may see their figures."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """Those of projects whose figures the person may see."""
        return super().visible_to(user, verb)


class OfProject(Row):
    """A row that belongs to a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.project


class ProjectRowQuerySet(RowQuerySet):
    """Rows that are seen with their project."""

    place = "project__"
