"""What is done to flows before they are appraised."""

import numpy as np
import pytest

from mainstay.engine import finance

NAN = np.nan


def test_each_project_may_have_its_own_decision() -> None:
    moved = finance.from_decision([[-40, -500, 700], [-100, 60, 60]], [1, 0])
    assert np.array_equal(moved, [[-500, 700, NAN], [-100, 60, 60]], equal_nan=True)
    assert np.array_equal(finance.from_decision([[1, 2, NAN]], 1), [[2, NAN, NAN]], equal_nan=True)
    with pytest.raises(ValueError, match="one of the periods"):
        finance.from_decision([[1, 2]], 2)


def test_a_baseline_goes_on_when_the_project_has_ended() -> None:
    found = finance.incremental([[-10, 5, NAN, NAN]], [-1, -1, -1, NAN])
    assert np.array_equal(found, [[-9, 6, 1, NAN]], equal_nan=True)


def test_prices_of_the_year_at_a_nominal_rate_are_prices_of_today_at_the_real_rate() -> None:
    flows = np.array([[-500, 120, 150, 180, 200, 160], [-300, 200, 200, NAN, NAN, NAN]])
    nominal = finance.at_prices_of_the_year(flows, [0.03, 0.05])
    assert nominal[0, 2] == pytest.approx(150 * 1.03**2, abs=1e-12)
    real = finance.npv(flows, finance.real_rate([0.1, 0.1], [0.03, 0.05]))
    assert finance.npv(nominal, 0.1).tolist() == pytest.approx(real.tolist(), abs=1e-9)
    assert finance.at_prices_of_the_year([100, 100], 0.5).tolist() == [100.0, 150.0]


def test_tax_leaves_the_investment_and_spares_depreciation() -> None:
    assert finance.after_tax([-100, 80, -20], 0.5).tolist() == [-100.0, 40.0, -10.0]
    many = finance.after_tax([[-100, 80], [-50, 60]], [0.0, 0.25], [[0, 50], [0, 20]])
    assert many.tolist() == [[-100.0, 80.0], [-50.0, 50.0]]
    assert finance.after_tax([-100, 80], 0.0).tolist() == [-100.0, 80.0]
    with pytest.raises(ValueError, match="tax rate"):
        finance.after_tax([1, 2], 1.5)


def test_what_comes_for_ever_is_added_to_the_last_flow_of_each() -> None:
    found = finance.with_terminal_value([[-100, 10, NAN], [-100, 10, 20]], [0.1, 0.25], [0.05, 0.0])
    assert np.allclose(found, [[-100, 10 + 210, NAN], [-100, 10, 20 + 80]], equal_nan=True)
    for_ever = finance.npv(finance.with_terminal_value([-100, 10], 0.10), 0.10)
    assert float(for_ever) == pytest.approx(0.0, abs=1e-12)
    with pytest.raises(ValueError, match="more slowly"):
        finance.with_terminal_value([-100, 10], 0.05, 0.05)


def test_a_delay_moves_all_and_a_window_cuts_off_the_end() -> None:
    assert finance.delayed([[-1, 2]], 2).tolist() == [[0.0, 0.0, -1.0, 2.0]]
    assert finance.delayed([-1, 2, 3], 1, window_closes=True).tolist() == [0.0, -1.0, 2.0]
    assert finance.delayed([-1, 2], 0).tolist() == [-1.0, 2.0]
    with pytest.raises(ValueError, match="negative"):
        finance.delayed([-1, 2], -1)
