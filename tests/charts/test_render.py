from mainstay.charts.confidence import RatingCount, confidence
from mainstay.charts.render import png, svg
from mainstay.charts.theme import DARK, LIGHT

FIGURE = confidence([RatingCount("green", 4), RatingCount("red", 1)])


def test_a_chart_is_drawn_as_svg_with_its_finding_in_words():
    picture = svg(FIGURE)
    assert "1 of 5 rated projects is red or amber/red" in picture
    assert LIGHT.good in picture
    assert 'width="720"' in picture


def test_a_chart_can_be_dark_and_without_its_title():
    picture = svg(FIGURE, dark=True, width=400, title=False)
    assert DARK.good in picture
    assert DARK.page in picture
    assert LIGHT.good not in picture
    assert "rated projects" not in picture
    assert 'width="400"' in picture


def test_a_chart_is_drawn_as_png_in_twice_the_pixels():
    picture = png(FIGURE, width=400)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20]) == 800
