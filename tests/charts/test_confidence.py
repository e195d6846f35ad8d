import pytest

from mainstay.charts.confidence import RatingCount, confidence

from .helpers import drawn, table


def test_the_title_counts_the_doubtful_among_the_rated():
    ratings = [RatingCount("red", 1), RatingCount("green", 4), RatingCount("", 3)]
    assert confidence(ratings).title == "1 of 5 rated projects is red or amber/red; 3 are not rated"


def test_ratings_stand_from_green_to_red_and_the_unrated_last():
    ratings = [RatingCount("", 1), RatingCount("red", 1), RatingCount("amber_green", 2, "/ag/")]
    assert table(confidence(ratings)) == [
        ("Delivery confidence", "Projects", "Share"),
        ("○ Amber/green", 2, 0.5),
        ("◆ Red", 1, 0.25),
        ("– Not rated", 1, 0.25),
    ]


def test_it_draws_shape_and_word():
    assert "▲ Amber" in drawn(confidence([RatingCount("amber", 2)]))


def test_without_ratings_it_says_so():
    assert confidence([]).title == "No project has a delivery confidence yet"
    assert confidence([RatingCount("", 3)]).title == "No project has a delivery confidence yet"


def test_a_rating_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="Unknown delivery confidence: 'Green'"):
        RatingCount("Green", 1)
