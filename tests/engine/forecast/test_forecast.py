"""Forecasts with a range: from history, from simulation, from a project's own pace."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.evm import Figures, earned_schedule
from mainstay.engine.forecast import (
    History,
    Way,
    finish_range,
    from_history,
    from_simulation,
    total_from_history,
    total_from_simulation,
    tried,
)

RATIOS = [0.8, 1.0, 1.1, 1.3, 1.6]


def history() -> History:
    """Five projects of which 100 was spent and 200 forecast."""
    return History.of([100 + 100 * ratio for ratio in RATIOS], [100] * 5, [200] * 5)


def test_what_is_spent_is_certain_and_only_the_rest_varies() -> None:
    found = from_history([50, 300], [150, 300], history(), Way.EMPIRICAL)
    assert found.p50.round(9).tolist() == [160.0, 300.0]
    assert found.p10.round(9).tolist() == [130.0, 300.0]
    assert found.p90.round(9).tolist() == [210.0, 300.0]
    assert found.cases == 5


def test_the_smooth_range_is_drawn_towards_right_forecasts() -> None:
    logs = np.log(RATIOS)
    found = from_history([0], [100], history())
    mean = 5 * logs.mean() / 8
    spread = np.sqrt((4 * logs.var(ddof=1) + 3 * 0.25**2) / 7 * (1 + 1 / 8))
    assert round(float(found.p50[0]), 9) == round(100 * float(np.exp(mean)), 9)
    assert round(float(found.p80[0]), 6) == round(100 * float(np.exp(mean + 0.8416212335729143 * spread)), 6)


def test_four_cases_are_too_few_to_say_anything() -> None:
    few = History.of([110] * 4, [50] * 4, [100] * 4)
    assert not few.enough
    found = from_history([50], [100], few)
    assert np.isnan([found.p10[0], found.p50[0], found.p90[0]]).all()
    assert np.isnan(total_from_history([50], [100], few, seed=1, draws=100).p50).all()


def test_cases_in_which_nothing_was_left_are_dropped() -> None:
    found = History.of([100, 120, 130], [100, 100, 100], [105, 110, 100])
    assert found.ratios.tolist() == [2.0]


def test_a_forecast_below_what_is_spent_has_no_range() -> None:
    assert np.isnan(from_history([100], [90], history()).p50).all()


def test_a_sum_of_projects_that_move_together_is_less_sure() -> None:
    spent, forecast = np.zeros(50), np.full(50, 100.0)
    ranges = [total_from_history(spent, forecast, history(), 7, correlation=rho, draws=500) for rho in (0, 0.3, 1)]
    widths = [float((each.p90 - each.p10)[0]) for each in ranges]
    assert widths[0] * 2 < widths[1]
    assert widths[1] * 1.3 < widths[2]
    again = total_from_history(spent, forecast, history(), 7, correlation=0.3, draws=500)
    assert again.p80.tolist() == ranges[1].p80.tolist()


def test_ranges_hold_what_comes_as_often_as_they_say() -> None:
    random = np.random.default_rng(8)
    spent, forecast = random.uniform(10, 90, 300), np.full(300, 100.0)
    final = spent + (forecast - spent) * random.lognormal(0.1, 0.3, 300)
    for way in Way:
        assert 0.76 <= tried(final, spent, forecast, way).share <= 0.84
    assert np.isnan(tried([120] * 5, [50] * 5, [100] * 5).share)


def test_simulated_futures_are_added_before_they_are_ranked() -> None:
    rest = np.array([np.arange(101.0), np.arange(101.0)[::-1]])
    assert from_simulation([1000, 0], rest).p80.tolist() == [1080.0, 80.0]
    assert total_from_simulation([1000, 0], rest).p80.tolist() == [1100.0]


def test_a_steady_project_ends_when_its_index_says() -> None:
    plan = np.arange(1, 11) * 100.0
    earned = np.where(np.arange(10) < 6, np.arange(1, 11) * 80.0, np.nan)
    schedule = earned_schedule(Figures.of(plan, earned, earned))
    found = finish_range(schedule.es, schedule.duration, 1, np.broadcast_to(schedule.elapsed, schedule.es.shape))
    assert found.p10.round(9).tolist() == found.p90.round(9).tolist() == [12.5]
    assert round(float(schedule.ieac_t[0, 5]), 9) == 12.5


def test_an_unsteady_project_has_a_range_that_holds_its_end() -> None:
    random = np.random.default_rng(4)
    paces = random.normal(0.9, 0.35, (400, 80)).clip(-0.2)
    walked = paces.cumsum(axis=1)
    ends = 1 + (walked < 20).sum(axis=1)
    time = np.broadcast_to(np.arange(1.0, 11), (400, 10))
    found = finish_range(walked[:, :10], np.full(400, 20.0), 5, time, draws=1000)
    assert 0.74 <= float(((ends - 0.5 >= found.p10) & (ends - 0.5 <= found.p90)).mean()) <= 0.86
    assert 0.74 <= float((ends - 0.5 <= found.p80).mean()) <= 0.86


def test_a_project_ends_now_when_all_is_earned_and_says_nothing_with_few_reports() -> None:
    time = [[1, 2, 3, 4, 5]] * 3
    es = [[1, 2, 3, 4, 4], [1, 2, 3, np.nan, np.nan], [0, 0, 0, 0, 0]]
    found = finish_range(es, [4, 8, 8], 1, time)
    assert found.p50[0] == 5.0
    assert np.isnan(found.p50[1:]).all()


@given(st.integers(0, 2**32 - 1), st.sampled_from(list(Way)))
@settings(max_examples=50, deadline=None)
def test_quantiles_rise_and_another_currency_scales_them(seed: int, way: Way) -> None:
    random = np.random.default_rng(seed)
    spent, forecast = random.uniform(0, 50, 4), random.uniform(50, 99, 4)
    found = from_history(spent, forecast, history(), way)
    scaled = from_history(8 * spent, 8 * forecast, history(), way)
    for low, high in ((found.p10, found.p50), (found.p50, found.p80), (found.p80, found.p90)):
        assert (low <= high).all()
    assert np.allclose(scaled.p80, 8 * found.p80, rtol=1e-12, atol=0)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="final figure"):
        History.of([1, np.nan], [0, 0], [1, 1])
    with pytest.raises(ValueError, match="each spent"):
        from_history([1, 2], [1], history())
    with pytest.raises(ValueError, match="correlation"):
        total_from_history([1], [2], history(), 1, correlation=1.5)
    with pytest.raises(ValueError, match="one row of draws"):
        from_simulation([1, 2], [[1, 2]])
    with pytest.raises(ValueError, match="duration"):
        finish_range([[1, 2]], [1, 2], 1, [[1, 2]])
