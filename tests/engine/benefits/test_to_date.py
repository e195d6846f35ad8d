"""What was planned to a date, by sums of profiles."""

from decimal import Decimal

import pytest

from mainstay.engine.benefits.profile import Profile, target
from mainstay.engine.benefits.to_date import planned_to_date


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("total", ["1000.01", "-77.77"])
def test_the_sum_to_each_period_is_that_of_the_target(profile: Profile, total: str) -> None:
    parts = target(Decimal(total), 7, profile, waiting=2)
    for elapsed in range(12):
        exact = planned_to_date([float(total)], [7], [profile], [2], [elapsed])[0]
        assert abs(exact - float(sum(parts[:elapsed]))) < 0.01 * 7


def test_before_the_waiting_is_over_nothing_was_planned_and_at_the_end_all_was() -> None:
    found = planned_to_date([600, 600], [3, 3], ["ramp", "decay"], [1, 1], [1, 9])
    assert found.tolist() == [0, 600]


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="a profile that is known"):
        planned_to_date([1], [1], ["sudden"], [0], [1])
