"""The clock of a request: working days, weekends left out."""

from datetime import UTC, datetime, timedelta

import pytest

from mainstay.identification.clock import Clock, after, worked

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (FRIDAY, FRIDAY + 3 * HOUR, 3),
        (FRIDAY, SATURDAY, 8),
        (FRIDAY, MONDAY, 17),
        (SATURDAY, SATURDAY + 20 * HOUR, 0),
        (MONDAY, MONDAY + 14 * DAY, 240),
        (MONDAY, FRIDAY, 0),
    ],
)
def test_working_time_leaves_out_saturdays_and_sundays(start, end, hours):
    assert worked(start, end) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (FRIDAY, 3, FRIDAY + 3 * HOUR),
        (FRIDAY, 17, MONDAY),
        (SATURDAY, 9, MONDAY),
        (MONDAY, 240, MONDAY + 14 * DAY),
        (MONDAY, 0, MONDAY),
    ],
)
def test_the_due_moment_is_so_much_working_time_later(start, hours, end):
    assert after(start, hours * HOUR) == end


def test_what_was_worked_until_the_due_moment_is_what_was_allowed():
    for hours in range(0, 400, 7):
        for start in (FRIDAY, SATURDAY, MONDAY):
            assert worked(start, after(start, hours * HOUR)) == hours * HOUR


@pytest.mark.parametrize(
    ("used", "runs", "kind", "words"),
    [
        (2, True, "good", "8 working days left"),
        (8, True, "warn", "2 working days left"),
        (9.5, True, "warn", "less than a day left"),
        (11, True, "bad", "1 working day late"),
        (4, False, "good", "stopped, 6 working days left"),
    ],
)
def test_the_clock_says_how_it_stands(used, runs, kind, words):
    clock = Clock(used * DAY, 10 * DAY, runs, MONDAY)
    assert (clock.kind, clock.words) == (kind, words)
