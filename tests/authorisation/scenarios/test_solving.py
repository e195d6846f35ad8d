"""Tests of solving scenarios: the golden five, options, starts, and what the lines say afterwards."""

from datetime import date
from typing import Any

import pytest

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.result import told_by
from mainstay.authorisation.scenarios.operations import arrange_scenario, freeze_scenario
from mainstay.authorisation.scenarios.problem import problem_of_scenario
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.scenarios.totals import totals
from mainstay.authorisation.why import reasons
from mainstay.core.errors import Impossible

pytestmark = pytest.mark.django_db


def test_the_golden_five_bring_89_with_d_left_out(five: Any) -> None:
    scenario = five.solved()
    assert scenario.solution is not None
    assert scenario.solution.status == "optimal"
    assert scenario.solution.answer["objective"] == 89
    chosen = PlanLine.objects.filter(scenario=scenario, is_in=True).values_list("project__code", flat=True)
    assert sorted(chosen) == ["A", "B", "C", "E"]
    assert totals(scenario, five.manager).value == 89
    assert totals(scenario, five.manager).over == []
    assert scenario.solution.solver.startswith(scenario.solution.answer["solver"][:4])


def test_d_is_explained_by_its_price_what_it_displaces_and_ten_more(five: Any) -> None:
    result = told_by(five.solved().solution)
    told = result.line("D").explanation
    assert told["price_of_inclusion"] == 8
    assert told["displaces"] == ["C"]
    ten = next(one for one in told["flip"] if one["limit"] == "budget")
    assert (ten["change"], ten["then_enters"], ten["then_leaves"]) == (10, ["D"], ["E"])
    sentences = " ".join(reasons(result, result.line("D")))
    assert "“Project C”" in sentences
    assert "GBP 10" in sentences
    assert "“Project E”" in sentences


def test_starts_that_move_take_their_end_along(five: Any) -> None:
    scenario = five.solved()
    rows = PlanLine.objects.filter(scenario=scenario, is_in=True).select_related("project")
    moved = [row for row in rows if row.start_date != date(2027, 1, 1)]
    assert moved
    for row in moved:
        months = (row.start_date.year - 2027) * 12 + row.start_date.month - 1
        then, now = row.project.end_date, row.end_date
        assert (now.year - then.year) * 12 + now.month - then.month == months


def test_what_is_settled_by_hand_stays_and_its_reason_is_kept(five: Any) -> None:
    scenario = five.scenario()
    entry = {"project": "D", "forced": "in", "reason": "The regulator asks for it"}
    scenario = arrange_scenario(scenario, actor=five.manager, lines=[entry])
    solved = solve_scenario_now(scenario, actor=five.manager, seconds=20)
    assert solved is not None
    assert solved.solution.answer["objective"] == 81
    assert told_by(solved.solution).line("D").forced_reason == "The regulator asks for it"
    assert five.line(solved, "D").is_in


def test_a_frozen_scenario_is_not_solved(five: Any) -> None:
    scenario = freeze_scenario(five.scenario(), actor=five.manager)
    with pytest.raises(Impossible, match="is frozen"):
        solve_scenario_now(scenario, actor=five.manager, seconds=5)
    assert Scenario.objects.get(pk=scenario.pk).solution is None


def test_a_window_of_nothing_fixes_every_start(five: Any) -> None:
    problem, _ = problem_of_scenario(five.scenario(rules={"window": 0}), five.manager)
    assert {option.starts for option in problem.options()} == {(0,)}


def test_more_budget_and_hires_widen_the_limits_from_a_day_on(five: Any) -> None:
    changes = [
        {"kind": "budget", "amount": "10", "from": "2027-02-01"},
        {"kind": "hire", "role": "skill2", "amount": "1", "from": "2027-07-01"},
    ]
    problem, _ = problem_of_scenario(five.scenario(changes=changes), five.manager)
    assert problem.limit("budget").total == 330
    assert problem.limit("role:skill2").by_period == (2.0, 2.0, 530.0, 530.0)


def test_no_project_moves_without_a_window_and_less_fits(five: Any) -> None:
    scenario = five.solved(rules={"window": 0})
    assert scenario.solution.answer["objective"] < 89
