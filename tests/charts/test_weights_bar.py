from mainstay.charts.weights_bar import CriterionWeight, weights_bar

from .helpers import drawn, table

GROUP = [CriterionWeight("Fit", 0.4, 0.2, 0.45), CriterionWeight("Value", 0.6, 0.5, 0.8, "/v/")]


def test_the_title_names_the_heaviest_and_where_the_group_is_apart():
    assert weights_bar(GROUP).title == (
        "Value weighs most with 60%; the group is furthest apart on Value, from 50% to 80%"
    )
    alone = [CriterionWeight("Fit", 0.4), CriterionWeight("Value", 0.6)]
    assert weights_bar(alone).title == "Value weighs most with 60%"


def test_equal_weights_are_said():
    assert weights_bar([CriterionWeight("A", 0.5), CriterionWeight("B", 0.5)]).title == "All criteria weigh 50%"
    three = [CriterionWeight("A", 0.4), CriterionWeight("B", 0.4), CriterionWeight("C", 0.2)]
    assert weights_bar(three).title == "A and B weigh most with 40% each"


def test_the_heaviest_stands_first_with_the_spread_of_the_group():
    assert table(weights_bar(GROUP)) == [
        ("Criterion", "Weight", "Lowest", "Highest"),
        ("Value", 0.6, 0.5, 0.8),
        ("Fit", 0.4, 0.2, 0.45),
    ]
    assert table(weights_bar([CriterionWeight("A", 1)])) == [("Criterion", "Weight"), ("A", 1)]


def test_the_axis_reaches_as_far_as_the_widest_line():
    assert weights_bar(GROUP).params == {"reach": 0.8}


def test_it_draws_weights():
    assert "60.0%" in drawn(weights_bar(GROUP))
    assert "100.0%" in drawn(weights_bar([CriterionWeight("A", 1)]))


def test_without_weights_it_says_so():
    assert (weights_bar([]).title, weights_bar([]).rows) == ("No criterion has a weight yet", ())
