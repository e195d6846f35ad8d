"""The team, and how rows are seen that belong to one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio


class TeamQuerySet(RowQuerySet):
    """Teams."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RESOURCES) -> Self:
        """Those of the portfolios whose people somebody may see."""
        return super().visible_to(user, verb)


@versioned
class Team(Row):
    """People who are managed together; its portfolio decides who may see and book them."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="teams")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="resource manager",
    )
    is_active = models.BooleanField("in use", default=True)

    told_with = Verb.SEE_RESOURCES

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "team"
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="team_not_below_itself")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio


class OfTeamQuerySet(RowQuerySet):
    """Rows that are seen where their team is seen; everybody also sees what is their own."""

    place = "team__portfolio__"
    own = "person"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RESOURCES) -> Self:
        """What the person may see (or may do this to), and what is their own."""
        seen = access.condition(user, verb, self.place)
        if seen is None:
            return self
        mine = Q(**{self.own: user}) if verb.reads and getattr(user, "is_active", False) else None
        if seen is access.NOTHING:
            return self.filter(mine) if mine else self.none()
        return self.filter(seen | mine) if mine else self.filter(seen)
