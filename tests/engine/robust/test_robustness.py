"""Core, borderline, exterior; plans compared over samples; what is worth knowing."""

import json

import pytest

from mainstay.engine.robust import (
    Estimate,
    SolvedSample,
    Uncertainty,
    core_indexes,
    robustness,
    solve_sample,
    solve_samples,
)
from mainstay.engine.simulation import Discrete, Fixed
from tests.engine.robust.builders import budgeted, chosen

SAMPLES = 300
# The golden portfolio of five with a budget alone: A, B, C and E are worth 92.
GOLDEN = budgeted(320, A=(30, 100), B=(26, 90), C=(24, 80), D=(15, 60), E=(12, 50))
# One of two: A is worth 10 for sure, B 4.5 or 13.5.
ONE_OF_TWO = budgeted(1, A=(10, 1), B=(9, 1), C=(5, 2))
EITHER = Uncertainty((Estimate("B", "benefit", Discrete((0.5, 1.5), (0.5, 0.5)), 9.0),))


def test_without_uncertainty_the_plan_is_core_and_the_rest_exterior() -> None:
    samples = solve_samples(GOLDEN, Uncertainty(), range(3))
    assert [each.objective for each in samples] == [92.0] * 3
    found = {each.candidate: each.place for each in core_indexes(GOLDEN, samples)}
    assert found == {"A": "core", "B": "core", "C": "core", "E": "core", "D": "exterior"}


@pytest.fixture(scope="module")
def samples() -> tuple[SolvedSample, ...]:
    """Many ways in which B may come out, each with its best plan."""
    return solve_samples(ONE_OF_TWO, EITHER, range(SAMPLES))


def test_the_core_index_is_the_share_of_ways_in_which_a_candidate_is_best(samples) -> None:
    found = {each.candidate: each for each in core_indexes(ONE_OF_TWO, samples)}
    assert found["A"].low < 0.5 < found["A"].high
    assert found["A"].share + found["B"].share == 1.0
    assert [found[name].place for name in "ABC"] == ["borderline", "borderline", "exterior"]
    assert (found["C"].share, found["C"].low) == (0.0, 0.0)
    assert found["C"].high == pytest.approx(3.84 / (SAMPLES + 3.84), rel=0.01)


def test_plans_are_compared_over_all_samples(samples) -> None:
    found = robustness(ONE_OF_TWO, EITHER, samples, base=chosen("A"))
    first, second = found.plans
    share = next(each.share for each in found.indexes if each.candidate == "B")
    assert (first.chosen, first.mean, first.cvar, first.holds, first.regret) == (chosen("A"), 10.0, 10.0, 1.0, 3.5)
    assert first.mean_regret == pytest.approx(3.5 * share)
    assert (second.chosen, second.cvar, second.regret) == (chosen("B"), 4.5, 5.5)
    assert second.mean == pytest.approx(13.5 * share + 4.5 * (1 - share))
    assert {how: plan.chosen for how, plan in found.best.items()} == dict.fromkeys(
        ("cvar", "regret"), chosen("A")
    ) | {"mean": chosen("A") if second.mean < 10 else chosen("B")}


def test_knowing_the_uncertain_benefit_is_worth_what_the_closed_form_says(samples) -> None:
    """0.5 x 13.5 + 0.5 x 10 less 10: 1.75; and knowing everything is the same, since nothing else is uncertain."""
    found = robustness(ONE_OF_TWO, EITHER, samples, base=chosen("A"))
    [known] = found.information
    assert (known.candidate, known.name, known.when_high, known.when_low) == (
        "B",
        "benefit",
        pytest.approx(1, abs=0.1),
        pytest.approx(0, abs=0.1),
    )
    assert known.worth == pytest.approx(1.75, abs=0.3)
    assert found.perfect == pytest.approx(1.75, abs=0.3)
    assert abs(found.perfect - 1.75) < 4 * found.perfect_error


def test_a_plan_whose_cost_may_pass_the_budget_holds_only_sometimes() -> None:
    uncertainty = Uncertainty((Estimate("A", "cost", Discrete((1, 2), (0.7, 0.3)), 0.0, ("money",)),))
    samples = solve_samples(ONE_OF_TWO, uncertainty, range(100))
    found = robustness(ONE_OF_TWO, uncertainty, samples, base=chosen("A"))
    assert found.plans[0].holds == pytest.approx(0.7, abs=0.18)
    assert found.plans[0].regret == 0.0
    assert found.best["regret"].holds >= found.plans[0].holds


def test_a_sample_is_the_same_whoever_solves_it_and_survives_being_written() -> None:
    alone = solve_sample(ONE_OF_TWO, EITHER, 7, seed=1)
    among = solve_samples(ONE_OF_TWO, EITHER, range(5, 9), seed=1, first=chosen("A"))
    assert among[2] == alone
    assert SolvedSample.from_dict(json.loads(json.dumps(alone.to_dict()))) == alone


def test_samples_without_a_plan_are_counted_apart() -> None:
    problem = budgeted(1, A=(10, 1)).with_forced("A", "in")
    uncertainty = Uncertainty((Estimate("A", "cost", Discrete((1, 2), (0.5, 0.5)), 0.0, ("money",)),))
    samples = solve_samples(problem, uncertainty, range(40))
    found = robustness(problem, uncertainty, samples, base=chosen("A"))
    assert found.samples + found.without == 40
    assert 8 < found.without < 32
    assert found.indexes[0].place == "core"


def test_without_any_plan_there_is_nothing_to_say() -> None:
    problem = budgeted(1, A=(10, 2)).with_forced("A", "in")
    samples = solve_samples(problem, Uncertainty(), range(2))
    with pytest.raises(ValueError, match="No sample has a plan"):
        robustness(problem, Uncertainty(), samples)


def test_a_cancelled_row_of_samples_stops() -> None:
    asked = iter([False, False, True])
    found = solve_samples(
        ONE_OF_TWO, Uncertainty((Estimate("A", "b", Fixed(1)),)), range(9), cancelled=lambda: next(asked, True)
    )
    assert len(found) < 3
