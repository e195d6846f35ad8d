"""What belongs to a goal and is seen with it."""

from typing import Any, Self

from mainstay.core.models import Row, RowQuerySet
from mainstay.core.verbs import Verb
from mainstay.strategy.models.goal import Goal


class OfGoalQuerySet(RowQuerySet):
    """Rows that belong to a goal; `way` leads to it."""

    way = "goal"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """What belongs to goals the person may see, or may do this to."""
        return self.filter(**{f"{self.way}__in": Goal.objects.visible_to(user, verb).values("pk")})


class OfGoal(Row):
    """A row that belongs to a goal."""

    objects = OfGoalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.goal.portfolio
