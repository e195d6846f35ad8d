from mainstay.charts.quantile_fan import Fan, quantile_fan

from .helpers import drawn, table

FANS = [Fan("2027", 1e6, 2e6, 4e6, 2e6), Fan("2028", 2e6, 3e6, 4e6)]


def test_the_title_names_the_least_sure_period():
    assert quantile_fan(FANS, "Cost", "GBP").title == (
        "Cost is least sure in 2027: GBP 1.0m to GBP 4.0m in 8 of 10 cases"
    )
    assert (
        quantile_fan([Fan("2027", 5, 5, 5)], "Days", "days", kind="number").title == "Days is certain in every period"
    )
    assert quantile_fan([], "Cost", "GBP").title == "Cost has no period yet"


def test_the_table_says_the_same():
    assert table(quantile_fan(FANS, "Cost", "GBP")) == [
        ("Period", "P10", "P50", "P90", "Planned"),
        ("2027", 1e6, 2e6, 4e6, 2e6),
        ("2028", 2e6, 3e6, 4e6, None),
    ]


def test_it_draws_a_band_with_money_on_its_axis():
    picture = drawn(quantile_fan(FANS, "Cost", "GBP"))
    assert "Cost, GBP" in picture
    assert "2028" in picture
    assert "3m" in picture
