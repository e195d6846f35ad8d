from mainstay.charts.cost_by_theme import ThemeCost, cost_by_theme

from .helpers import drawn, table

THEMES = [ThemeCost("Digital", 2, 3e6, 1), ThemeCost("Grid", 3, 9e6, 0, "/g/")]


def test_the_title_names_the_theme_that_takes_most():
    assert cost_by_theme(THEMES, "GBP").title == "Grid takes 75% of the cost, GBP 9.0m of GBP 12.0m"


def test_the_largest_theme_comes_first():
    assert table(cost_by_theme(THEMES, "GBP")) == [
        ("Theme", "Projects", "Cost", "Share of cost", "Without a cost"),
        ("Grid", 3, 9e6, 0.75, 0),
        ("Digital", 2, 3e6, 0.25, 1),
    ]


def test_projects_without_a_cost_are_said():
    assert cost_by_theme(THEMES, "GBP").description.endswith("1 project without a cost not counted.")


def test_a_theme_keeps_its_colour_by_the_order_of_all_themes():
    assert cost_by_theme(THEMES, "GBP", order=["Net zero", "Grid", "Digital"]).params == {
        "order": ["Net zero", "Grid", "Digital"],
        "reach": 9e6,
    }


def test_it_draws_amount_and_share():
    assert "GBP 9.0m · 75%" in drawn(cost_by_theme(THEMES, "GBP"))


def test_without_themes_or_costs_it_says_so():
    assert cost_by_theme([], "GBP").title == "No project has a theme yet"
    assert cost_by_theme([], "GBP").rows == ()
    assert cost_by_theme([ThemeCost("Grid", 3, 0)], "GBP").title == "3 projects, none with a cost yet"
    assert "No project has a theme yet" in drawn(cost_by_theme([], "GBP"))
