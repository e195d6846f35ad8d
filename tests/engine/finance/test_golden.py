"""The golden numbers of financial appraisal, to the printed precision."""

import numpy as np

from mainstay.engine import finance

FLOWS = [-500, 120, 150, 180, 200, 160]


def test_every_measure_of_the_golden_case() -> None:
    found = finance.appraise_one(FLOWS, 0.10, finance_rate=0.10, reinvest_rate=0.08)
    assert found.npv is not None
    assert round(found.npv, 2) == 104.24
    assert found.irr is not None
    assert round(100 * found.irr, 3) == 17.344
    assert found.mirr is not None
    assert round(100 * found.mirr, 3) == 13.413
    assert found.profitability_index is not None
    assert round(found.profitability_index, 4) == 1.2085
    assert found.bcr is not None
    assert round(found.bcr, 4) == 1.2085
    assert found.payback == 3.25
    assert found.discounted_payback is not None
    assert round(found.discounted_payback, 3) == 3.964
    assert found.roi == 0.62
    assert found.equivalent_annuity is not None
    assert round(found.equivalent_annuity, 2) == 27.50
    assert (found.irr_roots, found.irr_count, found.sign_changes) == ((found.irr,), 1, 1)


def test_two_rates_of_return_are_both_found_and_neither_is_called_the_one() -> None:
    found = finance.appraise_one([-1000, 2500, -1540], 0.10)
    assert np.round(found.irr_roots, 12).tolist() == [0.1, 0.4]
    assert found.irr is None
    assert (found.irr_count, found.sign_changes) == (2, 2)


def test_expected_commercial_value_and_its_index() -> None:
    value = finance.expected_commercial_value(900, 0.8, 200, 0.6, 100)
    assert round(float(value), 9) == 212.0
    assert round(float(finance.productivity_index(value, 100)), 9) == 2.12


def test_many_projects_give_what_each_gives_alone() -> None:
    rows = [FLOWS, [-1000, 2500, -1540, np.nan, np.nan, np.nan], [-300, 100, 100, np.nan, np.nan, np.nan]]
    many = finance.appraise(rows, [0.10, 0.2, 0.05])
    for place, (row, rate) in enumerate(zip(rows, [0.10, 0.2, 0.05], strict=True)):
        one = finance.appraise_one([flow for flow in row if not np.isnan(flow)], rate)
        for name in ("npv", "irr", "mirr", "payback", "discounted_payback", "roi", "bcr", "equivalent_annuity"):
            alone, together = getattr(one, name), float(getattr(many, name)[place])
            assert (alone is None and np.isnan(together)) or round(together - alone, 12) == 0, name
