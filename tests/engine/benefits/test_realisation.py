"""What came by a date against what was planned for the same date."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine import benefits

NAN = float("nan")


def test_the_rate_is_to_the_same_date_never_against_the_total_of_all_years() -> None:
    found = benefits.realisation([[100, 100, 800]], [[80, 90, NAN]], period=1)
    assert found.rate == 0.85
    assert found.rate != 170 / 1000
    assert (found.realised, found.planned, found.unread) == (170.0, 200.0, 0.0)


def test_only_the_attributed_share_counts_and_disbenefits_count_below_zero() -> None:
    found = benefits.realisation([[100], [-20]], [[150], [-30]], period=0, attribution=[0.6, 1.0])
    assert found.realised == 60.0
    assert found.planned == 80.0
    assert found.rate == 0.75
    assert found.by_benefit.tolist() == [0.9, 1.5]


def test_what_nobody_measured_stands_apart() -> None:
    found = benefits.realisation([[50, 50], [100, 100], [0, 70]], [[50, NAN], [NAN, NAN], [NAN, NAN]], period=1)
    assert found.unmeasured.tolist() == [False, True, True]
    assert (found.rate, found.realised, found.planned, found.unread) == (1.0, 50.0, 50.0, 320.0)
    assert round(found.at_least, 9) == round(50 / 370, 9)
    assert found.by_benefit[0] == 1.0
    assert np.isnan(found.by_benefit[1:]).all()


def test_a_benefit_that_is_not_yet_due_is_not_unmeasured() -> None:
    found = benefits.realisation([[0, 70]], [[NAN, NAN]], period=0)
    assert found.unmeasured.tolist() == [False]
    assert np.isnan(found.rate)


@given(st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_rates_do_not_depend_on_the_unit_or_on_the_future(seed: int, period: int) -> None:
    random = np.random.default_rng(seed)
    plan, read = random.uniform(1, 9, (4, 6)), random.uniform(0, 9, (4, 6))
    found = benefits.realisation(plan, read, period)
    changed = plan.copy()
    changed[:, period + 1 :] = 1e6
    assert benefits.realisation(changed, read, period).rate == found.rate
    assert benefits.realisation(plan * 4, read * 4, period).rate == found.rate


def test_rates_of_themes_are_ratios_of_sums() -> None:
    found = benefits.realisation([[100], [300], [50]], [[150], [150], [NAN]], period=0)
    assert benefits.ratio_by_group(found.came, found.due, [0, 0, 1], 3)[0] == 0.75
    assert np.isnan(benefits.ratio_by_group(found.came, found.due, [0, 0, 1], 3)[1:]).all()
    with pytest.raises(ValueError, match="group"):
        benefits.ratio_by_group([1], [1], [1], 1)


def test_more_than_all_of_a_change_cannot_be_claimed() -> None:
    assert benefits.over_attributed([0, 0, 1, 1, 1], [0.7, 0.4, 0.5, 0.3, 0.2], 3).tolist() == [True, False, False]
    with pytest.raises(ValueError, match="between 0 and 1"):
        benefits.over_attributed([0], [1.2], 1)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="period"):
        benefits.realisation([[1, 2]], [[1, 2]], period=2)
    with pytest.raises(ValueError, match="attribution"):
        benefits.realisation([[1]], [[1]], 0, attribution=[1.5])
    with pytest.raises(ValueError, match="every plan"):
        benefits.realisation([[NAN]], [[1]], 0)
