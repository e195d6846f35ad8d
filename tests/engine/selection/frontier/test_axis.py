"""What a frontier varies, and by how much."""

import pytest

from mainstay.engine.selection import Problem, read_problem
from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.reuse.known import plan_of
from tests.engine.selection.builders import candidate, example, problem


@pytest.fixture
def five() -> Problem:
    return read_problem(example("five-projects"))


def test_the_amount_of_a_limit_is_its_total_or_the_sum_of_its_periods(five: Problem):
    assert [Axis(five, each).present for each in ("money", "skill1", "skill2")] == [320, 12, 8]


def test_periods_keep_their_proportions():
    document = problem([candidate("A", 1)], periods=2)
    document["limits"] = [{"id": "people", "by_period": [1, 3]}]
    assert Axis(read_problem(document), "people").at(8).limit("people").by_period == (2, 6)


def test_the_present_amount_is_always_among_the_amounts(five: Problem):
    assert Axis(five, "money").amounts(5) == (160, 240, 320, 400, 480)
    assert Axis(five, "money").amounts(4) == (160, 320, 160 + 320 * 2 / 3, 480)
    assert Axis(five, "money").amounts(1) == (320,)


def test_a_measure_nobody_has_capped_goes_up_to_what_everybody_has():
    document = problem([candidate("A", 1), candidate("B", 1)])
    for each, risk in zip(document["candidates"], (4, 6), strict=True):
        each["options"][0]["measures"] = {"risk": risk}
    axis = Axis(read_problem(document), "risk")
    assert (axis.present, axis.amounts(3)) == (None, (0, 5, 10))


def test_a_floor_of_a_measure_stays_when_its_cap_is_varied():
    rules = ({"id": "both", "kind": "measure", "measure": "risk", "min": 2, "max": 5},)
    document = problem([candidate("A", 1)], rules=rules)
    document["candidates"][0]["options"][0]["measures"] = {"risk": 3}
    axis = Axis(read_problem(document), "risk")
    assert axis.present == 5
    assert [(rule.low, rule.high) for rule in axis.at(4).rules] == [(2, None), (None, 4)]


def test_the_least_amount_is_what_the_plan_needs(five: Problem):
    from mainstay.engine.selection import solve

    plan = plan_of(five, solve(five).chosen)
    assert [Axis(five, each).least(plan) for each in ("money", "skill1", "skill2")] == [320, 12, 8]


def test_what_is_neither_limit_nor_measure_is_refused(five: Problem):
    with pytest.raises(KeyError, match="gold"):
        Axis(five, "gold")


def test_a_limit_without_capacity_in_any_period_cannot_be_scaled():
    document = problem([candidate("A", 1)], periods=2)
    document["limits"] = [{"id": "people", "by_period": [0, 0]}]
    with pytest.raises(ValueError, match="no capacity"):
        Axis(read_problem(document), "people")


@pytest.mark.parametrize("amounts", [(), (-1,), (float("nan"),), tuple(range(1001))])
def test_amounts_that_make_no_sense_are_refused(five: Problem, amounts: tuple[float, ...]):
    with pytest.raises(ValueError):
        Axis(five, "money").checked(amounts)


@pytest.mark.parametrize("count", [0, 1001])
def test_no_points_and_too_many_are_refused(five: Problem, count: int):
    with pytest.raises(ValueError, match="1 to 1000"):
        Axis(five, "money").amounts(count)
