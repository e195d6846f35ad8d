from mainstay.charts.limits import LimitUse, limits

from .helpers import drawn, table

USES = [LimitUse("Engineers", 4, 8, "FTE"), LimitUse("Money", 3e6, 3e6, "GBP", True, "/limits/money/")]


def test_the_title_names_what_binds():
    assert limits(USES).title == "Money binds; Engineers has room"
    assert limits([LimitUse(f"L{i}", 1, 1, "", True) for i in range(4)]).title == "4 of 4 limits bind"
    assert limits(USES[:1]).title == "No limit binds: everything worth choosing fits"


def test_the_fullest_limit_comes_first():
    assert table(limits(USES)) == [
        ("Limit", "Used", "Available", "Unit", "Used share", "State"),
        ("Money", 3e6, 3e6, "GBP", 1.0, "Binds"),
        ("Engineers", 4, 8, "FTE", 0.5, "Has room"),
    ]


def test_a_limit_of_nothing_is_full_once_used():
    assert [row["share"] for row in limits([LimitUse("None", 0, 0), LimitUse("Over", 2, 0)]).rows] == [
        1.0,
        0.0,
    ]


def test_it_draws_share_and_amounts():
    picture = drawn(limits(USES))
    assert "100% · GBP 3.0m of 3.0m · binds" in picture
    assert (">100%<" in picture, ">120%<" in picture) == (True, False)


def test_the_axis_reaches_as_far_as_a_limit_is_exceeded():
    assert ">150%<" in drawn(limits([LimitUse("Engineers", 16, 10, "FTE", True)]))


def test_without_limits_it_says_so():
    assert (limits([]).title, limits([]).rows) == ("The plan has no limits", ())
    assert "The plan has no limits" in drawn(limits([]))
