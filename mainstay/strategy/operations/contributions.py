"""What work does for goals: shares of a goal, never more than the whole."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Programme, Project
from mainstay.strategy.models import Contribution, Goal, GoalKind, KeyResult
from mainstay.strategy.models.standing import WHOLE


@operation(Verb.CONTRIBUTION_SET)
def set_contribution(
    work: Project | Programme,
    *,
    actor: Actor,
    goal: Goal,
    share: Decimal,
    key_result: KeyResult | None = None,
    note: str = "",
    expected_version: int | None = None,
    reason: str = "",
) -> Contribution:
    """Say which share of a goal is expected from a project or a programme; a second time changes the share."""
    goal = _held_goal(goal, actor)
    if key_result is not None and key_result.goal_id != goal.pk:
        raise ValidationError({"key_result": f"This is no key result of {goal}."})
    place = {"project" if isinstance(work, Project) else "programme": work}
    found = Contribution.objects.filter(goal=goal, key_result=key_result, **place).first()
    row = found or Contribution(goal=goal, key_result=key_result, **place)
    row.share, row.note = share, note.strip()
    _refuse_more_than_whole(row)
    return history.save(row) if found else history.create(row)


@operation(Verb.CONTRIBUTION_REMOVE)
def remove_contribution(contribution: Contribution, *, actor: Actor, reason: str = "") -> None:
    """Take a contribution back."""
    history.remove(contribution)


def _held_goal(goal: Goal, actor: Actor) -> Goal:
    """The goal, held until the end, so that two shares given at the same moment are added up."""
    held = Goal.objects.visible_to(actor).filter(pk=goal.pk).values("pk")
    fresh = Goal.objects.select_for_update(of=("self",)).filter(pk__in=held).first()
    if fresh is None:
        raise ValidationError({"goal": "There is no such goal, or it is not open to you."})
    if fresh.is_closed:
        raise Impossible(f"{fresh} is closed; nothing contributes to it any more.")
    if fresh.kind == GoalKind.VISION:
        raise ValidationError({"goal": "A vision is too wide for a share; name a theme or an objective of it."})
    return fresh


def share_taken(goal: Goal, but: Contribution | None = None) -> Decimal:
    """The share of a goal that is given away, also by work the asker may not see."""
    others = Contribution.objects.filter(goal=goal)
    if but is not None and but.pk:
        others = others.exclude(pk=but.pk)
    return others.aggregate(total=Sum("share"))["total"] or Decimal(0)


def _refuse_more_than_whole(row: Contribution) -> None:
    if row.share is None:
        return
    taken = share_taken(row.goal, but=row)
    if taken + row.share > WHOLE:
        told = (
            f"The shares of {row.goal} would add up to {_plain(taken + row.share)}%. "
            f"{_plain(taken)}% is given to other work, so at most {_plain(WHOLE - taken)}% is left."
        )
        raise ValidationError({"share": told})


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
