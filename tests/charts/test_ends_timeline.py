from datetime import date

import pytest

from mainstay.charts.ends_timeline import EndingQuarter, ends_timeline

from .helpers import drawn, table

TODAY = date(2026, 11, 20)


def quarter(year: int, number: int, count: int, url: str = "") -> EndingQuarter:
    last = {1: 31, 2: 30, 3: 30, 4: 31}[number]
    start, end = date(year, number * 3 - 2, 1), date(year, number * 3, last)
    return EndingQuarter(f"{year} Q{number}", start, end, count, url)


QUARTERS = [quarter(2027, 3, 2), quarter(2026, 3, 4), quarter(2026, 4, 1, "/q/"), quarter(2027, 4, 8)]


def test_the_title_counts_four_quarters_ahead_and_the_ones_behind():
    expected = "3 projects end within the next four quarters; 4 ended before this quarter"
    assert ends_timeline(QUARTERS, TODAY).title == expected


def test_quarters_stand_in_time_with_their_state():
    assert table(ends_timeline(QUARTERS, TODAY)) == [
        ("Quarter", "Ends", "Projects ending", "State"),
        ("2026 Q3", "2026-09-30", 4, "Past"),
        ("2026 Q4", "2026-12-31", 1, "Now"),
        ("2027 Q3", "2027-09-30", 2, "To come"),
        ("2027 Q4", "2027-12-31", 8, "To come"),
    ]


def test_it_draws_the_quarters():
    assert "2026 Q4" in drawn(ends_timeline(QUARTERS, TODAY))


def test_nothing_ahead_and_nothing_at_all_are_told_apart():
    behind = ends_timeline([quarter(2026, 1, 2)], TODAY)
    assert behind.title == "No project ends within the next four quarters; 2 ended before this quarter"
    assert ends_timeline([], TODAY).title == "No project has an end date yet"
    assert ends_timeline([], TODAY).rows == ()


def test_a_quarter_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="Quarter '2026 Q1' ends before it starts"):
        EndingQuarter("2026 Q1", date(2026, 3, 31), date(2026, 1, 1), 1)
