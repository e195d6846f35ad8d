from mainstay.charts.fund_years import FundYear, fund_years

from .helpers import drawn, table

YEARS = [FundYear("2027", 2e6, 1e6, 5e5, 1.5e6), FundYear("2028", 0, 1e6, 0, 3e6)]


def test_the_title_says_what_is_available():
    assert fund_years(YEARS, "GBP").title == "GBP 4.5m of GBP 9.0m are available in 2027 to 2028"
    assert fund_years(YEARS[:1], "GBP").title == "GBP 1.5m of GBP 5.0m are available in 2027"
    assert fund_years([], "GBP").title == "The fund holds nothing in any year yet"


def test_promises_beyond_the_envelope_are_told():
    assert fund_years([FundYear("2027", 0, 3e6, 0, -1e6)], "GBP").title == (
        "GBP 1.0m more than the fund holds are promised in 2027"
    )


def test_the_table_tells_every_part_beside_its_envelope():
    rows = table(fund_years(YEARS[:1], "GBP"))
    assert rows[0] == ("Year", "What", "Amount", "Envelope")
    assert rows[1:] == [
        ("2027", "Released", 2e6, 5e6),
        ("2027", "Committed, not released", 1e6, 5e6),
        ("2027", "Held back", 5e5, 5e6),
        ("2027", "Available", 1.5e6, 5e6),
    ]


def test_it_can_be_drawn():
    assert "2028" in drawn(fund_years(YEARS, "GBP"))
