"""Portfolio ROI, goals, profiles and innovation."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine import benefits
from mainstay.engine.benefits import Profile

MONEY = st.integers(1, 10_000)


def test_the_return_of_a_portfolio_is_the_ratio_of_sums_not_the_mean_of_returns() -> None:
    found = benefits.portfolio_roi([150, 330], [100, 300])
    assert (round(found.roi, 12), found.benefits, found.costs, found.rate) == (0.2, 480.0, 400.0, None)
    assert found.roi != (0.5 + 0.1) / 2


def test_a_discounted_return_says_its_rate() -> None:
    found = benefits.portfolio_roi([[0, 110]], [[50, 55]], rate=0.10)
    assert (round(found.benefits, 9), round(found.costs, 9), found.rate) == (100.0, 100.0, 0.10)
    assert round(found.roi, 12) == 0.0


def test_a_return_on_nothing_does_not_exist() -> None:
    assert np.isnan(benefits.portfolio_roi([10], [0]).roi)


@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=8), st.integers(2, 9))
def test_the_return_is_the_mean_weighted_by_cost_in_any_currency(pairs: list[tuple[int, int]], by: int) -> None:
    back, spent = np.array(pairs, dtype=np.float64).T
    mean = float((spent * (back - spent) / spent).sum() / spent.sum())
    assert round(benefits.portfolio_roi(back, spent).roi - mean, 9) == 0
    assert round(benefits.portfolio_roi(back * by, spent * by).roi - mean, 9) == 0


def test_the_golden_contribution_to_goals() -> None:
    found = benefits.goal_contribution([0.6, 0.4], [[0.5, 0.25]], [0.4])
    assert round(found.planned_total, 12) == 0.40
    assert round(found.achieved_total, 12) == 0.16
    assert found.gap.round(12).tolist() == [0.3, 0.3]


def test_contributions_add_up_by_project_and_by_goal() -> None:
    found = benefits.goal_contribution([0.5, 0.5], [[0.5, 0.25], [0.5, 0.25]], [[1, 0], [0.5, 0.5]])
    assert found.planned.sum(axis=1).tolist() == [0.375, 0.375]
    assert found.achieved.sum(axis=0).tolist() == [0.375, 0.0625]
    assert found.gap.tolist() == [0.0, 0.25]
    assert found.planned_total + float(found.gap.sum()) == 1.0


def test_goals_that_do_not_add_up_are_refused() -> None:
    for weight, share, delivery, words in (
        ([0.6, 0.3], [[0.5, 0.5]], [1], "weights"),
        ([0.6, 0.4], [[0.5, 0.5], [0.6, 0.1]], [1, 1], "shares"),
        ([0.6, 0.4], [[0.5, 0.5]], [1.2], "Delivery"),
    ):
        with pytest.raises(ValueError, match=words):
            benefits.goal_contribution(weight, share, delivery)


def test_costs_and_rates_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="cost"):
        benefits.portfolio_roi([10], [-5])
    for rate, flows in ((-1.0, [[1]]), (0.1, [1])):
        with pytest.raises(ValueError, match="discount"):
            benefits.portfolio_roi(flows, flows, rate)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile.RAMP, [0, 0, 100, 200, 300]),
        (Profile.STEADY, [0, 0, 200, 200, 200]),
        (Profile.DECAY, [0, 0, 300, 200, 100]),
    ],
)
def test_profiles_rise_stay_or_fall_and_add_up(profile: Profile, expected: list[int]) -> None:
    assert benefits.target(Decimal("600.00"), 3, profile, waiting=2) == [Decimal(part) for part in expected]


def test_a_disbenefit_has_a_profile_below_zero() -> None:
    assert benefits.target(Decimal("-10.00"), 3, Profile.STEADY) == [
        Decimal("-3.34"),
        Decimal("-3.33"),
        Decimal("-3.33"),
    ]
    with pytest.raises(ValueError, match="Waiting"):
        benefits.target(Decimal(1), 1, Profile.RAMP, waiting=-1)


def test_new_products_mix_and_yield() -> None:
    assert benefits.vitality_index([50, 30, 20], [10, 4, 3]) == 0.2
    assert benefits.vitality_index([50, 30, 20], [10, 4, 3], years=5) == 0.5
    assert np.isnan(benefits.vitality_index([0], [1]))
    assert benefits.mix([50, 25, 25], [0, 2, 2], 3).tolist() == [0.5, 0.0, 0.5]
    assert np.isnan(benefits.mix([0], [0], 2)).all()
    assert benefits.stage_yield([8, 2], [2, 1]).tolist() == [0.25, 0.5]
    for work in (
        lambda: benefits.vitality_index([-1], [1]),
        lambda: benefits.mix([-1], [0], 1),
        lambda: benefits.stage_yield([1], [2]),
    ):
        with pytest.raises(ValueError):
            work()
