from mainstay.charts.realisation_curve import RealisedMonth, realisation_curve
from tests.charts.helpers import drawn, table

MONTHS = [RealisedMonth("2027-01", 2e6, 2e6), RealisedMonth("2027-02", 4e6, 3e6, 3e6), RealisedMonth("2027-03", 6e6)]


def test_the_title_says_how_far_it_is_from_what_was_planned_to_the_same_month():
    assert realisation_curve(MONTHS, "GBP").title == "By February 2027, GBP 3.0m came: GBP 1.0m less than planned"
    assert realisation_curve(MONTHS[:1], "GBP").title == "By January 2027, GBP 2.0m came, as planned"
    assert realisation_curve(MONTHS[2:], "GBP").title == "GBP 6.0m of benefits are planned; nothing was read yet"
    assert realisation_curve([], "GBP").title == "No benefit is planned yet"


def test_the_table_has_a_row_for_each_known_amount():
    assert table(realisation_curve(MONTHS[1:], "GBP")) == [
        ("Month", "What", "Up to then"),
        ("2027-02", "Planned", 4e6),
        ("2027-02", "Realised", 3e6),
        ("2027-02", "Forecast", 3e6),
        ("2027-03", "Planned", 6e6),
    ]


def test_it_can_be_drawn():
    assert "2027-02" in drawn(realisation_curve(MONTHS, "GBP"))
