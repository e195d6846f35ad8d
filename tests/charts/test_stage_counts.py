from mainstay.charts.stage_counts import StageCount, stage_counts

from .helpers import drawn, table

STAGES = [StageCount("Candidate", 1, 3e6, "/c/"), StageCount("Active", 3, 9e6), StageCount("Closed", 0)]


def test_the_title_names_the_largest_stage_and_its_share_of_cost():
    assert stage_counts(STAGES, "GBP").title == "3 of 4 projects are in stage Active, with 75% of the cost"
    assert stage_counts([StageCount("Active", 1)], "GBP").title == "1 of 1 project is in stage Active"


def test_stages_stand_in_the_order_given_with_their_shares():
    assert table(stage_counts(STAGES, "GBP")) == [
        ("Stage", "Projects", "Share of projects", "Cost", "Share of cost"),
        ("Candidate", 1, 0.25, 3e6, 0.25),
        ("Active", 3, 0.75, 9e6, 0.75),
        ("Closed", 0, 0.0, 0.0, 0.0),
    ]


def test_a_stage_opens_its_records():
    assert [row["url"] for row in stage_counts(STAGES, "GBP").rows] == ["/c/", "", ""]


def test_it_draws_counts_and_money():
    picture = drawn(stage_counts(STAGES, "GBP"))
    assert "3 projects" in picture
    assert "GBP 9.0m" in picture


def test_without_projects_it_says_so():
    figure = stage_counts([], "GBP")
    assert (figure.title, figure.rows) == ("There are no projects yet", ())
    assert "There are no projects yet" in drawn(figure)
