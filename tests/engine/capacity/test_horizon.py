"""Days and periods: ISO weeks, leap years, months cut off, fiscal quarters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.engine.capacity import Calendar, Horizon, hours_by_day


def test_a_year_of_53_weeks_has_its_53rd() -> None:
    weeks = Horizon(date(2026, 12, 24), date(2027, 1, 5), "week")
    assert weeks.names == ("2026-W52", "2026-W53", "2027-W01")
    assert weeks.edges.tolist() == [0, 4, 11, 13]


def test_months_cut_off_count_with_the_days_inside() -> None:
    months = Horizon(date(2024, 1, 30), date(2024, 3, 1))
    assert months.names == ("2024-01", "2024-02", "2024-03")
    assert months.edges.tolist() == [0, 2, 31, 32]
    assert months.starts == (date(2024, 1, 30), date(2024, 2, 1), date(2024, 3, 1))


def test_quarters_of_a_calendar_year() -> None:
    quarters = Horizon(date(2026, 2, 1), date(2026, 12, 31), "quarter")
    assert quarters.names == ("2026 Q1", "2026 Q2", "2026 Q3", "2026 Q4")
    assert quarters.starts == (date(2026, 2, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1))


def test_quarters_of_a_fiscal_year_from_november() -> None:
    quarters = Horizon(date(2026, 10, 1), date(2027, 5, 31), "quarter", year_begins=11)
    assert quarters.names == ("2025/26 Q4", "2026/27 Q1", "2026/27 Q2", "2026/27 Q3")
    assert quarters.starts[1:] == (date(2026, 11, 1), date(2027, 2, 1), date(2027, 5, 1))


@pytest.mark.parametrize(("first", "week"), [(date(2026, 3, 23), "2026-W13"), (date(2026, 10, 19), "2026-W43")])
def test_a_week_in_which_the_clock_changes_is_as_long_as_any(first: date, week: str) -> None:
    horizon = Horizon(first, first + timedelta(days=6), "week")
    assert horizon.names == (week,)
    assert hours_by_day([Calendar()], horizon).sum() == 40.0


def test_the_29th_of_february_is_a_day_of_work() -> None:
    february = Horizon(date(2024, 2, 1), date(2024, 2, 29))
    assert february.days == 29
    assert hours_by_day([Calendar()], february)[0].tolist()[-1] == 8.0
    assert february.day_numbers([date(2024, 3, 1), date(2024, 1, 31)]).tolist() == [29, -1]


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 900),
    st.sampled_from(["day", "week", "month", "quarter"]),
    st.integers(1, 12),
)
def test_periods_follow_one_another_without_gaps(first: date, days: int, unit, month: int) -> None:
    horizon = Horizon(first, first + timedelta(days=days), unit, month)
    assert horizon.edges[0] == 0
    assert horizon.edges[-1] == horizon.days == days + 1
    assert (horizon.edges[1:] > horizon.edges[:-1]).all()
    assert len(set(horizon.names)) == horizon.periods == len(horizon.edges) - 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last": date(2025, 12, 31)}, "before the first"),
        ({"unit": "year"}, "The unit is"),
        ({"year_begins": 13}, "from 1 to 12"),
    ],
)
def test_nonsense_is_refused(changed: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Horizon(**({"first": date(2026, 1, 1), "last": date(2026, 12, 31)} | changed))
