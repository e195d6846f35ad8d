"""Calibration from closed projects: golden numbers, few cases, chosen cases, quality of forecasts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine import calibration
from mainstay.engine.calibration import Centre, Standing

SEEDS = st.integers(0, 2**32 - 1)


def test_the_golden_factor_and_the_golden_p80() -> None:
    mean = calibration.shrunk_mean(np.log([1.10, 1.30, 1.25]).mean(), 3, 0.10, strength=3)
    assert round(float(mean), 5) == 0.14680
    assert round(float(np.exp(mean)), 4) == 1.1581
    assert round(float(100 * calibration.quantile_factor(mean, 0.15, 0.80)), 2) == 131.40


def test_classes_are_drawn_towards_all_by_their_number_of_cases() -> None:
    actual = [110, 130, 125, *[100] * 9]
    found = calibration.calibrate(actual, [100] * 12, [0] * 3 + [1] * 9, 3)
    logs = np.log(np.array(actual) / 100)
    assert found.cases.tolist() == [3, 9, 0]
    assert found.mean[:2].round(12).tolist() == [round(float(logs[:3].mean()), 12), 0.0]
    assert np.isnan(found.mean[2])
    expected = [(logs.sum() + 3 * logs.mean()) / 6, 3 * logs.mean() / 12, logs.mean()]
    assert found.shrunk.round(12).tolist() == np.round(expected, 12).tolist()
    own, whole = logs[:3].var(ddof=1), logs.var(ddof=1)
    spreads = [(2 * own + 3 * whole) / 5, 3 * whole / 11, whole]
    assert found.deviation.round(12).tolist() == np.sqrt(spreads).round(12).tolist()
    assert found.enough.tolist() == [False, True, False]


def test_fewer_than_five_cases_correct_nothing() -> None:
    found = calibration.calibrate([120] * 9, [100] * 9, [0] * 5 + [1] * 4, 2)
    after = calibration.correct(found, [50, 50], [0, 1], is_chosen=True)
    assert after.estimate.round(9).tolist() == [60.0, 50.0]
    assert after.standing.tolist() == [Standing.CORRECTED, Standing.TOO_FEW]
    assert round(float(after.p80[0]), 9) == 60.0
    assert np.isnan(after.p80[1])


def test_cases_of_chosen_projects_warn_for_one_that_is_not_chosen() -> None:
    chosen = calibration.calibrate([120] * 5, [100] * 5, [0] * 5, 1)
    everyone = calibration.calibrate([120] * 5, [100] * 5, [0] * 5, 1, chosen_only=False)
    after = calibration.correct(chosen, [50, 50], [0, 0], is_chosen=[False, True])
    assert after.standing.tolist() == [Standing.SELECTION_EFFECT, Standing.CORRECTED]
    assert calibration.correct(everyone, [50], [0]).standing.tolist() == [Standing.CORRECTED]


def test_the_best_looking_of_many_unsure_values_are_worth_less() -> None:
    random = np.random.default_rng(5)
    true = random.normal(100, 10, 4000)
    seen = true + random.normal(0, 20, 4000)
    best = np.argsort(-seen)[:400]
    expected = calibration.after_choice(seen, 20.0)
    assert 30 < float((seen - true)[best].mean()) < 40
    assert abs(float((expected - true)[best].mean())) < 1.5


def test_values_that_are_sure_stay_and_values_that_are_noise_become_their_mean() -> None:
    assert calibration.after_choice([1, 2, 6], 0).tolist() == [1.0, 2.0, 6.0]
    assert calibration.after_choice([1, 2, 6], 100).tolist() == [3.0, 3.0, 3.0]


def test_the_share_of_actuals_inside_their_intervals() -> None:
    found = calibration.interval_coverage([5, 12, 9, 4], [4] * 4, [10] * 4)
    assert (found.share, found.cases) == (0.75, 4)
    assert found.low < 0.75 < found.high
    assert np.isnan(calibration.interval_coverage([], [], []).share)


def test_forecasts_of_yes_or_no_are_scored() -> None:
    found = calibration.brier([0.9, 0.2, 0.6, 0.5], [1, 0, 1, 0])
    assert round(found.score, 12) == round((0.01 + 0.04 + 0.16 + 0.25) / 4, 12)
    assert round(found.skill, 12) == round(1 - 0.115 / 0.25, 12)
    assert np.isnan(calibration.brier([0.9], [1]).skill)


@given(SEEDS, st.sampled_from(list(Centre)))
@settings(max_examples=60, deadline=None)
def test_leaving_one_out_is_calibrating_without_it(seed: int, centre: Centre) -> None:
    random = np.random.default_rng(seed)
    estimate, group = random.uniform(10, 99, 9), random.integers(0, 3, 9)
    actual = estimate * random.lognormal(0.2, 0.3, 9)
    found = calibration.leave_one_out(actual, estimate, group, 3, centre=centre)
    for case in range(9):
        rest = np.arange(9) != case
        alone = calibration.calibrate(actual[rest], estimate[rest], group[rest], 3, centre=centre)
        assert round(float(found.corrected[case] / (estimate[case] * alone.factor[group[case]])), 9) == 1
        assert round(float(found.p80[case] / (estimate[case] * alone.factor_at(0.8)[group[case]])), 7) == 1


@given(SEEDS, st.integers(2, 50))
@settings(max_examples=40, deadline=None)
def test_the_unit_does_not_matter(seed: int, by: int) -> None:
    random = np.random.default_rng(seed)
    estimate, actual, group = random.uniform(10, 99, 8), random.uniform(10, 99, 8), random.integers(0, 2, 8)
    one = calibration.calibrate(actual, estimate, group, 2)
    other = calibration.calibrate(actual * by, estimate * by, group, 2)
    assert np.allclose(one.shrunk, other.shrunk, rtol=0, atol=1e-12)
    assert np.allclose(one.deviation, other.deviation, rtol=0, atol=1e-9)


def test_estimates_that_are_always_too_low_are_corrected_for_cases_not_seen() -> None:
    random = np.random.default_rng(3)
    estimate = random.uniform(50, 500, 200)
    actual = estimate * random.lognormal(0.3, 0.2, 200)
    found = calibration.leave_one_out(actual, estimate, np.zeros(200, dtype=int), 1)
    assert found.error_after < found.error_before / 1.5
    assert 0.75 <= found.coverage.share <= 0.85


def test_a_median_is_not_moved_by_one_case_far_off() -> None:
    actual = [110] * 4 + [500]
    mean = calibration.calibrate(actual, [100] * 5, [0] * 5, 2)
    median = calibration.calibrate(actual, [100] * 5, [0] * 5, 2, centre=Centre.MEDIAN)
    assert median.factor.round(9).tolist() == [1.1, 1.1]
    assert mean.factor[0] > 1.4
    assert np.isnan(median.mean[1])
    assert median.deviation.tolist() == mean.deviation.tolist()


def test_a_class_that_is_on_plan_but_for_one_case_is_better_left_alone() -> None:
    actual = [100] * 9 + [400] + [150] * 10
    found = calibration.leave_one_out(actual, [100] * 20, [0] * 10 + [1] * 10, 3)
    assert found.helps.tolist() == [False, True, False]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        calibration.calibrate([0], [100], [0], 1)
    with pytest.raises(ValueError, match="class"):
        calibration.calibrate([100], [100], [1], 1)
    one = calibration.calibrate([100], [100], [0], 1)
    with pytest.raises(ValueError, match="class"):
        calibration.correct(one, [100], [1])
    with pytest.raises(ValueError, match="above zero"):
        calibration.correct(one, [0], [0])
    with pytest.raises(ValueError, match="level"):
        calibration.quantile_factor(0, 1, 1.0)
    with pytest.raises(ValueError, match="probability"):
        calibration.brier([1.2], [1])
    with pytest.raises(ValueError, match="outcome"):
        calibration.brier([0.2], [0.5])
    with pytest.raises(ValueError, match="low end"):
        calibration.interval_coverage([1], [2], [1])
    with pytest.raises(ValueError, match="three cases"):
        calibration.leave_one_out([1, 2], [1, 2], [0, 0], 1)
    with pytest.raises(ValueError, match="two candidates"):
        calibration.after_choice([1], 1)
