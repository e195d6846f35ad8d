"""Projects that stand in every week of a person."""

from django.db import models

from mainstay.core.models import versioned
from mainstay.monitoring.models.timesheet import OfWeeks
from mainstay.portfolio.models import Project
from mainstay.resources.models import Resource


@versioned
class Favourite(OfWeeks):
    """A project that somebody wants to find in every week, booked or not."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="favourites")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    never_told = frozenset({"project_id"})

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = "favourite"
        constraints = [models.UniqueConstraint(fields=["resource", "project"], name="favourite_once")]

    def __str__(self) -> str:
        return f"Favourite of {self.resource}"
