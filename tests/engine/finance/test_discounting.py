"""Present values by every convention, and rates with and without inflation."""

from datetime import date

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.finance import MID_YEAR, Timing, nominal_rate, npv, real_rate


def test_ten_thousand_random_projects_agree_with_numpy_financial() -> None:
    random = np.random.default_rng(3)
    flows, rates = random.normal(0, 1000, (10_000, 20)), random.uniform(-0.3, 0.6, 10_000)
    expected = [numpy_financial.npv(rate, row) for rate, row in zip(rates, flows, strict=True)]
    found = npv(flows, rates)
    assert np.allclose(found, expected, rtol=1e-12, atol=1e-9 * np.abs(expected).max())
    assert np.allclose(npv(flows, 0.08), numpy_financial.npv(0.08, flows), rtol=1e-12, atol=1e-9)


def test_mid_year_keeps_the_decision_and_brings_the_years_half_nearer() -> None:
    assert float(npv([-100, 110, 121], 0.21, MID_YEAR)) == pytest.approx(-100 + 110 / 1.1 + 121 / 1.331, abs=1e-12)


def test_dates_count_exact_days_over_365() -> None:
    leap = Timing(dates=(date(2024, 1, 1), date(2025, 1, 1)))
    assert float(npv([0, 100], 0.10, leap)) == pytest.approx(100 / 1.1 ** (366 / 365), abs=1e-12)
    # Published with XNPV of spreadsheets: 2086.65 at 9 %.
    known = Timing(
        dates=(date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1))
    )
    assert round(float(npv([-10_000, 2750, 4250, 3250, 2750], 0.09, known)), 2) == 2086.65


def test_what_was_spent_before_the_decision_is_sunk() -> None:
    flows = [-300, -50, 200, 200]
    assert float(npv(flows, 0.10, Timing(decision=1))) == pytest.approx(float(npv(flows[1:], 0.10)), abs=1e-12)
    assert float(npv(flows, 0.1, Timing("mid_year", decision=1))) == pytest.approx(
        float(npv(flows[1:], 0.1, MID_YEAR)), abs=1e-12
    )
    days = (date(2025, 7, 1), date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1))
    by_date = Timing(dates=days, decision=date(2026, 1, 1))
    assert float(npv(flows, 0.10, by_date)) == pytest.approx(-50 + 200 / 1.1 + 200 / 1.21, abs=1e-12)


def test_a_project_without_flows_has_no_value() -> None:
    found = npv([[np.nan, np.nan], [5.0, np.nan]], 0.1)
    assert np.isnan(found[0])
    assert found[1] == 5.0


@settings(deadline=None)
@given(st.floats(-0.5, 1), st.floats(-0.2, 0.5))
def test_real_and_nominal_rates_lead_back_to_each_other(rate: float, inflation: float) -> None:
    assert float(real_rate(nominal_rate(rate, inflation), inflation)) == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize("rate", [-1, -1.5, np.nan, np.inf, [0.1, 0.1, 0.1]])
def test_rates_that_make_no_sense_are_refused(rate: object) -> None:
    with pytest.raises(ValueError, match="rate"):
        npv([[1, 2], [3, 4]], rate)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"convention": "start"}, "convention"),
        ({"decision": -1}, "number of a period"),
        ({"decision": date(2026, 1, 1)}, "number of a period"),
        ({"dates": (date(2026, 1, 1), date(2026, 1, 1))}, "after the one before"),
        ({"dates": ()}, "after the one before"),
        ({"dates": (date(2026, 1, 1),), "decision": 0}, "a date"),
    ],
)
def test_a_timing_that_makes_no_sense_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Timing(**given)  # type: ignore[arg-type]


def test_there_is_a_date_for_each_flow() -> None:
    with pytest.raises(ValueError, match="one date"):
        npv([1, 2], 0.1, Timing(dates=(date(2026, 1, 1),)))
    for rate in (-1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="above -100 %"):
            real_rate(0.1, rate)
