from mainstay.charts.in_out import Selection, in_out

from .helpers import drawn, table

PLAN, PRESENT = Selection(18, 123, 2_900_000), Selection(20, 100, 3_200_000)


def test_the_title_compares_value_and_cost():
    assert in_out(PLAN, PRESENT, 40, "GBP").title == (
        "The plan gives 23% more value than the present selection, for GBP 300k less"
    )
    assert in_out(PRESENT, PLAN, 40, "GBP").title == (
        "The plan gives 19% less value than the present selection, for GBP 300k more"
    )
    assert in_out(PLAN, PLAN, 40, "GBP").title == (
        "The plan gives 0% more value than the present selection, for the same cost"
    )


def test_the_table_says_both_and_the_difference():
    assert table(in_out(PLAN, PRESENT, 40, "GBP", value_unit="votes")) == [
        ("Measure", "Plan", "Present selection", "Difference"),
        ("Projects", "18 projects", "20 projects", "−2"),
        ("Value", "123 votes", "100 votes", "+23"),
        ("Cost", "GBP 2.9m", "GBP 3.2m", "−300,000"),
    ]


def test_without_a_present_selection_the_plan_stands_alone():
    figure = in_out(PLAN, None, 40, "GBP")
    assert figure.title == "The plan chooses 18 of 40 candidates for GBP 2.9m"
    assert {row["present_label"] for row in figure.rows} == {"none yet"}


def test_it_draws_both():
    picture = drawn(in_out(PLAN, PRESENT, 40, "GBP"))
    assert "GBP 2.9m" in picture
    assert "GBP 3.2m" in picture


def test_an_empty_plan_is_said():
    nothing = Selection(0, 0, 0)
    assert in_out(nothing, None, 0, "GBP").title == "The plan chooses 0 of 0 candidates for GBP 0"
    assert "0 of 0" in drawn(in_out(nothing, None, 0, "GBP"))
