"""Working hours of days: weeks that repeat, and exceptions."""

from datetime import date

import pytest

from mainstay.engine.capacity import Calendar, Horizon, hours_by_day

CHRISTMAS = Horizon(date(2026, 12, 21), date(2026, 12, 27))


def test_holidays_and_a_working_saturday_hold_instead_of_the_week() -> None:
    exceptions = ((date(2026, 12, 25), 0.0), (date(2026, 12, 24), 4.0), (date(2026, 12, 26), 5.0))
    hours = hours_by_day([Calendar(exceptions=exceptions), Calendar((6, 6, 6, 6, 0, 0, 0))], CHRISTMAS)
    assert hours.tolist() == [[8, 8, 8, 4, 0, 5, 0], [6, 6, 6, 6, 0, 0, 0]]


def test_exceptions_outside_the_horizon_do_nothing() -> None:
    exceptions = ((date(2026, 12, 20), 0.0), (date(2026, 12, 28), 0.0))
    assert hours_by_day([Calendar(exceptions=exceptions)], CHRISTMAS).sum() == 40.0


def test_without_calendars_there_are_no_rows() -> None:
    assert hours_by_day([], CHRISTMAS).shape == (0, 7)


@pytest.mark.parametrize(
    ("week", "exceptions", "sentence"),
    [
        ((8,) * 5, (), "seven days"),
        ((25, 0, 0, 0, 0, 0, 0), (), "from 0 to 24"),
        ((8,) * 7, ((date(2026, 1, 1), float("nan")),), "from 0 to 24"),
        ((8,) * 7, ((date(2026, 1, 1), 0), (date(2026, 1, 1), 8)), "named once"),
    ],
)
def test_nonsense_is_refused(week: tuple, exceptions: tuple, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Calendar(week, exceptions)
