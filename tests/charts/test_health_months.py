from mainstay.charts.health_months import HealthMonth, health_months

from .helpers import drawn, table

MONTHS = [HealthMonth("2027-01", 6, 2, 0, 2), HealthMonth("2027-02", 5, 2, 1, 0)]


def test_the_title_sets_the_last_month_against_the_first():
    assert health_months(MONTHS).title == "1 of 8 projects is off track, against 0 of 10 in January 2027"


def test_one_month_is_told_by_itself():
    assert health_months(MONTHS[1:]).title == "1 of 8 projects is off track"


def test_the_table_leaves_out_what_is_none():
    assert table(health_months(MONTHS[:1])) == [
        ("Month", "Health", "Projects"),
        ("January 2027", "● On track", 6),
        ("January 2027", "▲ At risk", 2),
        ("January 2027", "– Not reported", 2),
    ]


def test_without_work_it_says_so():
    figure = health_months([HealthMonth("2027-01", 0, 0, 0, 0)])
    assert (figure.title, figure.rows) == ("No project was under way in these months", ())


def test_it_draws_each_state_with_its_shape():
    assert "● On track" in drawn(health_months(MONTHS))
