"""Internal rates of return: all of them, on any flows, by any dates."""

from datetime import date

import numpy as np
import numpy_financial
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mainstay.engine.finance import MID_YEAR, Timing, irr, mirr, npv, sign_changes

MONEY = st.floats(-1000, 1000, allow_nan=False).map(lambda number: round(number, 2))


@settings(max_examples=300, deadline=None)
@given(st.lists(MONEY, min_size=1, max_size=12))
def test_the_net_present_value_at_every_rate_of_return_is_zero(flows: list[float]) -> None:
    for rate in irr(flows):
        assume(rate < 1e4)
        size = np.abs(np.array(flows) / (1 + rate) ** np.arange(len(flows))).sum()
        assert abs(float(npv(flows, rate))) <= 1e-9 * size


@settings(max_examples=300, deadline=None)
@given(st.lists(MONEY, min_size=1, max_size=12))
def test_there_are_never_more_rates_than_changes_of_sign_and_at_least_one_for_an_odd_number(
    flows: list[float],
) -> None:
    found, changes = irr(flows), int(sign_changes(flows))
    assert len(found) <= changes
    assert len(found) >= changes % 2
    assert (np.diff(found) > 0).all()


@settings(deadline=None)
@given(st.lists(MONEY, min_size=2, max_size=10), st.sampled_from([0.01, 1 / 7, 3.0, 1e6]))
def test_another_currency_leaves_every_rate(flows: list[float], course: float) -> None:
    one, other = irr(flows), irr(np.array(flows) * course)
    assume(len(one) == len(other) == sign_changes(flows))  # a rate where values just touch zero hangs on rounding
    assert np.allclose(np.log1p(one), np.log1p(other), rtol=0, atol=1e-6)


def test_ten_thousand_random_flows_agree_with_the_roots_of_their_polynomials() -> None:
    flows = np.random.default_rng(20260401).normal(size=(10_000, 8)).round(3)
    found = irr(flows)
    for row, rates in zip(flows, found, strict=True):
        expected = _rates_by_roots(row)
        assert np.count_nonzero(~np.isnan(rates)) == len(expected)
        assert np.allclose(rates[: len(expected)], expected, rtol=1e-8, atol=1e-8)


def _rates_by_roots(flows: NDArray[np.float64]) -> NDArray[np.float64]:
    roots = np.roots(flows)
    return np.sort(roots[(np.abs(roots.imag) < 1e-9) & (roots.real > 0)].real - 1)


def test_long_flows_with_many_changes_of_sign_agree_as_well() -> None:
    flows = np.random.default_rng(7).normal(size=(300, 41)).round(3)
    for row, rates in zip(flows, irr(flows), strict=True):
        expected = _rates_by_roots(row)
        assert np.allclose(rates[~np.isnan(rates)], expected, rtol=1e-6, atol=1e-6)


def test_where_there_is_one_rate_it_is_that_of_numpy_financial() -> None:
    random = np.random.default_rng(8)
    flows = np.column_stack([-random.uniform(100, 900, 500), random.uniform(0, 200, (500, 12))]).round(2)
    expected = [numpy_financial.irr(row) for row in flows]
    assert np.allclose(irr(flows)[:, 0], expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("flows", [[100.0], [-100, -50], [100, 20, 0], [0, 0, 0], [-100, 240, -150]])
def test_no_rate_is_an_empty_answer_and_never_zero(flows: list[float]) -> None:
    assert irr(flows).tolist() == []


def test_three_rates_are_found_in_order() -> None:
    assert irr([-1000, 3600, -4310, 1716]).round(9).tolist() == [0.1, 0.2, 0.3]


def test_a_rate_that_is_only_touched_counts_once() -> None:
    assert irr([100, -220, 121]).round(7).tolist() == [0.1]
    assert sign_changes([100, -220, 121]) == 2


def test_rates_far_from_the_usual_are_found() -> None:
    assert irr([-1, 1e6]).tolist() == pytest.approx([999_999.0], rel=1e-9)
    assert irr([-1e6, 1]).tolist() == pytest.approx([-0.999999], rel=1e-12)
    assert irr([-100] + [0] * 39 + [100]).round(12).tolist() == [0.0]
    assert (1 + irr([0] * 38 + [-1e9, -1e9, 1])).tolist() == pytest.approx([1e-9], rel=1e-6)
    assert irr([0, 0, -100, 110, 0, 0]).round(12).tolist() == [0.1]


def test_projects_with_fewer_rates_end_in_gaps() -> None:
    found = irr([[-1000, 2500, -1540], [-100, 110, np.nan], [-1, -1, -1]])
    assert found.round(9)[:2, 0].tolist() == [0.1, 0.1]
    assert found[0].round(9).tolist() == [0.1, 0.4]
    assert np.isnan(found).tolist() == [[False, False], [False, True], [True, True]]


def test_rates_by_dates_and_in_the_middle_of_years_make_their_value_zero() -> None:
    by_dates = Timing(dates=(date(2026, 1, 15), date(2026, 11, 3), date(2027, 6, 30), date(2029, 2, 28)))
    flows = [-1000, 400, 500, 300]
    for timing in (by_dates, MID_YEAR):
        rates = irr(flows, timing)
        assert len(rates) == 1
        assert abs(float(npv(flows, rates[0], timing))) < 1e-9
    # Published with XNPV and XIRR of spreadsheets: 37.34 %.
    known = Timing(
        dates=(date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1))
    )
    assert irr([-10_000, 2750, 4250, 3250, 2750], known).round(6).tolist() == [0.373363]


def test_several_rates_by_dates_are_all_found() -> None:
    by_dates = Timing(dates=(date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)))
    assert irr([-1000, 2500, -1540], by_dates).round(9).tolist() == [0.1, 0.4]


def test_the_modified_rate_is_that_of_numpy_financial() -> None:
    random = np.random.default_rng(9)
    flows = random.normal(size=(200, 9)).round(2)
    expected = [float(numpy_financial.mirr(row, 0.1, 0.07)) for row in flows]
    assert np.allclose(mirr(flows, 0.1, 0.07), expected, rtol=0, atol=1e-10, equal_nan=True)


@pytest.mark.parametrize("flows", [[-1, -2], [1, 2], [0, 0], [-5.0]])
def test_without_gains_or_losses_there_is_no_modified_rate(flows: list[float]) -> None:
    assert np.isnan(mirr(flows, 0.1, 0.1))


def test_flows_that_make_no_sense_are_refused() -> None:
    for flows, said in (([], "row"), ([[[1.0]]], "row"), ([1, np.inf], "finite"), ([1, np.nan, 2], "gap")):
        with pytest.raises(ValueError, match=said):
            irr(flows)
    with pytest.raises(ValueError, match="above -100 %"):
        mirr([-1, 2], -1, 0.1)
