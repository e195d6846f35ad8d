"""Past plans: what was chosen, what was believed then, and what has happened since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.urls import reverse

from mainstay.authorisation.models import Decision, DecisionKind, DecisionLine, Outcome
from mainstay.charts import words
from mainstay.cockpit.value.facts import MONEY, NOUNS, register_of
from mainstay.core.roles import Role
from mainstay.core.templatetags.figures import day
from mainstay.core.verbs import Verb
from mainstay.monitoring.dashboard.money import money_in
from mainstay.portfolio.dashboard import Cell, Content, Empty, Indicator, Part, Question, Sight, Table, figure
from mainstay.portfolio.models import Phase
from mainstay.value.queries import rates_on

MOST_SHOWN = 12
LEFT = (Outcome.WAITING, Outcome.REJECTED)
DEFINITIONS = {
    "plans": "Plans that were adopted, stand, and authorised anything of what is looked at.",
    "cost": "What authorised work was to cost when the plans were adopted.",
    "now": "What the same work will have cost: spent before this month and forecast from it on; where nothing is "
    "kept by month, its cost today.",
    "ended": "Of the authorised projects, those that were dropped since.",
    "later": "Candidates that were left out of a plan and are committed or finished today: their benefit came later "
    "than it could have.",
}


@dataclass
class Told:
    """One plan: what it authorised and left out, with what is known of it today."""

    decision: Any
    chosen: list[Any] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """What is known today of the projects in sight, in one currency, by project."""

    phases: dict[int, str]
    cost: dict[int, float]
    planned: dict[int, float]
    came: dict[int, float]


def _plans(sight: Sight) -> Content:
    world = world_of(sight)
    told = _told(sight, world)
    if not told:
        return Content(empty=Empty("No plan was adopted here yet.", "/authorise/decisions/", "Decisions"))
    chosen = {line.project_id: line for plan in told for line in plan.chosen}
    rates = rates_on(sight.day, {plan.decision.currency for plan in told} | {sight.currency}, sight.as_of)
    believed = sum(_in(rates, plan, line.cost, sight) for plan in told for line in plan.chosen)
    now = sum(world.cost.get(pk, 0.0) for pk in chosen)
    dropped = sum(1 for pk in chosen if world.phases[pk] == Phase.DROPPED)
    left = {pk for plan in told for pk in plan.left} - chosen.keys()
    later = sum(1 for pk in left if world.phases[pk] in (Phase.COMMITTED, Phase.FINISHED))
    url = sight.links.page("/authorise/decisions/")
    count = words.counted(len(chosen), "project")
    figures = (
        Indicator("Plans", words.number(len(told)), DEFINITIONS["plans"], url, count, amount=len(told)),
        _money("Believed cost", "cost", believed, "", sight),
        _money("Cost now", "now", now, gap(believed, now), sight),
        _count("Dropped since", "ended", dropped, len(chosen), "authorised projects", sight),
        _count("Left out, done later", "later", later, len(left), "left out", sight),
    )
    rows = tuple(_row(plan, world, rates, sight) for plan in told[:MOST_SHOWN])
    heads = ("Plan", "Decided", "Chosen", "Finished", "Believed cost", "Cost now", "Benefits due", "Came", "Left out")
    told_gap = gap(believed, now)
    return Content(
        "",
        f"authorised work costs {told_gap}" if told_gap else "",
        figures,
        tables=(Table(heads, rows, "Plans, the latest first"),),
    )


def _money(label: str, key: str, amount: float, beside: str, sight: Sight) -> Indicator:
    url = sight.links.page("/authorise/decisions/")
    return Indicator(label, words.money(amount, sight.currency), DEFINITIONS[key], url, beside, amount=amount)


def _count(label: str, key: str, count: int, of: int, noun: str, sight: Sight) -> Indicator:
    url = sight.links.page("/authorise/decisions/")
    return Indicator(label, words.number(count), DEFINITIONS[key], url, amount=count, have=count, of=of, noun=noun)


def world_of(sight: Sight) -> World:
    rows = list(
        sight.with_figures().order_by().values_list(sight.reading.key, "stage__phase", "currency", "cost_seen")
    )
    money, month = money_in(sight), sight.day.replace(day=1)
    rates = rates_on(sight.day, {row[2] for row in rows} | {sight.currency}, sight.as_of)
    factors = {code: rates.factor(code, sight.currency) or 0.0 for code in {row[2] for row in rows}}
    cost = {
        pk: float(money[pk][1].outlook(month) if pk in money else given or 0) * factors[code]
        for pk, _, code, given in rows
    }
    register = register_of(sight)
    planned, came = (_by_project(register, each) for each in (register.now.planned, register.now.came))
    return World({row[0]: row[1] for row in rows}, cost, planned, came)


def _by_project(register: Any, values: Any) -> dict[int, float]:
    ids, place = np.unique(register.benefits.project[register.money], return_inverse=True)
    sums = np.bincount(place, weights=values[register.money], minlength=len(ids))
    return dict(zip(ids.tolist(), sums.tolist(), strict=True))


def _told(sight: Sight, world: World) -> list[Told]:
    """Adopted plans that stand and authorised something in sight, the latest first."""
    decisions = Decision.objects.as_of(sight.as_of).visible_to(sight.user, Verb.SEE_FIGURES)
    decisions = decisions.filter(kind=DecisionKind.PLAN, undone_at=None).order_by("-decided_at")
    plans = {one.row_id: Told(one) for one in decisions}
    lines = DecisionLine.objects.filter(decision__in=plans, project__in=world.phases).order_by("pk")
    for line in lines.filter(outcome__in=[Outcome.AUTHORISED, *LEFT]):
        plan = plans[line.decision_id]
        if line.outcome == Outcome.AUTHORISED:
            plan.chosen.append(line)
        else:
            plan.left.append(line.project_id)
    return [plan for plan in plans.values() if plan.chosen]


def _in(rates: Any, plan: Told, amount: Any, sight: Sight) -> float:
    return float(amount) * (rates.factor(plan.decision.currency, sight.currency) or 0.0)


def gap(believed: float, now: float) -> str:
    if not believed:
        return ""
    share = now / believed - 1
    return f"{words.percent(abs(share))} {'more' if share > 0 else 'less'} than believed"


def _row(plan: Told, world: World, rates: Any, sight: Sight) -> tuple[Cell, ...]:
    ids = [line.project_id for line in plan.chosen]
    finished = sum(1 for pk in ids if world.phases[pk] == Phase.FINISHED)
    believed = sum(_in(rates, plan, line.cost, sight) for line in plan.chosen)
    sums = [sum_of(each, ids) for each in (world.cost, world.planned, world.came)]
    return (
        Cell(plan.decision.title, reverse("plan_learning", args=[plan.decision.row_id]) + sight.links.query),
        Cell(day(plan.decision.decided_at.date())),
        figure(words.number(len(ids))),
        figure(words.number(finished)),
        *(figure(words.money(amount, sight.currency)) for amount in (believed, *sums)),
        figure(words.number(len(plan.left))),
    )


def sum_of(known: dict[int, float], ids: Iterable[int]) -> float:
    return sum(defaultdict(float, known)[pk] for pk in ids)


PARTS = (
    Part(
        "past_plans",
        "What we chose and what happened",
        Question.VALUE,
        _plans,
        NOUNS | MONEY | {"decision"},
        "Adopted plans with what their work was to cost, what it costs now, and the benefits due by now and read.",
        (Role.PMO_DIRECTOR,),
        is_wide=True,
        position=70,
    ),
)
