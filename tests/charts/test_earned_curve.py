from mainstay.charts.earned_curve import EarnedMonth, earned_curve
from tests.charts.helpers import drawn, table

MONTHS = [
    EarnedMonth("2027-01", 2e6, 2e6, 1e6, earlier=3e6),
    EarnedMonth("2027-02", 4e6, 3e6, 5e6, forecast=5e6),
    EarnedMonth("2027-03", 6e6, forecast=8e6),
]


def test_the_title_says_how_far_it_is_from_plan_and_cost():
    told = "By February 2027, GBP 3.0m are earned: GBP 1.0m behind the plan and GBP 2.0m less than was spent"
    assert earned_curve(MONTHS, "GBP").title == told
    told = "By January 2027, GBP 2.0m are earned: as planned and GBP 1.0m more than was spent"
    assert earned_curve(MONTHS[:1], "GBP").title == told
    assert earned_curve(MONTHS[2:], "GBP").title == "GBP 6.0m of work are planned; nothing is reported yet"
    assert earned_curve([], "GBP").title == "No work is planned yet"


def test_the_table_has_a_row_for_each_known_amount():
    assert table(earned_curve(MONTHS[1:], "GBP")) == [
        ("Month", "What", "Up to then"),
        ("2027-02", "Planned", 4e6),
        ("2027-02", "Earned", 3e6),
        ("2027-02", "Spent", 5e6),
        ("2027-02", "Forecast", 5e6),
        ("2027-03", "Planned", 6e6),
        ("2027-03", "Forecast", 8e6),
    ]


def test_it_can_be_drawn():
    assert "2027-02" in drawn(earned_curve(MONTHS, "GBP"))
