"""The five projects whose answers were worked out by hand and by trying every plan."""

import pytest

from mainstay.engine.selection import (
    Answer,
    Explanation,
    answer_to_dict,
    marginal_worth,
    problem_sha256,
    read_problem,
    solve,
)
from tests.engine.selection.builders import example


@pytest.fixture(scope="module")
def answer() -> Answer:
    return solve(read_problem(example("five-projects")), explain="all")


def explanation(answer: Answer, candidate: str) -> Explanation:
    return next(each for each in answer.explanations if each.candidate == candidate)


def test_a_budget_alone_chooses_a_b_c_and_e_worth_92():
    answer = solve(read_problem(example("budget-only")))
    assert (answer.status, answer.objective, answer.bound, answer.gap) == ("optimal", 92, 92, 0)
    assert answer.chosen_ids() == ("A", "B", "C", "E")


def test_with_scarce_skills_the_same_four_are_worth_89_and_the_tie_is_settled(answer: Answer):
    assert (answer.status, answer.objective, answer.bound, answer.gap) == ("optimal", 89, 89, 0)
    starts = {each.candidate: each.start for each in answer.chosen}
    assert starts == {"A": 2, "B": 0, "C": 0, "E": 1}


def test_the_use_of_every_limit_is_told_by_period(answer: Answer):
    money, skill1, _ = answer.limits
    assert (money.used, money.slack, money.binding, money.used_by_period) == (320, 0, True, ())
    assert skill1.used_by_period == (3, 3, 2, 2)
    assert skill1.slack_by_period == (0, 0, 1, 1)
    assert (skill1.used, skill1.slack, skill1.binding) == (10, 0, True)


def test_d_would_cost_8_and_displace_c(answer: Answer):
    why = explanation(answer, "D")
    assert (why.chosen, why.price_of_inclusion, why.value_of_having) == (False, 8, None)
    assert (why.displaces, why.enters, why.objective, why.proven) == (("C",), (), 81, True)


@pytest.mark.parametrize(("candidate", "value"), [("A", 14), ("B", 12), ("C", 8), ("E", 11)])
def test_each_chosen_project_is_worth_what_is_lost_without_it(answer: Answer, candidate: str, value: float):
    why = explanation(answer, candidate)
    assert (why.chosen, why.value_of_having, why.price_of_inclusion, why.flip) == (True, value, None, ())


def test_10_more_money_bring_d_in_and_e_out(answer: Answer):
    (flip,) = explanation(answer, "D").flip
    assert (flip.limit, flip.change, flip.objective, flip.proven) == ("money", 10, 92, True)
    assert (flip.then_enters, flip.then_leaves) == (("D",), ("E",))


def test_380_buy_all_five_for_103():
    answer = solve(read_problem(example("five-projects")).with_more({"money": 60}))
    assert (answer.objective, answer.chosen_ids()) == (103, ("A", "B", "C", "D", "E"))


def test_one_more_of_either_skill_is_worth_nothing_and_of_both_2():
    worths = marginal_worth(read_problem(example("five-projects")), pairs=True)
    assert all(each.proven for each in worths)
    assert {each.limits: each.worth for each in worths} == {
        ("money",): 0,
        ("skill1",): 0,
        ("skill2",): 0,
        ("money", "skill1"): 0,
        ("money", "skill2"): 0,
        ("skill1", "skill2"): 2,
    }


def test_10_more_money_are_worth_3():
    worths = marginal_worth(read_problem(example("five-projects")), step=10)
    assert {each.limits: each.worth for each in worths}[("money",)] == 3


def test_the_answer_is_written_as_the_format_says(answer: Answer):
    written = answer_to_dict(answer)
    assert written["format"] == "mainstay-plan-answer/1"
    assert written["chosen"][0] == {"candidate": "A", "option": "full", "start": 2}
    assert written["limits"][0]["used"] == 320
    assert written["problem_sha256"] == problem_sha256(read_problem(example("five-projects")))
    assert written["explanations"][3]["flip"] == [
        {
            "limit": "money",
            "change": 10,
            "then_enters": ["D"],
            "then_leaves": ["E"],
            "objective": 92,
            "proven": True,
            "at_least": 10,
        }
    ]
    assert {type(each) for each in written["explanations"][3]["displaces"]} == {str}
    assert written["solver"].startswith("HiGHS 1.")
    assert written["seed"] == 0
    assert written["conflict"] is None
