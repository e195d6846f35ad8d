"""The answer is told in sentences that hold word for word."""

from dataclasses import replace
from decimal import Decimal

from mainstay.authorisation import questions, sentences
from mainstay.authorisation.impossible import conflict
from mainstay.authorisation.result import result_of
from mainstay.authorisation.solving import explained, solve_now
from mainstay.authorisation.why import why
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.setup import create_field
from tests.authorisation.conftest import candidate

WHY_OF_THE_GOLDEN_PLAN = {
    "A": "Without it the plan would bring GBP 15 of benefit less, even with “Project D” in its place.",
    "B": "Without it the plan would bring GBP 11 of benefit less, even with “Project D” in its place.",
    "C": "Without it the plan would bring GBP 9 of benefit less, even with “Project D” in its place.",
    "D": (
        "Including it would cost GBP 9 of benefit: “Project C” would have to leave. "
        "It comes in with GBP 10 more budget; then “Project E” leaves."
    ),
    "E": "Without it the plan would bring GBP 12 of benefit less.",
}


def solved(golden, **terms):
    return result_of(golden.solved(**terms))


def told(result, code):
    return why(result, result.line(code))


def rules(**more):
    return {"dependencies": True, "at_most_one": [], "forced": [], "shares": []} | more


def forced(code, way, reason="Required by law"):
    return {"code": code, "way": way, "reason": reason}


def test_the_golden_portfolio_is_found(golden):
    result = solved(golden)
    assert [line.code for line in result.ins] == ["A", "B", "C", "E"]
    assert sentences.finding(result) == "4 of 5 candidates fit into GBP 320; they bring GBP 92 of benefit."
    assert sentences.proof(result) == "Proven: no other choice within the limits and rules brings more."


def test_every_candidate_of_the_golden_portfolio_is_told_why(golden):
    result = solved(golden)
    assert {line.code: why(result, line) for line in result.lines} == WHY_OF_THE_GOLDEN_PLAN


def test_a_larger_budget_takes_all(golden):
    assert sentences.finding(solved(golden, budget=Decimal(380))) == (
        "5 of 5 candidates fit into GBP 380; they bring GBP 107 of benefit."
    )


def test_one_candidate_is_told_in_the_singular(golden):
    assert sentences.finding(solved(golden, budget=Decimal("50.50"))) == (
        "1 of 5 candidates fits into GBP 50.50; it brings GBP 12 of benefit."
    )


def test_nothing_fits_into_nothing(golden):
    assert sentences.finding(solved(golden, budget=Decimal(0))) == (
        "None of the 5 candidates is worth choosing within GBP 0."
    )


def test_the_plan_is_compared_with_the_present_selection(golden):
    create_field(None, actor=MAINSTAY, key="chosen", label="Chosen", kind="yes_no")
    for code, benefit, cost in (("F", 40, 60), ("G", 20, 200)):
        candidate(golden.portfolio, code, benefit, cost, custom={"chosen": True})
    result = solved(golden, present="custom.chosen")
    assert result.present.count == 2
    assert (result.present.value, result.present.cost) == (60, 260)
    assert [line.code for line in result.changes("dropped")] == ["G"]
    assert [line.code for line in result.changes("kept")] == ["F"]
    assert sentences.finding(result) == (
        "4 of 7 candidates fit into GBP 320; they bring GBP 111 of benefit, 85% more than the present selection."
    )


def test_what_is_forced_says_its_reason(golden):
    result = solved(golden, rules=rules(forced=[forced("D", "in"), forced("A", "out", "Too early.")]))
    assert told(result, "D") == "In because of “Required by law”."
    assert told(result, "A") == "Out because of “Too early”."
    assert [line.code for line in result.ins] == ["B", "C", "D", "E"]


def test_a_candidate_that_needs_a_project_outside_the_choice_is_out(golden, world):
    add_dependency(golden.project("A"), actor=MAINSTAY, needs=world.depot)
    assert told(solved(golden), "A") == (
        "Out because it requires a project that is neither committed nor a candidate."
    )


def test_a_conflict_names_the_smallest_set(golden):
    everything = [forced(code, "in") for code in ("A", "B", "C", "D")]
    result = solved(golden, budget=Decimal(200), rules=rules(forced=everything))
    assert sentences.finding(result) == "No choice of candidates keeps every limit and rule."
    assert conflict(result) == (
        "“Project A” (required by law), “Project B” (required by law) and “Project C” (required by law) "
        "have to be in and need GBP 270 together, more than the budget of GBP 200."
    )


def test_one_project_that_has_to_be_in_without_money_is_a_conflict_of_one_sentence(golden):
    assert conflict(solved(golden, budget=Decimal(0), rules=rules(forced=[forced("A", "in")]))) == (
        "“Project A” (required by law) has to be in and needs GBP 100, more than the budget of GBP 0."
    )


