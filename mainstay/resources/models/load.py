"""What is kept ready about capacity, so that no page adds up a million bookings: all of it follows from other rows.

Hours are kept by year, in pieces: stretches of days within one week and one month, so that weeks, months and quarters
are sums of pieces. `operations/load.py` keeps them, `queries/pieces.py` cuts the year, `queries/load.py` reads.
"""

from django.db import models
from django.utils import timezone

from mainstay.portfolio.models import Project
from mainstay.resources.models.resource import Resource
from mainstay.resources.models.skill import Role, Skill


class KeptLoad(models.Model):
    """Hours booked on a person in a year, hard and soft, by piece: in all, by role and by skill."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="kept_loads", db_index=False)
    year = models.PositiveSmallIntegerField()
    total = models.BinaryField(default=b"")
    role = models.BinaryField("by role", default=b"")
    skill = models.BinaryField("by skill", default=b"")

    class Meta:
        verbose_name = "kept load"
        constraints = [models.UniqueConstraint(fields=["resource", "year"], name="kept_load_once")]

    def __str__(self) -> str:
        return f"{self.resource}, {self.year}"


class KeptCapacity(models.Model):
    """Hours a person can give to projects in a year, by piece, and the number of their projects in each month."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="kept_capacities", db_index=False)
    year = models.PositiveSmallIntegerField()
    hours = models.BinaryField()
    projects = models.BinaryField()

    class Meta:
        verbose_name = "kept capacity"
        constraints = [models.UniqueConstraint(fields=["resource", "year"], name="kept_capacity_once")]

    def __str__(self) -> str:
        return f"{self.resource}, {self.year}"


class KeptNeed(models.Model):
    """Hours a project needs in a year, in one role and skill, and has nobody for, by month."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="kept_needs", db_index=False)
    role = models.ForeignKey(Role, models.CASCADE, null=True, related_name="+", db_index=False)
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    hours = models.BinaryField()

    class Meta:
        verbose_name = "kept need"
        indexes = [models.Index(fields=["project", "year"], name="kept_need_of_project")]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}"


class KeptStamp(models.Model):
    """A mark left by each change that moves capacity or demand; remembered figures hold until the next one."""

    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "kept stamp"

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y %H:%M}"
