"""The golden numbers of earned value and earned schedule, to the printed precision."""

import numpy as np

from mainstay.engine import evm

PLAN = [60, 160, 300, 480, 680, 860, 1000, 1100, 1160, 1200]
NOW = 5


def figures() -> evm.Figures:
    """One project of ten periods, reported after the sixth."""
    earned, actual = np.full(10, np.nan), np.full(10, np.nan)
    earned[NOW], actual[NOW] = 640, 820
    return evm.Figures.of(PLAN, earned, actual)


def test_every_measure_of_cost_of_the_golden_case() -> None:
    found = evm.measure(figures())
    assert found.figures.pv[0, NOW] == 860
    assert (found.cv[0, NOW], found.sv[0, NOW]) == (-180, -220)
    assert round(float(found.cpi[0, NOW]), 4) == 0.7805
    assert round(float(found.spi[0, NOW]), 4) == 0.7442
    assert found.eac[0, NOW] == 1537.5
    assert found.vac[0, NOW] == -337.5
    assert found.etc[0, NOW] == 717.5
    assert round(float(found.tcpi_budget[0, NOW]), 4) == 1.4737
    assert round(float(found.tcpi_forecast[0, NOW]), 4) == 0.7805
    assert round(float(found.complete[0, NOW]), 4) == 0.5333
    assert round(float(found.spent[0, NOW]), 4) == 0.6833


def test_estimates_at_completion_by_every_method() -> None:
    found = evm.measure(figures(), remaining=700).by_method
    numbers = {method: round(float(values[0, NOW]), 2) for method, values in found.items()}
    assert numbers == {
        evm.Method.ATYPICAL: 1380.0,
        evm.Method.TYPICAL: 1537.5,
        evm.Method.COST_AND_SCHEDULE: 1784.14,
        evm.Method.BOTTOM_UP: 1520.0,
    }


def test_every_measure_of_time_of_the_golden_case() -> None:
    found = evm.earned_schedule(figures())
    named = (found.es, found.sv_t, found.spi_t, found.ieac_t, found.tspi)
    assert [round(float(each[0, NOW]), 10) for each in named] == [4.8, -1.2, 0.8, 12.5, 1.3]
    assert found.duration.tolist() == [10.0]


def test_the_rest_done_at_another_pace_and_a_later_end() -> None:
    found = evm.earned_schedule(figures(), performance=1.0, estimated=12)
    assert round(float(found.ieac_t[0, NOW]), 10) == 11.2
    assert round(float(found.tspi[0, NOW]), 10) == round(5.2 / 6, 10)


def test_an_index_of_value_forgives_delay_at_the_end_and_one_of_time_does_not() -> None:
    late = evm.Figures.of([50, 100, 100, 100], [25, 50, 75, 100], [25, 50, 75, 100])
    assert evm.measure(late).spi[0].tolist() == [0.5, 0.5, 0.75, 1.0]
    assert evm.earned_schedule(late).spi_t[0].tolist() == [0.5, 0.5, 0.5, 0.5]
