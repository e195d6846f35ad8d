"""What people said about look-alikes."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.portfolio.models import Project


class UnlikeQuerySet(RowQuerySet):
    """Dismissed look-alikes, seen with the first of the two projects."""

    place = "one__"


@versioned
class Unlike(Row):
    """Two projects that look alike and were found to be different."""

    one = models.ForeignKey(Project, models.CASCADE, related_name="+")
    other = models.ForeignKey(Project, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)

    objects = UnlikeQuerySet.as_manager()

    class Meta:
        verbose_name = "dismissed look-alike"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="unlike_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="unlike_in_order"),
        ]

    def __str__(self) -> str:
        return "Two projects that are not alike"

    @property
    def scope(self) -> Any:
        return self.one
