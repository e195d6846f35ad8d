"""What somebody does not want to be proposed again."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.resources.models.resource import Resource


class RefusedQuerySet(RowQuerySet):
    """Refusals: everybody sees their own."""

    place = "resource__team__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_RESOURCES) -> Self:
        """One's own, of people one may see."""
        return super().visible_to(user, verb).filter(person=user)


@versioned
class RefusedProposal(Row):
    """A proposal about somebody's bookings that a person has put aside; it stands last for that person."""

    told_with = Verb.SEE_RESOURCES

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    key = models.CharField("proposal", max_length=120)

    objects = RefusedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "refused proposal"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="proposal_refused_once")]

    def __str__(self) -> str:
        return f"a proposal for {self.resource}"

    @property
    def scope(self) -> Any:
        return self.resource.team.portfolio
