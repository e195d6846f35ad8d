"""How much a project moves a driver, and what each level means."""

from typing import Any, Self

from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.models.parts import PartQuerySet
from mainstay.strategy.models.driver import Driver


class Level(models.TextChoices):
    """The five levels of impact; where nobody rated there is no row, which is not None."""

    NONE = "none", "None"
    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    STRONG = "strong", "Strong"
    EXTREME = "extreme", "Extreme"

    @property
    def points(self) -> int:
        """The level as points from 0 to 100."""
        return 25 * list(Level).index(self)


NO_RATING = "No rating"


class StatementQuerySet(RowQuerySet):
    """Impact statements, seen with their driver."""

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Those of drivers the person may see."""
        return self.filter(driver__in=Driver.objects.visible_to(user, verb).values("pk"))


@versioned
class ImpactStatement(Row):
    """What a level of impact on a driver means, in a sentence everybody understands alike."""

    driver = models.ForeignKey(Driver, models.CASCADE, related_name="statements")
    level = models.CharField(max_length=10, choices=Level.choices)
    text = models.CharField(max_length=300)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["driver", "pk"]
        verbose_name = "impact statement"
        constraints = [models.UniqueConstraint(fields=["driver", "level"], name="impact_statement_once")]

    def __str__(self) -> str:
        return f"{self.driver}: {self.get_level_display()}"

    @property
    def scope(self) -> Any:
        return self.driver.portfolio


@versioned
class Impact(Row):
    """How much a project moves a driver, on five levels."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="impacts")
    driver = models.ForeignKey(Driver, models.PROTECT, related_name="impacts")
    level = models.CharField(max_length=10, choices=Level.choices)
    note = models.CharField(max_length=300, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["project", "driver"]
        verbose_name = "impact"
        constraints = [models.UniqueConstraint(fields=["project", "driver"], name="impact_once")]

    def __str__(self) -> str:
        return f"{self.project}: impact on a driver"

    @property
    def scope(self) -> Any:
        return self.project
