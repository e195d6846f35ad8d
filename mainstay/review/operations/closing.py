"""Preparing and completing the closure of a project; a complete closure plans the review."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mainstay.core import history
from mainstay.core.errors import Impossible, Stale
from mainstay.core.models import Person
from mainstay.core.operation import changes_since, operation
from mainstay.core.reactions import tell
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.money.queries import money_of
from mainstay.portfolio.models import Phase, Portfolio, Project
from mainstay.portfolio.operations.tree import change
from mainstay.review.checklist import MONTHS, open_items, rule_for, sound_answers
from mainstay.review.models import ClosingRule, Closure, PostReview

CLOSURE_FIELDS = frozenset({"answers", "note", "final_cost", "final_end"})


@operation(Verb.CLOSINGRULE_SET)
def set_closing_rule(portfolio: Portfolio, *, actor: Actor, asks: bool, months: int, reason: str = "") -> ClosingRule:
    """Say whether work of a portfolio closes by checklist, and how long after that it is reviewed."""
    rule = ClosingRule.objects.filter(portfolio=portfolio).first() or ClosingRule(portfolio=portfolio)
    rule.asks, rule.months = asks, months
    return history.save(rule) if rule.pk else history.create(rule)


@operation(Verb.CLOSURE_PREPARE)
def prepare_closure(
    project: Project, *, actor: Actor, shown: int | None = None, reason: str = "", **fields: Any
) -> Closure:
    """Answer the checklist of a project's closure; `shown` is the version somebody had before them, 0 for none.

    A complete closure is opened again by this, unless the project is over.
    """
    closure = Closure.objects.select_for_update(of=("self",)).filter(project=project).first()
    _refuse_stale(closure, shown, actor)
    closure = closure or Closure(project=project)
    _refuse_over(project, closure)
    change(closure, CLOSURE_FIELDS, fields)
    closure.answers = sound_answers(closure.answers)
    closure.closed_on = closure.closed_by = None
    return history.save(closure) if closure.pk else history.create(closure)


def _refuse_stale(closure: Closure | None, shown: int | None, actor: Actor) -> None:
    version = closure.version if closure else 0
    if shown is not None and shown != version:
        raise Stale("closure", shown, version, changes_since(closure, shown, actor) if closure else [])


def _refuse_over(project: Project, closure: Closure) -> None:
    if project.stage.phase == Phase.FINISHED and closure.closed_on:
        raise Impossible("The project is closed, and its closure stands. Its review tells what came later.")
    if project.stage.phase in {Phase.PIPELINE, Phase.DROPPED}:
        raise Impossible("Only work that was authorised is closed by checklist.")


@operation(Verb.CLOSURE_COMPLETE)
def complete_closure(
    closure: Closure, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Closure:
    """Freeze the figures a project ends with and plan its review; refused while any item is open."""
    project = closure.project
    if closure.closed_on:
        raise Impossible("The closure is complete already.")
    if left := open_items(project, closure):
        raise Impossible(" ".join(left))
    today = timezone.localdate(surrounding().now())
    spent = sum(money_of([project.pk])[project.pk].actual.values())
    closure.final_cost = closure.final_cost if closure.final_cost is not None else spent or project.cost
    closure.final_end = closure.final_end or today
    closure.planned_benefit = project.benefit
    closure.closed_on, closure.closed_by_id = today, actor.pk
    history.save(closure)
    _plan_review(project, today)
    return closure


def _plan_review(project: Project, today: date) -> None:
    """The review of the project, due months from now, led by whoever owns the project."""
    rule = rule_for(project)
    due = later(today, rule.months if rule else MONTHS)
    review = PostReview.objects.filter(project=project).first()
    if review is None:
        lead: Person | None = project.owner
        history.create(PostReview(project=project, due_date=due, led_by=lead))
        if lead is not None and lead.is_active:
            text = f"You lead the review of {project}, due on {day(due)}."
            transaction.on_commit(partial(tell, [lead], text, reverse("project_review", args=[project.code])))


def later(today: date, months: int) -> date:
    """The first day of the month after so many months, a day everybody finds in a calendar."""
    return month_after(today.replace(day=1), months)