def test_a_share_that_nobody_can_fill_is_told_in_its_own_words(golden):
    asked = rules(forced=[forced("A", "in")], shares=[{"theme": "Rivers", "min": "40"}])
    assert conflict(solved(golden, rules=asked)) == (
        "These cannot hold together, but without any one of them the others could: "
        "Rivers takes at least 40% of what is spent and “Project A” is forced in (required by law)."
    )


def test_what_excludes_each_other_is_a_rule_with_its_own_words(golden):
    add_dependency(golden.project("A"), actor=MAINSTAY, needs=golden.project("B"), kind="excludes")
    both = [forced("A", "in"), forced("B", "in")]
    assert conflict(solved(golden, rules=rules(forced=both))) == (
        "These cannot hold together, but without any one of them the others could: at most one of “Project A” "
        "and “Project B” may be in, “Project A” is forced in (required by law) and “Project B” is forced in "
        "(required by law)."
    )


def test_who_would_come_in_and_who_would_leave_stand_in_one_sentence(golden):
    result = solved(golden)
    swapped = {"displaces": ["E"], "enters": ["D"], "value_of_having": 9, "at_least": 9}
    assert why(result, replace(result.line("C"), explanation={**result.line("C").explanation, **swapped})) == (
        "Without it the plan would bring GBP 9 of benefit less: “Project E” would have to leave too, "
        "and “Project D” would come in."
    )


def test_rules_are_told_with_names_once_there_is_an_answer(golden):
    asked = rules(
        at_most_one=[["A", "B"]],
        forced=[forced("D", "in")],
        shares=[{"theme": "Rivers", "min": "", "max": "40"}],
    )
    selection = golden.solved(rules=asked)
    assert questions.rules(selection, result_of(selection)) == [
        "The dependencies of the register hold.",
        "At most one of Project A (A) and Project B (B).",
        "Project D (D) is always in: Required by law",
        "Rivers takes at most 40% of what is spent.",
    ]
    assert questions.rules(selection, None)[1] == "At most one of A and B."


def test_without_explanations_the_figures_speak(golden):
    result = result_of(solve_now(golden.prepare(), actor=golden.manager, seconds=10))
    assert told(result, "A") == "It ranks 1 of 5 by what it brings for its cost."
    assert told(result, "D") == "GBP 0 is left, too little for it; it ranks 4 of 5 by what it brings for its cost."


def test_a_candidate_is_explained_on_demand(golden):
    result = result_of(solve_now(golden.prepare(), actor=golden.manager, seconds=10))
    assert why(result, explained(result, result.line("D"))) == WHY_OF_THE_GOLDEN_PLAN["D"]


def test_what_is_left_out_is_said_and_never_zero(golden):
    candidate(golden.portfolio, "F", 50, 1, currency="EUR")
    result = solved(golden)
    assert len(result.lines) == 5
    assert result.solution.left_out == [
        {
            "id": golden.project("F").pk,
            "code": "F",
            "name": "Project F",
            "why": "Its figures are in EUR, the selection is in GBP.",
            "is_barred": False,
        }
    ]
    assert sentences.left_out(result.solution.left_out) == (
        "1 project was left out for want of a figure; none is counted as zero."
    )


def in_between(result, code, **told):
    """A line whose explanation is not proven."""
    line = result.line(code)
    return why(result, replace(line, explanation={**line.explanation, "proven": False, **told}))


NOT_PROVEN = "Not every figure is proven: where two are given, the truth lies between them."


def test_what_is_not_proven_is_told_within_its_bounds(golden):
    result = solved(golden)
    flip = [{**result.line("D").explanation["flip"][0], "proven": False, "at_least": 4}]
    assert in_between(result, "D", at_least=3, flip=flip) == (
        "Including it would cost at least GBP 3 of benefit, at most GBP 9 of benefit: "
        "“Project C” would have to leave. "
        f"It comes in with at least GBP 4, at most GBP 10, more budget; then “Project E” leaves. {NOT_PROVEN}"
    )
    assert in_between(result, "E", at_least=3) == (
        f"Without it the plan would bring at least GBP 3 of benefit, at most GBP 12 of benefit less. {NOT_PROVEN}"
    )


def test_what_may_cost_nothing_is_told_with_its_upper_bound_alone(golden):
    result = solved(golden)
    flip = [{**result.line("D").explanation["flip"][0], "proven": False, "at_least": 0}]
    for least in (0, -2, None):
        assert in_between(result, "D", at_least=least, flip=flip) == (
            "Including it would cost at most GBP 9 of benefit: “Project C” would have to leave. "
            f"It comes in with at most GBP 10 more budget; then “Project E” leaves. {NOT_PROVEN}"
        )


def test_an_exact_price_beside_an_unproven_flip_is_told_as_it_is(golden):
    assert in_between(solved(golden), "D", at_least=9, flip=[]) == (
        f"Including it would cost GBP 9 of benefit: “Project C” would have to leave. {NOT_PROVEN}"
    )
