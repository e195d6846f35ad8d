"""Samples: made from seed and number alone, and put into the problem as stated."""

import numpy as np
import pytest

from mainstay.engine.robust import Estimate, Uncertainty, Weights, sample, sampled_problem
from mainstay.engine.simulation import Fixed, Normal, Pert
from tests.engine.robust.builders import budgeted

PROBLEM = budgeted(10, A=(30, 4), B=(20, 5))


def test_the_same_seed_and_number_give_the_same_sample() -> None:
    uncertainty = Uncertainty((Estimate("A", "benefit", Pert(0.5, 1, 1.5), 30),), common=0.3)
    assert sample(uncertainty, 3, 11) == sample(uncertainty, 3, 11)
    assert sample(uncertainty, 3, 11).factors != sample(uncertainty, 3, 12).factors
    assert sample(uncertainty, 3, 11).factors != sample(uncertainty, 4, 11).factors


def test_a_factor_raises_the_part_of_the_value_and_the_use_that_grow_with_it() -> None:
    uncertainty = Uncertainty(
        (Estimate("A", "benefit", Fixed(1.5), 40), Estimate("A", "cost", Fixed(2), -10, ("money",)))
    )
    sampled = sample(uncertainty, 0, 0)
    there = sampled_problem(PROBLEM, uncertainty, sampled)
    assert dict(sampled.added) == {"A": 10.0}
    assert there.candidate("A").options[0].values == (40.0,)
    assert there.candidate("A").options[0].use == {"money": (8.0,)}
    assert there.candidate("B") == PROBLEM.candidate("B")


def test_estimates_of_one_name_correlate() -> None:
    estimates = tuple(Estimate(name, "cost", Normal(1, 0.2)) for name in ("A", "B"))
    drawn = np.array([sample(Uncertainty(estimates, common=0.6), 1, number).factors for number in range(3000)])
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.6, abs=0.04)


def test_weights_scatter_around_those_of_the_group() -> None:
    group = {"fit": 0.75, "reach": 0.25}
    weights = Weights(group, 9, {"A": {"fit": 30.0}, "B": {"reach": 10.0, "fit": 10.0}})
    added = [dict(sample(Uncertainty(weights=weights), 2, number).added) for number in range(3000)]
    fit = np.array([each["A"] / 30 * 0.75 + 0.75 for each in added])
    assert fit.mean() == pytest.approx(0.75, abs=0.01)
    assert fit.std() == pytest.approx((0.75 * 0.25 / 10) ** 0.5, rel=0.05)
    expected = 10 * (fit / 0.75 - 1) + 10 * ((1 - fit) / 0.25 - 1)
    assert [each["B"] for each in added] == pytest.approx(expected.tolist())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: Uncertainty(common=2), "between 0 and 1"),
        (lambda: Uncertainty((Estimate("A", "cost", Fixed(1)),) * 2), "each estimate once"),
        (lambda: Uncertainty((Estimate("Z", "cost", Fixed(1)),)).check(PROBLEM), "no candidate Z"),
        (lambda: Uncertainty((Estimate("A", "c", Fixed(1), 0, ("time",)),)).check(PROBLEM), "with these limits"),
        (lambda: Weights({"fit": 1.0}, 0, {}), "above zero"),
        (lambda: Weights({"fit": 0.5}, 5, {}), "add up to 1"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong()
