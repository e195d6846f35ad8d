from mainstay.charts.month_lines import MonthValue, month_lines

from .helpers import drawn, table

COURSE = [MonthValue("2027-01", "Cost", 2e6), MonthValue("2027-02", "Cost", 3e6)]
SAME = [MonthValue("2027-01", "Benefit", 5e6), MonthValue("2027-02", "Benefit", 5e6)]


def test_the_title_says_how_each_line_went():
    title = "Committed work since January 2027: cost up by GBP 1.0m to GBP 3.0m and benefit unchanged at GBP 5.0m"
    assert month_lines([*COURSE, *SAME], "Committed work", "GBP").title == title
    fallen = month_lines([*reversed(SAME), MonthValue("2027-03", "Benefit", 4e6)], "Work", "GBP").title
    assert fallen.endswith("benefit down by GBP 1.0m to GBP 4.0m")


def test_one_month_has_no_course():
    assert month_lines(COURSE[:1], "Work", "GBP").title == "Work: cost GBP 2.0m"


def test_no_month_is_said():
    assert month_lines([], "Work", "GBP").title == "Work has no amounts yet"


def test_the_table_has_every_point():
    assert table(month_lines(COURSE, "Work", "GBP")) == [
        ("Month", "What", "Amount"),
        ("January 2027", "Cost", 2e6),
        ("February 2027", "Cost", 3e6),
    ]


def test_the_last_figure_stands_at_the_end_of_its_line():
    assert "Cost GBP 3.0m" in drawn(month_lines(COURSE, "Work", "GBP"))
