from mainstay.charts.value_risk import LABELS, ValueRisk, value_risk

from .helpers import drawn, table

PROJECTS = [
    ValueRisk("Meters", 10, 90, 4e6, "Grid", "/m/"),
    ValueRisk("Ledger", 40, 50, 9e6, "Digital"),
    ValueRisk("Portal", 70, 20, None, "Digital"),
    ValueRisk("Unscored", None, 20, 1e6, "Grid"),
]


def test_the_title_counts_what_is_worth_its_risk():
    assert value_risk(PROJECTS, "GBP").title == "1 of 3 projects gives above-median value at below-median risk"


def test_the_largest_come_first_and_what_lacks_a_figure_is_left_out_and_said():
    figure = value_risk(PROJECTS, "GBP")
    assert table(figure) == [
        ("Project", "Theme", "Risk", "Value", "Cost"),
        ("Ledger", "Digital", 40, 50, 9e6),
        ("Meters", "Grid", 10, 90, 4e6),
        ("Portal", "Digital", 70, 20, None),
    ]
    assert figure.description.endswith("1 project without a value or a risk not drawn.")


def test_themes_keep_their_colour_when_some_are_absent():
    figure = value_risk(PROJECTS[:1], "GBP", order=["Digital", "Grid"])
    assert figure.params == {"order": ["Digital", "Grid"], "present": ["Grid"]}


def test_of_two_projects_in_one_place_only_the_larger_is_named():
    figure = value_risk([ValueRisk("Small", 5, 5, 1), ValueRisk("Large", 5, 5, 2), ValueRisk("Far", 1, 1, 1)], "GBP")
    assert [row["label"] for row in figure.rows] == ["Large", "Far", ""]


def test_two_hundred_projects_stay_readable():
    many = [ValueRisk(f"P{i}", i * 37 % 101, i * 53 % 97, i) for i in range(200)]
    figure = value_risk(many, "GBP")
    assert sum(1 for row in figure.rows if row["label"]) == LABELS
    assert figure.rows[0]["label"] == "P199"
    assert "P199" in drawn(figure)


def test_without_figures_it_says_so():
    figure = value_risk([ValueRisk("Unscored", None, 3)], "GBP")
    assert (figure.title, figure.rows) == ("No project has both a value and a risk yet", ())
    assert "No project has both" in drawn(figure)
