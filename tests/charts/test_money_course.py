from mainstay.charts.money_course import MoneyMonth, money_course

from .helpers import drawn, table

MONTHS = [MoneyMonth("2027-01", 100, 80), MoneyMonth("2027-02", 100, 90), MoneyMonth("2027-03", 100, 5, 150)]


def test_the_title_sets_the_outlook_beside_the_budget():
    assert money_course(MONTHS, "GBP").title == (
        "GBP 175 of GBP 300 are spent; the outlook is GBP 320, GBP 20 above the budget"
    )
    assert money_course(MONTHS[:1], "GBP").title == (
        "GBP 80 of GBP 100 are spent; the outlook is GBP 80, GBP 20 below the budget"
    )
    assert money_course([], "GBP").title == "No money is planned or spent yet"


def test_the_forecast_goes_on_from_what_was_spent():
    assert table(money_course(MONTHS, "GBP")) == [
        ("Month", "What", "Amount up to then"),
        ("2027-01", "Budget", 100),
        ("2027-01", "Actual", 80),
        ("2027-02", "Budget", 200),
        ("2027-02", "Actual", 170),
        ("2027-02", "Forecast", 170),
        ("2027-03", "Budget", 300),
        ("2027-03", "Forecast", 320),
    ]


def test_each_month_can_stand_for_itself():
    rows = table(money_course(MONTHS, "GBP", cumulative=False))
    assert rows[0] == ("Month", "What", "Amount")
    assert rows[-2:] == [("2027-03", "Budget", 100), ("2027-03", "Forecast", 150)]


def test_it_can_be_drawn():
    assert "2027-02" in drawn(money_course(MONTHS, "GBP"))
