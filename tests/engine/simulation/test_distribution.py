"""Distributions: their means, deviations and quantiles, and what they refuse."""

from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from mainstay.engine.risk import pert
from mainstay.engine.simulation import Discrete, Fixed, Lognormal, Normal, Pert, Triangular

ALL = (
    Fixed(3.0),
    Normal(10.0, 2.0),
    Triangular(80, 100, 150),
    Pert(80, 100, 150),
    Pert(80, 80, 150),
    Pert(80, 150, 150),
    Lognormal.between(80, 125),
)


def test_the_golden_three_point_estimate_has_mean_105() -> None:
    assert Pert(80, 100, 150).mean == 105.0
    mean, rule_of_thumb = pert(80, 100, 150)
    assert (float(mean), round(float(rule_of_thumb), 2)) == (105.0, 11.67)
    assert Pert(80, 100, 150).deviation == pytest.approx(sqrt(25 * 45 / 7))


def test_a_triangle_has_the_mean_of_its_corners() -> None:
    assert Triangular(80, 100, 150).mean == 110.0
    assert Triangular(0, 1, 2).deviation == pytest.approx(sqrt(1 / 6))
    assert Triangular(0, 1, 2).quantile([0.125, 0.5, 0.875]).tolist() == [0.5, 1.0, 1.5]


def test_a_pert_quantile_agrees_with_closed_forms_of_the_beta_distribution() -> None:
    """With the likely amount at an end the chance of staying below x is 1 - (1 - x)^5."""
    at_the_end = Pert(0, 0, 1).quantile([0.1, 0.5, 0.9])
    assert at_the_end == pytest.approx([1 - 0.9**0.2, 1 - 0.5**0.2, 1 - 0.1**0.2], abs=2e-5)
    in_the_middle = Pert(0, 0.5, 1).quantile([0.5])
    assert in_the_middle == pytest.approx([0.5], abs=1e-9)


@pytest.mark.parametrize("given", ALL, ids=repr)
def test_the_quantiles_of_every_distribution_average_to_its_mean_and_deviation(given) -> None:
    levels = (np.arange(200_000) + 0.5) / 200_000
    amounts = given.quantile(levels)
    assert amounts.mean() == pytest.approx(given.mean, rel=1e-5)
    assert amounts.std() == pytest.approx(given.deviation, rel=2e-3, abs=1e-9)
    assert (np.diff(amounts) >= 0).all()


def test_a_lognormal_amount_is_passed_as_often_as_it_was_said() -> None:
    low, middle, high = Lognormal.between(80, 125).quantile([0.1, 0.5, 0.9])
    assert (low, middle, high) == pytest.approx((80.0, 100.0, 125.0))
    around = Lognormal.around(100, 0.3)
    assert around.mean == pytest.approx(100.0)
    assert around.deviation == pytest.approx(30.0)
    assert around.median == pytest.approx(100 * exp(-log(1.09) / 2))


def test_a_normal_quantile_is_that_of_the_bell() -> None:
    assert Normal(10, 2).quantile([0.9])[0] == pytest.approx(10 + 2 * NormalDist().inv_cdf(0.9))


def test_a_discrete_amount_takes_its_values_in_their_shares() -> None:
    given = Discrete((0, 1, 4), (0.5, 0.25, 0.25))
    assert given.mean == 1.25
    assert given.deviation == pytest.approx(sqrt(0.5 * 1.25**2 + 0.25 * 0.25**2 + 0.25 * 2.75**2))
    assert given.quantile([0.0, 0.5, 0.51, 0.75, 0.76, 1.0]).tolist() == [0, 0, 1, 1, 4, 4]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: Pert(100, 80, 150), "rise from low to likely to high"),
        (lambda: Triangular(80, 160, 150), "rise from low to likely to high"),
        (lambda: Normal(1, -1), "not negative"),
        (lambda: Fixed(float("nan")), "finite"),
        (lambda: Lognormal(0, 1), "above zero"),
        (lambda: Lognormal.between(100, 80), "P90 is not below"),
        (lambda: Lognormal.around(-1, 0.1), "above zero"),
        (lambda: Discrete((1, 2), (0.5, 0.4)), "add up to 1"),
        (lambda: Discrete((2, 1), (0.5, 0.5)), "The values rise"),
        (lambda: Discrete((1,), (0.5, 0.5)), "one probability for each value"),
        (lambda: Fixed(1).quantile([1.5]), "between 0 and 1"),
    ],
)
def test_nonsense_is_refused(wrong, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong()
