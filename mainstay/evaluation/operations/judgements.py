"""Judging a project in a round, and standing aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible, Missing
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Evaluator, Judgement, Recusal, RoundItem, ScoringRound

LONGEST = 1000


@dataclass(frozen=True)
class Said:
    """What an evaluator says under one criterion: the level, counted from 0, and why."""

    criterion: str
    level: int
    rationale: str = ""


@operation(Verb.JUDGEMENT_GIVE)
def give_judgements(item: RoundItem, *, actor: Actor, judgements: Sequence[Said]) -> int:
    """Say how a project does under the criteria of a round; gives the number of judgements that changed."""
    held, evaluator = _open_for(item, actor)
    if evaluator.recusals.filter(item=item).exists():
        raise Impossible("You stood aside from judging this project.")
    if not judgements:
        raise ValidationError({"judgements": "Choose a level for at least one criterion."})
    known = {row.criterion: row for row in evaluator.judgements.filter(item=item, turn=held.turn)}
    asked = {criterion["label"]: criterion for criterion in held.criteria}
    return sum(
        _give(said, asked, known, Judgement(evaluator=evaluator, item=item, turn=held.turn)) for said in judgements
    )


def _give(said: Said, asked: dict[str, Any], known: dict[str, Judgement], fresh: Judgement) -> bool:
    criterion = asked.get(said.criterion)
    if criterion is None:
        raise ValidationError({"judgements": f"There is no criterion {said.criterion} in this round."})
    if not 0 <= said.level < len(criterion["levels"]):
        raise ValidationError({"judgements": f"{said.criterion} has no such level."})
    row = known.get(said.criterion) or fresh
    before = row.version if row.pk else 0
    row.criterion, row.level, row.rationale = said.criterion, said.level, said.rationale.strip()
    row.points = float(criterion["levels"][said.level]["points"])
    row = history.save(row) if row.pk else history.create(row)
    history.about(row)
    return row.version != before


@operation(Verb.JUDGEMENT_RECUSE)
def recuse(item: RoundItem, *, actor: Actor, conflict: str) -> Recusal:
    """Stand aside from judging a project because of a conflict of interest; what one said of it in this turn goes."""
    _, evaluator = _open_for(item, actor)
    if not conflict.strip():
        raise ValidationError({"conflict": "Say what the conflict of interest is."})
    if evaluator.recusals.filter(item=item).exists():
        raise Impossible("You stood aside from judging this project already.")
    for row in evaluator.judgements.filter(item=item):
        history.remove(row)
    return history.about(history.create(Recusal(evaluator=evaluator, item=item, reason=conflict.strip())))


def _open_for(item: RoundItem, actor: Actor) -> tuple[ScoringRound, Evaluator]:
    """The round, held so that it cannot close meanwhile, and the evaluator the actor is in it."""
    held = ScoringRound.objects.select_for_update(of=("self",)).get(pk=item.round_id)
    evaluator = held.evaluators.filter(person_id=actor.pk).first() if actor.pk is not None else None
    if evaluator is None:
        raise Missing("There is no such round, or you are not invited to it.")
    if not held.is_open:
        raise Impossible(f"{held.name} is closed; nobody judges in it any more.")
    if item.turn != held.turn:
        raise Impossible("This project is not judged again; people agreed on it.")
    return held, evaluator
