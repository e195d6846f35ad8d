"""The selection: which candidates of a portfolio to choose within a budget, and by which rules."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models

from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio

MONEY: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class SelectionState(models.TextChoices):
    """Where a selection stands."""

    DRAFT = "draft", "Draft"
    SOLVED = "solved", "Solved"
    ADOPTED = "adopted", "Adopted"


class Committed(models.TextChoices):
    """What a selection does with the projects that are authorised or running already."""

    LEFT_OUT = "left_out", "Leave them out: the budget is for new projects only"
    KEPT = "kept", "Keep them: they stay in and count against the budget"
    FREE = "free", "Decide on them anew: they may leave the plan"


class FiguresQuerySet(RowQuerySet):
    """Rows made of business-case figures: seen only by those who may see the figures of the portfolio."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_FIGURES) -> Self:
        """What the person may see, where they may also see figures."""
        return super().visible_to(user, verb)


def by_dependencies() -> dict[str, Any]:
    """The rules of a new selection: the dependencies in the register hold, nothing else is asked."""
    return {"dependencies": True, "at_most_one": [], "forced": [], "shares": []}


def admitted() -> list[str]:
    """The stages a new selection takes its candidates from."""
    return ["candidate"]


@versioned
class Selection(Row):
    """A choice to be made: a portfolio, what shall be most, a budget, further limits, and rules."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="selections")
    name = models.CharField(max_length=120)
    maximise = models.CharField("what shall be most", max_length=60)
    budget = models.DecimalField(**MONEY, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3)
    stages = models.JSONField("stages of the candidates", default=admitted)
    committed = models.CharField(
        "projects already committed", max_length=10, choices=Committed.choices, default=Committed.LEFT_OUT
    )
    present = models.CharField("present selection", max_length=60, blank=True, default="")
    limits = models.JSONField("further limits", default=list, blank=True)
    rules = models.JSONField(default=by_dependencies, blank=True)
    state = models.CharField(max_length=10, choices=SelectionState.choices, default=SelectionState.DRAFT)
    solution = models.ForeignKey(
        "authorisation.Solution", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    figure_fields = frozenset({"budget", "limits", "rules"})

    objects = FiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "selection"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="selection_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def is_adopted(self) -> bool:
        """Whether it was decided; then it stays as it is."""
        return self.state == SelectionState.ADOPTED
