from mainstay.charts.solver_course import Stand, solver_course

from .helpers import drawn, table

STANDS = [Stand(0.1, None, 120), Stand(0.5, 90, 110), Stand(1, 100, 105)]


def test_the_title_says_how_near_the_best_is():
    assert solver_course(STANDS).title == (
        "The best plan so far brings 100; no plan can bring more than 105, 5.0% above it"
    )
    assert solver_course([Stand(1, 100, 100)]).title == "The best plan so far brings 100, and that is proven best"
    assert solver_course([Stand(1, 100, None)]).title == "The best plan so far brings 100"
    assert solver_course([Stand(1, 0, 10)]).title == "The best plan so far brings 0; no plan can bring more than 10"
    assert solver_course([Stand(1, 262_006, 262_339)]).title == (
        "The best plan so far brings 262,006; no plan can bring more than 262,339, 0.1% above it"
    )
    assert solver_course([]).title == solver_course(STANDS[:1]).title == "No plan is found yet"


def test_the_table_lists_what_was_known_when():
    assert table(solver_course(STANDS))[1:3] == [
        (0.1, "No plan can bring more than", 120),
        (0.5, "Best plan so far", 90),
    ]


def test_it_draws_two_lines():
    picture = drawn(solver_course(STANDS))
    assert "Best plan so far" in picture
    assert "No plan can bring more than" in picture
