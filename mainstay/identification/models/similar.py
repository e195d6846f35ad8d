"""What people said about look-alikes: that two are different, or that one goes on in the other."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
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


class MergerQuerySet(RowQuerySet):
    """Mergers, seen by whoever may see both projects."""

    place = "survivor__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of which the person may see both sides."""
        seen = Project.objects.visible_to(user, verb).values("pk")
        return self.filter(survivor__in=seen, merged__in=seen)


@versioned
class Merger(Row):
    """One project, with the request it came from, that goes on in another; both stay readable."""

    merged = models.OneToOneField(Project, models.CASCADE, related_name="merger")
    survivor = models.ForeignKey(Project, models.CASCADE, related_name="mergers")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        verbose_name = "merger"
        constraints = [models.CheckConstraint(condition=~Q(merged=F("survivor")), name="merger_of_two")]

    def __str__(self) -> str:
        return "A project that goes on in another"

    @property
    def scope(self) -> Any:
        return self.merged
