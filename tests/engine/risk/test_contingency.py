"""Three-point estimates and what is set aside."""

import numpy as np
import pytest

from mainstay.engine.risk import contingency, contingency_of_samples, pert, reference_class_uplift


def test_the_golden_three_point_estimate() -> None:
    mean, deviation = pert(80, 100, 150)
    assert (float(mean), round(float(deviation), 2)) == (105.0, 11.67)
    with pytest.raises(ValueError, match="rise"):
        pert([1, 5], [2, 4], [3, 6])


def test_independent_items_need_less_than_those_with_a_common_cause() -> None:
    alone, half, whole = (contingency([100, 200], [30, 40], rho) for rho in (0, 0.5, 1))
    assert (alone.mean, alone.median) == (300.0, 300.0)
    assert [alone.deviation, whole.deviation] == [50.0, 70.0]
    assert half.deviation == pytest.approx((0.5 * 2500 + 0.5 * 4900) ** 0.5, abs=1e-12)
    assert round(alone.above_mean, 3) == 42.081
    assert round(whole.above_median, 3) == 58.913
    assert round(contingency([0], [1], level=0.9).quantile, 4) == 1.2816


def test_the_formula_agrees_with_simulated_costs() -> None:
    random = np.random.default_rng(4)
    spreads, rho = np.array([10.0, 20.0, 30.0]), 0.3
    common = random.standard_normal((200_000, 1))
    draws = np.sqrt(rho) * common + np.sqrt(1 - rho) * random.standard_normal((200_000, 3))
    seen = contingency_of_samples((100 + draws * spreads).sum(axis=1))
    said = contingency([100, 100, 100], spreads, rho)
    assert seen.above_mean == pytest.approx(said.above_mean, rel=0.02)
    assert seen.deviation == pytest.approx(said.deviation, rel=0.02)


def test_skewed_costs_have_a_mean_above_the_median() -> None:
    found = contingency_of_samples([100, 100, 100, 110, 190])
    assert (found.mean, found.median, found.quantile) == (120.0, 100.0, pytest.approx(126.0))
    assert (found.above_mean, found.above_median) == (pytest.approx(6.0), pytest.approx(26.0))


def test_uplift_is_a_quantile_of_similar_work() -> None:
    assert reference_class_uplift([110, 130, 125], [100, 100, 100], level=0.5) == pytest.approx(0.25, abs=1e-12)
    with pytest.raises(ValueError, match="positive"):
        reference_class_uplift([110], [0])


@pytest.mark.parametrize(
    ("means", "deviations", "rho", "level", "said"),
    [
        ([1], [-1], 0, 0.8, "deviation"),
        ([1, 2], [1], 0, 0.8, "deviation"),
        ([1], [1], 1.5, 0.8, "correlation"),
        ([1], [1], 0, 1.0, "level"),
    ],
)
def test_nonsense_is_refused(
    means: list[float], deviations: list[float], rho: float, level: float, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        contingency(means, deviations, rho, level)


def test_one_draw_is_no_distribution() -> None:
    with pytest.raises(ValueError, match="two simulated"):
        contingency_of_samples([1.0])
