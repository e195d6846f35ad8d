"""Creating, changing, weighing and removing goals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.strategy.models import Goal, GoalKind
from mainstay.strategy.operations.changing import change, last_position, next_code, weigh

FIELDS = frozenset(
    {
        "code", "name", "description", "kind", "parent", "portfolio", "owner", "perspective", "start_date",
        "end_date", "position", "is_closed",
    }
)  # fmt: skip


@operation(Verb.GOAL_CREATE)
def create_goal(
    portfolio: Portfolio | None,
    *,
    actor: Actor,
    name: str,
    parent: Goal | None = None,
    kind: str = GoalKind.OBJECTIVE,
    **fields: Any,
) -> Goal:
    """Write down a goal of the whole organisation, or of a portfolio, under another goal or at the top."""
    _refuse_unseen(parent, actor)
    goal = Goal(portfolio=portfolio, parent=parent, kind=kind, name=name.strip())
    change(goal, FIELDS - {"portfolio", "parent", "kind", "name"}, fields)
    goal.code = goal.code or next_code("G", Goal)
    if "position" not in fields:
        goal.position = last_position(siblings_of(goal))
    return history.create(goal)


@operation(Verb.GOAL_EDIT)
def edit_goal(
    goal: Goal, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Goal:
    """Change a goal, close it, or hang it elsewhere."""
    before = (goal.parent_id, goal.portfolio_id)
    change(goal, FIELDS, changes)
    if "portfolio" in changes:
        access.require(actor, Verb.GOAL_EDIT, goal.portfolio)
    if "parent" in changes:
        _refuse_unseen(goal.parent, actor)
        _refuse_circle(goal)
    if before != (goal.parent_id, goal.portfolio_id):
        goal.weight = Decimal(0)
    saved = history.save(goal)
    for child in Goal.objects.filter(parent=goal).select_related("portfolio"):
        child.parent = goal
        child.clean()
    return saved


@operation(Verb.GOAL_REMOVE)
def remove_goal(goal: Goal, *, actor: Actor, reason: str = "") -> None:
    """Take away a goal nothing hangs on; what was pursued is closed instead."""
    if goal.children.exists():
        raise Impossible(f"Other goals hang under {goal}. Move or remove them first, or close it instead.")
    if goal.contributions.exists():
        raise Impossible(f"Work contributes to {goal}. Close it instead, so that this stays on record.")
    if goal.key_results.exists():
        raise Impossible(f"{goal} has key results. Remove them first, or close it instead.")
    for cause in [*goal.causes.all(), *goal.effects.all()]:
        history.remove(cause)
    history.remove(goal)


@operation(Verb.GOALS_WEIGH)
def weigh_goals(
    goals: Sequence[Goal],
    *,
    actor: Actor,
    weights: Mapping[int, Decimal],
    versions: Mapping[int, int] | None = None,
    reason: str = "",
) -> int:
    """Say how much each of the open goals that hang together counts; gives the number of goals that changed."""
    if not goals:
        raise ValidationError({"weights": "There is nothing to weigh."})
    together = set(siblings_of(goals[0]).open().values_list("pk", flat=True))
    if together != {goal.pk for goal in goals}:
        raise ValidationError({"weights": "Weights are given to all open goals under one goal at once."})
    return weigh(goals, weights, versions, actor)


def siblings_of(goal: Goal) -> Any:
    """The goals that share its parent, itself included; at the top those of the same portfolio."""
    if goal.parent_id:
        return Goal.objects.filter(parent_id=goal.parent_id)
    return Goal.objects.filter(parent=None, portfolio_id=goal.portfolio_id)


def _refuse_unseen(parent: Goal | None, actor: Actor) -> None:
    if parent is not None and not Goal.objects.visible_to(actor).filter(pk=parent.pk).exists():
        raise ValidationError({"parent": "There is no such goal, or it is not open to you."})


def _refuse_circle(goal: Goal) -> None:
    above, seen = goal.parent, set[int]()
    while above is not None and above.pk not in seen:
        if above.pk == goal.pk:
            raise ValidationError({"parent": "It cannot hang under itself."})
        seen.add(above.pk)
        above = above.parent
