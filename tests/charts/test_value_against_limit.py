from mainstay.charts.value_against_limit import Point, value_against_limit

from .helpers import drawn, table

POINTS = [Point(90, 40, 40, 3, url="/p/0/"), Point(100, 50, 52, 4, proven=False), Point(110, 55, 55, 5)]


def _figure(points=POINTS, present=100):
    return value_against_limit(points, present, "Budget", "GBP", "Votes", "votes")


def test_the_title_says_what_less_would_cost():
    assert _figure().title == "A budget of GBP 90 instead of GBP 100 takes 10 votes off the votes"
    flat = [Point(90, 50, 50, 4), Point(100, 50, 50, 4)]
    assert _figure(flat).title == "A budget of GBP 90 instead of GBP 100 changes nothing"
    assert _figure(POINTS[:1], 90).title == "GBP 90 brings 40 votes"
    assert _figure([]).title == "No amount of budget has a plan"


def test_the_present_amount_is_marked_and_what_is_not_proven_too():
    assert table(_figure(present=90))[1:] == [
        (90, 40, 40, 3, "◆ At present"),
        (100, 50, 52, 4, "○ Not proven"),
        (110, 55, 55, 5, "● Proven best"),
    ]


def test_it_draws_a_line_and_each_point_opens_its_plan():
    assert "Budget, GBP" in drawn(_figure())
    assert _figure().rows[0]["url"] == "/p/0/"
