"""Programmes and portfolios, currencies, and what is not reported."""

import numpy as np
import pytest

from mainstay.engine import evm

NAN = float("nan")


def test_the_index_of_a_portfolio_is_the_ratio_of_sums_not_the_mean_of_indices() -> None:
    figures = evm.Figures.of([[100], [1000]], [[100], [500]], [[50], [1000]], [100, 2000])
    found = evm.measure(evm.roll_up(figures, [0, 1], [0, 0], 1).figures)
    assert evm.measure(figures).cpi[:, 0].tolist() == [2.0, 0.5]
    assert round(float(found.cpi[0, 0]), 6) == round(600 / 1050, 6)
    assert found.figures.bac.tolist() == [2100.0]


def test_who_does_not_report_stays_as_last_reported_in_all_three_figures() -> None:
    figures = evm.Figures.of(
        [[10, 20, 30], [10, 20, 30]], [[8, 16, NAN], [10, NAN, NAN]], [[9, 18, NAN], [7, NAN, NAN]]
    )
    found = evm.roll_up(figures, [0, 1], [0, 0], 1)
    assert found.figures.pv[0].tolist() == [20.0, 30.0, 30.0]
    assert found.figures.ev[0, :2].tolist() == [18.0, 26.0]
    assert found.figures.ac[0, :2].tolist() == [16.0, 25.0]
    assert np.isnan(found.figures.ev[0, 2])
    assert found.plan[0].tolist() == [20.0, 40.0, 60.0]
    assert found.fresh[0].tolist() == [2, 1, 0]


def test_coverage_is_the_share_of_the_budget_that_ever_reported() -> None:
    figures = evm.Figures.of([[10, 20], [20, 60]], [[8, 16], [NAN, 60]], [[9, 18], [NAN, 60]])
    assert evm.roll_up(figures, [0, 1], [0, 0], 1).coverage[0].tolist() == [0.25, 1.0]


def test_a_project_counts_in_its_programme_and_in_its_portfolio() -> None:
    figures = evm.Figures.of([[10], [20]], [[10], [20]], [[10], [20]])
    found = evm.roll_up(figures, [0, 0, 1], [0, 1, 1], 3)
    assert found.figures.pv[:, 0].tolist() == [10.0, 30.0, 0.0]
    assert np.isnan(found.figures.ev[2, 0])
    assert np.isnan(found.coverage[2, 0])


def test_nonsense_in_a_grouping_is_refused() -> None:
    figures = evm.Figures.of([[10], [20]], [[10], [20]], [[10], [20]])
    for member, group, words in (([2], [0], "project"), ([0], [1], "group"), ([0, 0], [0, 0], "once")):
        with pytest.raises(ValueError, match=words):
            evm.roll_up(figures, member, group, 1)


def test_exchange_rates_stand_apart_from_work() -> None:
    own = evm.Figures.of([[100, 200], [50, 100]], [[90, 180], [50, 100]], [[100, 200], [40, 90]])
    found = evm.in_base_currency(own, [2.0, 1.0], [[2.0, 2.5], [1.0, 1.0]])
    assert found.figures.pv.tolist() == [[200.0, 400.0], [50.0, 100.0]]
    assert found.figures.ac.tolist() == [[200.0, 450.0], [40.0, 90.0]]
    assert found.ac_at_baseline_rate.tolist() == [[200.0, 400.0], [40.0, 90.0]]
    assert found.rate_effect.tolist() == [[0.0, 50.0], [0.0, 0.0]]
    cv = evm.measure(found.figures).cv
    assert (cv == found.figures.ev - found.ac_at_baseline_rate - found.rate_effect).all()


def test_cost_of_a_period_without_report_is_converted_with_the_next() -> None:
    own = evm.Figures.of([10, 20, 30], [10, NAN, 30], [10, NAN, 40])
    found = evm.in_base_currency(own, [1.0], [[1.0, NAN, 2.0]])
    assert found.figures.ac[0, 0] == 10.0
    assert np.isnan(found.figures.ac[0, 1])
    assert found.figures.ac[0, 2] == 70.0


@pytest.mark.parametrize(("base", "posted"), [([0.0], [[1.0]]), ([1.0], [[-1.0]]), ([1.0], [[NAN]])])
def test_a_rate_that_is_no_rate_is_refused(base, posted) -> None:
    with pytest.raises(ValueError, match="rate is above zero"):
        evm.in_base_currency(evm.Figures.of([10], [10], [10]), base, posted)


def test_the_last_report_of_each_project_is_found() -> None:
    figures = evm.Figures.of(
        [[10, 20], [10, 20], [10, 20]], [[5, NAN], [5, 9], [NAN, 3]], [[5, NAN], [5, 9], [NAN, NAN]]
    )
    last = figures.last_reported()
    assert last.tolist() == [0, 1, -1]
    assert evm.at_column(figures.pv, last)[:2].tolist() == [10.0, 20.0]
    assert np.isnan(evm.at_column(figures.pv, last)[2])
