import pytest

from mainstay.charts.health import HealthCount, health

from .helpers import drawn, table

ALL = [HealthCount("green", 12), HealthCount("amber", 5), HealthCount("red", 1), HealthCount("", 2)]


def test_the_title_counts_the_troubled_and_the_silent():
    assert health(ALL).title == "1 of 20 projects is off track and 5 at risk; 2 have not reported"
    assert health(ALL[:3]).title == "1 of 18 projects is off track and 5 at risk"


def test_each_state_has_shape_and_word():
    assert table(health(ALL)) == [
        ("Health", "Projects"),
        ("● On track", 12),
        ("▲ At risk", 5),
        ("◆ Off track", 1),
        ("– Not reported", 2),
    ]


def test_groups_become_strips_of_their_own():
    figure = health(
        [HealthCount("green", 2, "Grid"), HealthCount("red", 1, "People"), HealthCount("amber", 0, "Grid")]
    )
    assert table(figure) == [
        ("Group", "Health", "Projects"),
        ("Grid", "● On track", 2),
        ("People", "◆ Off track", 1),
    ]
    assert "People" in drawn(figure)


def test_it_draws_the_shape_beside_the_number():
    assert "● 12" in drawn(health(ALL))


def test_silence_and_emptiness_are_told_apart():
    assert health([HealthCount("", 3)]).title == "None of 3 projects has reported its health"
    assert health([]).title == "No project is under way"
    assert health([]).rows == ()


def test_an_unknown_health_is_refused():
    with pytest.raises(ValueError, match="Unknown health: 'blue'"):
        HealthCount("blue", 1)
