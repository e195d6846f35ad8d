from mainstay.charts.profile_by_period import PeriodAmount, profile_by_period

from .helpers import drawn, table

FLOWS = [
    PeriodAmount("2027", "Hardware", 2e6, "/h/"),
    PeriodAmount("2027", "Licences", 1e6),
    PeriodAmount("2028", "Licences", 5e6),
    PeriodAmount("2028", "Licences", 1e6),
]


def steps(*amounts):
    figure = profile_by_period([PeriodAmount("2027", "A", amount) for amount in amounts], "Decided", "requests")
    return figure.spec["layer"][0]["encoding"]["y"]["axis"].get("tickMinStep")


def test_whole_numbers_are_counted_in_whole_steps():
    assert (steps(1, 2), steps(0.5, 2.25)) == (1, None)


def test_the_title_gives_the_sum_and_the_peak():
    assert profile_by_period(FLOWS, "Cost", "GBP").title == "Cost is GBP 9.0m, the most of it in 2028 (GBP 6.0m)"
    assert profile_by_period(FLOWS[:2], "Cost", "GBP").title == "Cost is GBP 3.0m, all of it in 2027"
    demand = [PeriodAmount("Q1", "Testers", 2.5), PeriodAmount("Q2", "Testers", 4)]
    assert profile_by_period(demand, "Demand", "FTE", kind="number").title == (
        "Demand is 6.5 FTE, the most of it in Q2 (4 FTE)"
    )


def test_a_flow_with_both_signs_is_told_by_its_largest_amount():
    flow = [PeriodAmount("2027", "Cost", -6e6), PeriodAmount("2028", "Savings", 4e6)]
    assert profile_by_period(flow, "Cash flow", "GBP").title == (
        "Cash flow comes to GBP -2.0m; the largest amount is GBP -6.0m in 2027"
    )


def test_amounts_are_added_up_by_period_and_type():
    assert table(profile_by_period(FLOWS, "Cost", "GBP")) == [
        ("Period", "Type", "Cost"),
        ("2027", "Hardware", 2e6),
        ("2027", "Licences", 1e6),
        ("2028", "Licences", 6e6),
    ]


def test_the_line_is_the_sum_so_far():
    figure = profile_by_period(FLOWS, "Cost", "GBP", cumulative=True)
    assert [row["so_far"] for row in figure.rows] == [3e6, 3e6, 9e6]
    assert [row["label"] for row in figure.rows] == ["", "", "GBP 9.0m"]
    assert table(figure)[0] == ("Period", "Type", "Cost", "Cost up to then")
    assert "GBP 9.0m" in drawn(figure)
    assert "undefined" not in drawn(figure)


def test_types_keep_their_colour_when_some_are_absent():
    figure = profile_by_period(FLOWS[2:], "Cost", "GBP", order=["Hardware", "Licences"])
    assert figure.params == {"order": ["Hardware", "Licences"]}
    assert [row["rank"] for row in figure.rows] == [1]
    assert "Licences" in drawn(figure)


def test_without_amounts_it_says_so():
    assert profile_by_period([], "Cost", "GBP", cumulative=True).title == "Cost has no amount in any period yet"
    assert profile_by_period([PeriodAmount("2027", "A", 0)], "Cost", "GBP").title == (
        "Cost has no amount in any period yet"
    )
