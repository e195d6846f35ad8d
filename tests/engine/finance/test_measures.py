"""Payback, ratios, annuity and what uncertainty leaves, at their edges."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine import finance
from mainstay.engine.finance import MID_YEAR, Timing

MONEY = st.integers(-500, 500).map(float)
FLOWS = st.lists(MONEY, min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ([-100, 50, 50], 2.0),
        ([-100, 200], 0.5),
        ([0, -100, 50, 100], 2.5),
        ([-100, 150, -100, 80], 2 / 3),
        ([100, 50], 0.0),
        ([0, 0], 0.0),
        ([-0.3, 0.1, 0.2], 2.0),
    ],
)
def test_payback_is_the_first_return_to_zero(flows: list[float], years: float) -> None:
    assert float(finance.payback(flows)) == pytest.approx(years, abs=1e-12)


def test_what_never_comes_back_has_no_payback() -> None:
    assert np.isnan(finance.payback([-100, 50, 49]))
    assert np.isnan(finance.payback([100, -300, 50]))
    assert np.isnan(finance.discounted_payback([-100, 50, 50], 0.01))
    assert np.isnan(finance.payback([np.nan]))


def test_payback_runs_with_the_time_in_which_money_comes() -> None:
    assert float(finance.payback([-100, 50, 100], MID_YEAR)) == 1.5
    by_date = Timing(dates=(date(2026, 1, 1), date(2027, 1, 1), date(2029, 1, 1)))
    assert float(finance.payback([-100, 50, 100], by_date)) == pytest.approx(1 + 0.5 * 731 / 365, abs=1e-12)
    assert float(finance.payback([-900, -100, 50, 100], Timing(decision=1))) == 1.5


def test_ratios_need_something_that_is_spent() -> None:
    found = finance.appraise_one([0, -100, 150], 0.0)
    assert found.profitability_index is None
    assert (found.roi, found.bcr) == (0.5, 1.5)
    free = finance.appraise_one([0, 10], 0.1)
    assert (free.roi, free.bcr, free.profitability_index, free.mirr, free.irr) == (None, None, None, None, None)


def test_costs_may_be_told_apart_from_benefits() -> None:
    # 100 invested, then 60 of benefit with 10 of cost in each of two years.
    flows, costs = [-100, 50, 50], [100, 10, 10]
    assert float(finance.roi(flows)) == 0.0
    assert float(finance.roi([-100, 80, 80], costs)) == 0.5
    assert float(finance.bcr(flows, 0.0, costs)) == 1.0
    assert float(finance.bcr([-100, 80, 80], 0.25, costs)) == pytest.approx((72 + 57.6) / (100 + 8 + 6.4), abs=1e-12)
    for wrong in ([100, 10], [100, -10, 10]):
        with pytest.raises(ValueError, match="positive amounts"):
            finance.roi(flows, wrong)


def test_an_annuity_compares_lives_of_different_length() -> None:
    found = finance.equivalent_annuity([[-100, 121, np.nan], [-100, 0, 144]], [0.10, 0.0])
    assert found.tolist() == pytest.approx([10 * 1.1, 22.0], abs=1e-9)
    assert np.isnan(finance.equivalent_annuity([100], 0.1))


@settings(deadline=None)
@given(FLOWS, st.sampled_from([0.001, 0.3, 7.5, 1e6]), st.floats(-0.3, 0.8))
def test_another_currency_scales_money_and_leaves_ratios_and_years(
    flows: list[float], course: float, rate: float
) -> None:
    one, other = finance.appraise_one(flows, rate), finance.appraise_one(np.array(flows) * course, rate)
    money = np.array([[each.npv, each.equivalent_annuity] for each in (one, other)], dtype=float)
    assert np.allclose(money[0] * course, money[1], rtol=1e-9, atol=1e-9 * course, equal_nan=True)
    ratios = np.array([_ratios(each) for each in (one, other)], dtype=float)
    assert np.allclose(*ratios, rtol=1e-9, atol=1e-9, equal_nan=True)


def _ratios(found: finance.OneAppraisal) -> list[float | None]:
    years = [found.payback, found.discounted_payback]
    return [found.profitability_index, found.roi, found.bcr, found.mirr, *years]


@settings(deadline=None)
@given(st.lists(FLOWS.filter(lambda row: row[0] < 0), min_size=2, max_size=6), st.sampled_from([0.01, 0.9, 1000.0]))
def test_another_currency_leaves_the_order_of_projects(rows: list[list[float]], course: float) -> None:
    table = np.array([row + [0.0] * (8 - len(row)) for row in rows])
    for name in ("npv", "profitability_index"):
        one = np.round(getattr(finance.appraise(table, 0.1), name), 9)
        other = np.round(getattr(finance.appraise(table * course, 0.1), name) / (course if name == "npv" else 1), 9)
        assert np.argsort(-one, kind="stable").tolist() == np.argsort(-other, kind="stable").tolist()


def test_a_baseline_is_taken_off_first() -> None:
    project, nothing = [-500, 150, 200, 250, 250], [-50, -60, -70, -80, -90]
    change = finance.appraise_one(project, 0.1, baseline=nothing)
    assert change == finance.appraise_one([-450, 210, 270, 330, 340], 0.1)
    many = finance.appraise([project, project], 0.1, baseline=[nothing, [0] * 5])
    assert many.npv.tolist() == pytest.approx([change.npv, float(finance.npv(project, 0.1))], abs=1e-9)
    for wrong in ([1, 2], [[0] * 5, [0] * 5]):
        with pytest.raises(ValueError, match="baseline"):
            finance.appraise_one(project, 0.1, baseline=wrong)


def test_success_may_fail_twice() -> None:
    assert float(finance.expected_commercial_value(900, 0.8, 200, 0.6, 100)) == pytest.approx(212, abs=1e-9)
    for chance in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="probability"):
            finance.expected_commercial_value(900, chance, 200, 0.6, 100)
    with pytest.raises(ValueError, match="positive"):
        finance.productivity_index(1, 0)


def test_waiting_costs_the_difference_by_period() -> None:
    flows = [-100.0, 80.0, 80.0]
    later = finance.npv(finance.delayed(flows, 1, window_closes=True), 0.0)
    assert float(finance.cost_of_delay(finance.npv(flows, 0.0), later)) == 80.0
    moved = finance.npv(finance.delayed(flows, 2), 0.1)
    assert float(moved) == pytest.approx(float(finance.npv(flows, 0.1)) / 1.21, abs=1e-12)
    with pytest.raises(ValueError, match="lasts"):
        finance.cost_of_delay(1, 0, 0)
