from mainstay.charts.matrix import NAMES, MatrixPoint, Measure, matrix

from .helpers import drawn, table

RISK = Measure("Risk", unit="points", more_is_better=False)
NPV = Measure("NPV", "money", "GBP")
COST = Measure("Cost", "money", "GBP")
POINTS = [
    MatrixPoint("Meters", 10, 9e6, 4e6, "Grid", "/m/"),
    MatrixPoint("Ledger", 40, 5e6, 9e6, "Digital"),
    MatrixPoint("Portal", 70, -2e6, None, "Digital"),
    MatrixPoint("Unscored", None, 2e6, 1e6, "Grid"),
]


def crowd(count):
    return [MatrixPoint(f"P{i}", i * 37 % 101, i * 53 % 97, i) for i in range(count)]


def test_the_title_counts_what_is_better_in_both_measures():
    assert matrix(POINTS, RISK, NPV).title == "1 of 3 projects is better than the median in both NPV and risk"
    more = Measure("Reward")
    assert matrix(POINTS, more, NPV).title == "0 of 3 projects are better than the median in both NPV and reward"


def test_the_largest_come_first_and_what_lacks_a_measure_is_left_out_and_said():
    figure = matrix(POINTS, RISK, NPV, size=COST)
    assert table(figure) == [
        ("Project", "Theme", "Risk", "NPV", "Cost"),
        ("Ledger", "Digital", 40, 5e6, 9e6),
        ("Meters", "Grid", 10, 9e6, 4e6),
        ("Portal", "Digital", 70, -2e6, None),
    ]
    assert figure.description == (
        "Bubbles of projects by risk and NPV, area by cost; dashed lines are the medians."
        " 1 project without both measures not drawn."
    )
    assert [row["url"] for row in figure.rows] == ["", "/m/", ""]


def test_groups_keep_their_colour_when_some_are_absent():
    figure = matrix(POINTS[:1], RISK, NPV, order=["Digital", "Grid"], group="Stage")
    assert (figure.params["order"], figure.params["present"]) == (["Digital", "Grid"], ["Grid"])
    assert table(figure)[0] == ("Project", "Stage", "Risk", "NPV")


def test_the_plot_reaches_a_little_beyond_its_bubbles():
    params = matrix(POINTS, RISK, NPV).params
    assert params["x_range"] == [10 - 3.6, 70 + 3.6]
    assert matrix(POINTS[:1], RISK, NPV).params["x_range"] == [9.4, 10.6]
    assert matrix([MatrixPoint("A", 0, 0)], RISK, NPV).params["y_range"] == [-1.0, 1.0]


def test_five_hundred_projects_stay_readable():
    figure = matrix(crowd(500), RISK, NPV)
    named = [row["label"] for row in figure.rows if row["label"]]
    assert len(named) == 12
    assert named[0] == "P499"
    assert 20 <= sum(bool(row["label"]) for row in matrix(crowd(60), RISK, NPV).rows) <= NAMES
    assert (figure.params["largest"], figure.params["opaque"]) == (360, 0.55)
    assert "P499" in drawn(figure)


def test_a_few_projects_are_large_and_all_named():
    figure = matrix(crowd(8), RISK, NPV)
    assert [row["label"] for row in figure.rows] == [f"P{i}" for i in range(7, -1, -1)]
    assert figure.params["largest"] == 1_100


def test_without_sizes_all_bubbles_are_alike_and_small():
    figure = matrix([MatrixPoint("A", 1, 2), MatrixPoint("B", 2, 1)], RISK, NPV)
    assert ([row["size"] for row in figure.rows], figure.params["largest"]) == ([1.0, 1.0], 120)
    assert "B" in drawn(figure)


def test_it_can_be_moved_zoomed_and_picked_out():
    names = [param["name"] for param in matrix(POINTS, RISK, NPV).vega()["params"]]
    assert names[-2:] == ["moved", "picked"]


def test_without_measures_it_says_so():
    figure = matrix(POINTS[3:], RISK, NPV)
    assert (figure.title, figure.rows) == ("No project has both NPV and risk yet", ())
    assert "No project has both" in drawn(figure)
