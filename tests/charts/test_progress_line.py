from datetime import date

import pytest

from mainstay.charts.progress_line import Aim, CheckInPoint, progress_line

from .helpers import drawn, table

AIM = Aim(date(2027, 1, 1), date(2027, 12, 31), 0, 100)
LATER, FIRST = CheckInPoint(date(2027, 7, 2), 40, 2, "Rain", "/c/"), CheckInPoint(date(2027, 1, 1), 0, 5)


def test_the_title_compares_the_last_check_in_with_the_line():
    assert progress_line([LATER, FIRST], AIM, "Meters", "thousand").title == (
        "Meters stands at 40 of 100 thousand, 10 behind the line to its target"
    )
    assert progress_line([CheckInPoint(date(2027, 7, 2), 60)], AIM, "Meters").title == (
        "Meters stands at 60 of 100, 10 ahead of the line to its target"
    )
    assert progress_line([CheckInPoint(date(2027, 7, 2), 50)], AIM, "Meters").title == (
        "Meters stands at 50 of 100, on the line to its target"
    )
    assert progress_line([CheckInPoint(date(2027, 7, 2), 100)], AIM, "Meters").title == (
        "Meters stands at 100 of 100: its target is reached"
    )


def test_what_should_fall_is_ahead_when_it_is_lower():
    aim = Aim(date(2027, 1, 1), date(2027, 12, 31), 200, 100)
    assert progress_line([CheckInPoint(date(2027, 7, 2), 120)], aim, "Complaints").title == (
        "Complaints stands at 120 of 100, 30 ahead of the line to its target"
    )


def test_check_ins_stand_by_day_with_progress_and_confidence():
    assert table(progress_line([LATER, FIRST], AIM, "Meters")) == [
        ("Check-in", "Value", "Line to the target", "Progress", "Confidence", "Note"),
        ("2027-01-01", 0, 0.0, 0.0, "● Sure", ""),
        ("2027-07-02", 40, 50.0, 0.4, "◆ Unlikely", "Rain"),
    ]


@pytest.mark.parametrize(
    ("level", "said"), [(1, "◆ Unlikely"), (3, "▲ Doubtful"), (4, "● Sure"), (None, "■ Not said")]
)
def test_confidence_has_shape_and_word(level, said):
    assert progress_line([CheckInPoint(date(2027, 2, 1), 1, level)], AIM, "M").rows[0]["confidence"] == said


def test_the_line_is_flat_before_the_start_and_after_the_end():
    assert [AIM.on(day) for day in (date(2026, 1, 1), date(2027, 12, 31), date(2029, 1, 1))] == [0.0, 100.0, 100.0]
    assert Aim(date(2027, 1, 1), date(2027, 2, 1), 5, 5).progress(5) == 1.0


def test_it_draws_the_target_and_the_points():
    picture = drawn(progress_line([LATER, FIRST], AIM, "Meters"))
    assert "target" in picture
    assert "Unlikely" in picture


def test_without_check_ins_it_says_so():
    figure = progress_line([], AIM, "Meters")
    assert (figure.title, figure.rows) == ("Meters has no check-in yet", ())


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="from 1 to 5"):
        CheckInPoint(date(2027, 1, 1), 1, 6)
    with pytest.raises(ValueError, match="ends after it starts"):
        Aim(date(2027, 1, 1), date(2027, 1, 1), 0, 1)
