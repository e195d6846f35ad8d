"""The investment cycles: two that are decided, and the one that waits for its decision."""

import math
from functools import partial

from mainstay.authorisation.models import Committed, Selection
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.config.sample.biography import DECIDED
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, money
from mainstay.config.sample.staff import Staff
from mainstay.portfolio.models import Portfolio, Project, Stage
from mainstay.portfolio.operations.projects import authorise_project

PREPARED = -6
COMING_BUDGET = 48
SECONDS = 10.0
BESIDE = "Decided beside the cycle's budget, which is in pounds; the supplier is paid in {currency}."
RULES = {
    "dependencies": True,
    "at_most_one": [["WAT-014", "WAT-021"]],
    "forced": [{"code": "WAT-020", "way": "in", "reason": "Promised to the drinking water inspectorate."}],
    "shares": [{"theme": "Net zero", "min": "20"}],
}
BY_HAND = {
    2: [{"code": "POW-013", "way": "in", "reason": "Promised to the environment agency: the cables leak oil."}],
}
"""What the board settled itself, by cycle; the wind turbine, which would bring more, stayed out for it."""


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the cycles into the diary."""
    for cycle, day in DECIDED.items():
        own = [facts for facts in projects if facts.cycle == cycle]
        diary.enter(day, partial(_decide, cycle, _name(diary, day), own, staff), hour=14)
    diary.enter(PREPARED, partial(_prepare, _name(diary, PREPARED), staff), hour=10)


def _name(diary: Diary, day: int) -> str:
    year = diary.day(day).year
    return f"Investment cycle {year + 1}"


def _decide(cycle: int, name: str, candidates: list[Facts], staff: Staff) -> None:
    """Choose by benefit within a budget, and let the chair of the board adopt the plan."""
    winners = [facts for facts in candidates if facts.stage != "rejected"]
    losers = [facts for facts in candidates if facts.stage == "rejected"]
    for facts in winners:
        if facts.currency != "GBP":
            _authorise(facts, staff)
    rules = {"dependencies": True, "forced": BY_HAND.get(cycle, [])}
    selection = _solved(name, _budget(winners), staff, {"rules": rules})
    note = " ".join(f"{facts.name}: {facts.reason}" for facts in losers)
    adopt_selection(selection, actor=staff["helen"], reject_others=True, note=note)


def _budget(winners: list[Facts]) -> int:
    """What the winners cost, in whole millions."""
    return math.ceil(sum(facts.cost_was or facts.cost or 0 for facts in winners if facts.currency == "GBP"))


def _authorise(facts: Facts, staff: Staff) -> None:
    target, project = Stage.objects.get(key="authorised"), Project.objects.get(code=facts.code)
    reason = BESIDE.format(currency=facts.currency)
    authorise_project(project, actor=staff["helen"], target=target, reason=reason)


def _solved(name: str, budget: int, staff: Staff, terms: dict[str, object]) -> Selection:
    top = Portfolio.objects.get(code="NORTHMOOR")
    selection = prepare_selection(
        top, actor=staff["amara"], name=name, maximise="benefit", budget=money(budget), **terms
    )
    solve_now(selection, actor=staff["amara"], seconds=SECONDS, explain="few")
    return Selection.objects.get(pk=selection.pk)


def _prepare(name: str, staff: Staff) -> None:
    """The coming cycle: prepared and solved, not yet adopted."""
    _solved(name, COMING_BUDGET, staff, {"committed": Committed.LEFT_OUT, "rules": RULES})
