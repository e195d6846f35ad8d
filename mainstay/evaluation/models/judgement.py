"""What evaluators say of the projects of a round, and where they stand aside."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet, versioned
from mainstay.core.verbs import Verb
from mainstay.evaluation.models.round import Evaluator, RoundItem, RoundState


def own_or_told(rows: Any, user: Any, own: Q, told: Q) -> Any:
    """A person's own rows, and those told to whoever may see judgements there."""
    if not access.may_somewhere(user, Verb.SEE_REGISTER):
        return rows.none()
    condition = access.condition(user, Verb.SEE_JUDGEMENTS, rows.place)
    mine = own if user.pk is not None else Q(pk__in=[])
    if condition is access.NOTHING:
        return rows.filter(mine)
    return rows.filter(mine | (told & condition if isinstance(condition, Q) else told))


class JudgementQuerySet(RowQuerySet):
    """Judgements; until its round closes each is known to its evaluator alone, whatever the way."""

    place = "item__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """One's own judgements, and those of closed turns where one may see judgements."""
        blind = Q(evaluator__round__state=RoundState.OPEN, turn__gte=F("evaluator__round__turn"))
        return own_or_told(self, user, Q(evaluator__person_id=user.pk), ~blind)


@versioned
class Judgement(Row):
    """The level an evaluator chose for a project under one criterion, with the reasons given."""

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="judgements")
    item = models.ForeignKey(RoundItem, models.CASCADE, related_name="judgements")
    criterion = models.CharField(max_length=80)
    turn = models.PositiveSmallIntegerField(default=1)
    level = models.PositiveSmallIntegerField()
    points = models.FloatField()
    rationale = models.CharField(max_length=1000, blank=True)

    never_told = frozenset({"level", "points", "rationale"})

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["item__project__code", "criterion", "turn"]
        verbose_name = "judgement"
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "item", "criterion", "turn"], name="judgement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item.project}, {self.criterion}"

    @property
    def scope(self) -> Any:
        return self.item.project


class RecusalQuerySet(RowQuerySet):
    """Recusals; the reason is told to whoever may see judgements."""

    place = "item__project__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """One's own, and those where one may see judgements."""
        return own_or_told(self, user, Q(evaluator__person_id=user.pk), Q(item__isnull=False))


@versioned
class Recusal(Row):
    """An evaluator stands aside from judging a project, because of a conflict of interest."""

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="recusals")
    item = models.ForeignKey(RoundItem, models.CASCADE, related_name="recusals")
    reason = models.CharField(max_length=500)

    never_told = frozenset({"reason"})

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["item__project__code"]
        verbose_name = "recusal"
        constraints = [models.UniqueConstraint(fields=["evaluator", "item"], name="recusal_once")]

    def __str__(self) -> str:
        return str(self.item.project)

    @property
    def scope(self) -> Any:
        return self.item.project
