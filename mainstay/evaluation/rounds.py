"""What the pages of scoring rounds read: the rounds, how far they are, and what one evaluator has still to judge."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import Grant, Person
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Evaluator, Judgement, Recusal, RoundItem, RoundState, ScoringRound

JUDGING_ROLES = tuple(role for role in Role if Verb.JUDGEMENT_GIVE in role.verbs)
OPEN, PART, DONE, RECUSED = "open", "part", "done", "recused"
STATE_WORDS = {OPEN: "To score", PART: "Begun", DONE: "Scored", RECUSED: "Stood aside"}


@dataclass(frozen=True)
class Task:
    """A project as one evaluator has it before them."""

    item: Any
    state: str
    given: int

    @property
    def words(self) -> str:
        """How far it is, in words."""
        return STATE_WORDS[self.state]

    @property
    def is_waiting(self) -> bool:
        """Whether something is left to do."""
        return self.state in {OPEN, PART}


@dataclass(frozen=True)
class Progress:
    """How far one evaluator is; never what they said."""

    evaluator: Any
    done: int
    recused: int
    total: int

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return (self.done + self.recused) / self.total if self.total else 1.0


def rounds_for(user: Any, as_of: datetime | None = None) -> Any:
    """The scoring rounds a person may see, the latest first."""
    rows = (
        ScoringRound.objects.as_of(as_of).visible_to(user).select_related("portfolio", "cycle", "moderator", "model")
    )
    return rows.order_by("-row_id" if as_of else "-pk")


def round_for(user: Any, round_id: int, as_of: datetime | None = None) -> Any:
    """A scoring round the person may see, as known at a moment."""
    held = rounds_for(user, as_of).identified_by([round_id]).first()
    if held is None:
        raise Missing("There is no such scoring round, or it is not open to you.")
    return held


def items_for(user: Any, held: Any) -> list[Any]:
    """The projects of a round as far as the person may see them."""
    rows = RoundItem.objects.visible_to(user).filter(round_id=held.row_id).select_related("project__stage")
    return list(rows.order_by("project__code"))


def evaluator_for(user: Any, held: Any) -> Any:
    """The evaluator a person is in a round; Missing where they are not invited."""
    evaluator = invited(user, held)
    if evaluator is None:
        raise Missing("There is no such round, or you are not invited to it.")
    return evaluator


def invited(user: Any, held: Any) -> Any:
    """The evaluator a person is in a round, or None."""
    return Evaluator.objects.filter(round_id=held.row_id, person_id=user.pk).first() if user.pk is not None else None


def tasks_of(user: Any, held: Any, evaluator: Any) -> list[Task]:
    """The projects an evaluator judges in this turn, in order, each with how far it is."""
    given = Counter(Judgement.objects.filter(evaluator=evaluator, turn=held.turn).values_list("item_id", flat=True))
    aside = set(Recusal.objects.filter(evaluator=evaluator).values_list("item_id", flat=True))
    items = [item for item in items_for(user, held) if item.turn == held.turn]
    return [Task(item, _state(item, given[item.pk], aside, held), given[item.pk]) for item in items]


def _state(item: Any, given: int, aside: set[int], held: Any) -> str:
    if item.pk in aside:
        return RECUSED
    if given >= len(held.criteria):
        return DONE
    return PART if given else OPEN


def waiting_for(user: Any) -> list[tuple[Any, int]]:
    """The open rounds in which a person has projects left to judge, with their number."""
    if not access.may_somewhere(user, Verb.JUDGEMENT_GIVE):
        return []
    mine = Evaluator.objects.filter(person_id=user.pk, round__state=RoundState.OPEN).select_related(
        "round__portfolio"
    )
    found = []
    for evaluator in mine:
        left = sum(task.is_waiting for task in tasks_of(user, evaluator.round, evaluator))
        if left:
            found.append((evaluator.round, left))
    return found


def progress_of(held: Any) -> list[Progress]:
    """How far each evaluator is in this turn, by name; numbers only."""
    total = RoundItem.objects.filter(round_id=held.row_id, turn=held.turn).count()
    rows = Judgement.objects.filter(evaluator__round_id=held.row_id, turn=held.turn, item__turn=held.turn)
    per_item = rows.order_by().values("evaluator_id", "item_id").annotate(given=Count("pk"))
    done = Counter(one["evaluator_id"] for one in per_item if one["given"] >= len(held.criteria))
    aside = Recusal.objects.filter(evaluator__round_id=held.row_id, item__turn=held.turn)
    recused = Counter(aside.order_by().values_list("evaluator_id", flat=True))
    evaluators = Evaluator.objects.filter(round_id=held.row_id).select_related("person").order_by("person__name")
    return [Progress(row, done[row.pk], recused[row.pk], total) for row in evaluators]


def own_words(evaluator: Any, item: Any) -> dict[str, Any]:
    """What an evaluator said last of a project, by criterion; in a later turn it begins with the turn before."""
    rows = Judgement.objects.filter(evaluator=evaluator, item=item).order_by("turn")
    return {row.criterion: row for row in rows}


def may_see_names(user: Any, held: Any) -> bool:
    """Whether a person may know who said what, once a turn is closed."""
    return access.may(user, Verb.SEE_JUDGEMENTS, held.portfolio)


def likely_evaluators(portfolio: Any) -> Any:
    """People who may judge in a portfolio already, by name."""
    grants = Grant.objects.in_force().filter(role__in=JUDGING_ROLES).values_list("person_id", "path")
    known = {person for person, path in grants if portfolio.path.startswith(path)}
    return Person.objects.active().filter(pk__in=known).order_by("name")
