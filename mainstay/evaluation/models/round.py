"""The scoring round: several people judge the same projects by the same criteria, each blind to the others."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from mainstay.core import access
from mainstay.core.errors import FieldChange
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.evaluation.models.score_model import ScoreModel
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio, Project


class RoundState(models.TextChoices):
    """How far a scoring round has come."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    FINISHED = "finished", "Finished"


class Combined(models.TextChoices):
    """How several judgements become one figure."""

    MEAN = "mean", "Mean"
    MEDIAN = "median", "Median"


def seen_or_invited(rows: Any, user: Any, verb: Verb, invited: Any) -> Any:
    """Rows at places where the person may see judgements, and those the person is invited to."""
    if verb is not Verb.SEE_REGISTER:
        return RowQuerySet.visible_to(rows, user, verb)
    moderated = RowQuerySet.visible_to(rows, user, Verb.SEE_JUDGEMENTS)
    if user.pk is None or not access.may_somewhere(user, verb):
        return moderated
    return moderated | rows.identified_by(invited)


class RoundQuerySet(RowQuerySet):
    """Scoring rounds, seen by those who moderate them and by those invited."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """The rounds a person moderates, audits or is invited to."""
        invited = Evaluator.objects.filter(person_id=user.pk).values("round_id")
        return seen_or_invited(self, user, verb, invited)


@versioned
class ScoringRound(Row):
    """Invited people judge projects by the judged criteria of a score model, blind to each other until it closes."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="scoring_rounds")
    model = models.ForeignKey(ScoreModel, models.PROTECT, related_name="rounds")
    cycle = models.ForeignKey(Cycle, models.SET_NULL, null=True, blank=True, related_name="scoring_rounds")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField("edition of the model", editable=False)
    criteria = models.JSONField("criteria as they were asked", default=list, editable=False)
    due_date = models.DateField("judge until", null=True, blank=True)
    tolerance = models.DecimalField(
        "tolerance (points)",
        max_digits=5,
        decimal_places=1,
        default=Decimal(30),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    combined = models.CharField(max_length=10, choices=Combined.choices, default=Combined.MEAN)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN, editable=False)
    turn = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "scoring round"
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="round_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Any:
        return self.portfolio

    @property
    def is_open(self) -> bool:
        """Whether people are judging now."""
        return self.state == RoundState.OPEN

    @property
    def labels(self) -> list[str]:
        """The names of the criteria that are judged."""
        return [criterion["label"] for criterion in self.criteria]

    def changes_since(self, version: int, reader: Any) -> list[FieldChange]:
        """What others changed in it since a version, its people included."""
        from mainstay.evaluation.round_changes import round_changes

        return round_changes(self, version, reader)


class EvaluatorQuerySet(RowQuerySet):
    """Evaluators, seen with their round."""

    place = "round__portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """Who was invited to the rounds a person may see."""
        return self.filter(round__in=ScoringRound.objects.visible_to(user, verb).values("pk"))


@versioned
class Evaluator(Row):
    """Somebody invited to judge in a scoring round, and the projects that were opened to them for it."""

    round = models.ForeignKey(ScoringRound, models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gained = models.JSONField("projects opened for it", default=list, blank=True)

    objects = EvaluatorQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        verbose_name = "evaluator"
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="evaluator_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.round}"

    @property
    def scope(self) -> Any:
        return self.round.portfolio


class RoundItemQuerySet(RowQuerySet):
    """Projects in a round, seen where both the round and the project are."""

    place = "project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """The projects of rounds a person may see, as far as they may see the projects."""
        rounds = ScoringRound.objects.visible_to(user).values("pk")
        return super().visible_to(user, verb).filter(round__in=rounds)


@versioned
class RoundItem(Row):
    """A project in a scoring round: in which turn it is judged, and in the end what the judgements came to."""

    round = models.ForeignKey(ScoringRound, models.CASCADE, related_name="items")
    project = models.ForeignKey(Project, models.CASCADE, related_name="round_items")
    turn = models.PositiveSmallIntegerField(default=1, editable=False)
    result = models.JSONField(default=dict, blank=True, editable=False)

    figure_fields = frozenset({"result"})

    objects = RoundItemQuerySet.as_manager()

    class Meta:
        ordering = ["project__code"]
        verbose_name = "round item"
        constraints = [models.UniqueConstraint(fields=["round", "project"], name="round_item_once")]

    def __str__(self) -> str:
        return f"{self.project} in {self.round}"

    @property
    def scope(self) -> Any:
        return self.project
