from mainstay.charts.calibration_ratios import FinishedRatio, calibration_ratios

from .helpers import drawn, table

GIVEN = [
    FinishedRatio("Network", "Mains", 1.25, 1.1581, url="/m/"),
    FinishedRatio("Digital", "Portal", 0.9, 1.02, is_enough=False),
]


def test_the_title_counts_what_came_out_above_the_estimate():
    assert calibration_ratios(GIVEN, "cost").title == "1 of 2 finished projects came out above the estimated cost"
    assert calibration_ratios([], "cost").title == "No finished project tells what its cost came to yet"


def test_the_table_says_ratio_factor_and_whether_there_are_enough():
    assert table(calibration_ratios(GIVEN, "cost")) == [
        ("Class", "Project", "Actual / estimate", "Factor of the class", "State"),
        ("Network", "Mains", "1.25", "1.16", "● Enough cases"),
        ("Digital", "Portal", "0.90", "1.02", "◆ Too few"),
    ]
    assert "Too few" in drawn(calibration_ratios(GIVEN, "cost"))
