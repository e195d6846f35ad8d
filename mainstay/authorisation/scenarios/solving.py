"""Solving a scenario: the solver works outside any transaction, then an operation keeps what it found."""

from datetime import timedelta
from typing import Unpack

from mainstay.authorisation.answering import Asking, answered, keep_answer
from mainstay.authorisation.candidates import Pool
from mainstay.authorisation.models import Forced, PlanLine, Scenario
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.periods import Periods, moved
from mainstay.authorisation.scenarios.problem import problem_of_scenario
from mainstay.authorisation.scenarios.rights import require_draft
from mainstay.authorisation.scenarios.ways import WHOLE, Offer
from mainstay.core import access, history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine


@operation(Verb.SCENARIO_SOLVE)
def solve_scenario(
    scenario: Scenario,
    *,
    actor: Actor,
    problem: engine.Problem,
    answer: engine.Answer,
    pool: Pool,
    expected_version: int | None = None,
) -> Scenario:
    """Keep the solver's answer with its problem, and write it into the lines; the solver worked before this began."""
    require_draft(scenario, actor)
    scenario.solution = keep_answer(scenario, actor, problem, answer, pool)
    if answer.status in {"optimal", "feasible"}:
        history.save_many(_lines(scenario, answer, actor))
    return history.save_whole(scenario)


def _lines(scenario: Scenario, answer: engine.Answer, actor: Actor) -> list[PlanLine]:
    """The lines of those that took part, as the answer has them."""
    frame = frame_of(scenario, actor)
    chosen = {choice.candidate: choice for choice in answer.chosen}
    rows = [row for row in scenario.lines.select_related("project") if row.project_id in frame.offers]
    for row in rows:
        offer = frame.offers[row.project_id]
        _place(row, offer, chosen.get(offer.code), frame.periods)
    return rows


def _place(row: PlanLine, offer: Offer, choice: engine.Choice | None, periods: Periods) -> None:
    row.is_in = choice is not None
    if choice is None:
        row.option = offer.stop.name if offer.stop else row.option
        return
    row.option = "" if choice.option == WHOLE else choice.option
    project = row.project
    if offer.stop is not None:
        months = offer.way(choice.option).late * periods.months
        row.start_date, row.end_date = project.start_date, project.end_date and moved(project.end_date, months)
        return
    if row.forced == Forced.IN and row.start_date and periods.place(row.start_date) == choice.start:
        return
    if offer.is_dated:
        months = 0 if offer.has_begun else (choice.start - offer.start) * periods.months
        row.start_date = moved(project.start_date, months) if months else project.start_date
        row.end_date = moved(project.end_date, months) if months and project.end_date else project.end_date
    else:
        row.start_date = periods.start(choice.start)
        row.end_date = periods.start(choice.start + offer.way(choice.option).duration) - timedelta(days=1)


def solve_scenario_now(scenario: Scenario, *, actor: Actor, **how: Unpack[Asking]) -> Scenario | None:
    """Solve a scenario as the register stands and keep the answer; None where there was none worth keeping."""
    access.require(actor, Verb.SCENARIO_SOLVE, scenario.portfolio)
    require_draft(scenario, actor)
    problem, pool = problem_of_scenario(scenario, actor)
    answer = answered(problem, None, **how)
    if answer is None:
        return None
    return solve_scenario(
        scenario, actor=actor, problem=problem, answer=answer, pool=pool, expected_version=scenario.version
    )
