import itertools
import math
import re
from pathlib import Path

import pytest

from mainstay.charts.theme import DARK, LIGHT, NAMED, Colours, config

ROOT = Path(__file__).parents[2]
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.01182, 0.04294, 0.968881),
)
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(line, vector, strict=True)) for line in matrix]


def seen(colour, eye=None):
    light = linear(colour) if eye is None else [min(1, max(0, c)) for c in times(eye, linear(colour))]
    return times(TO_LAB, [math.cbrt(c) for c in times(TO_CONES, light)])


def contrast(one, other):
    light, dark = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", [None, PROTANOPIA, DEUTERANOPIA], ids=["normal", "protanopia", "deuteranopia"])
def test_any_two_categories_can_be_told_apart(colours: Colours, eye):
    distances = [math.dist(seen(a, eye), seen(b, eye)) for a, b in itertools.combinations(colours.category, 2)]
    assert len(distances) == 28
    assert min(distances) >= 0.08


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_words_stand_out_from_the_page(colours: Colours):
    marks = [*colours.category, colours.accent, colours.good, colours.warn, colours.poor, colours.bad]
    assert [mark for mark in marks if contrast(mark, colours.page) < 3] == []
    assert [ink for ink in (colours.ink, colours.quiet) if contrast(ink, colours.page) < 4.5] == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_inside_status_bars_are_readable(colours: Colours):
    assert min(contrast(colours.page, colours.good), contrast(colours.page, colours.bad)) >= 4.5
    assert min(contrast(colours.onbright, colours.warn), contrast(colours.onbright, colours.none)) >= 4.5


@pytest.mark.parametrize(
    ("selector", "colours"), [(":root", LIGHT), ('[data-bs-theme="dark"]', DARK)], ids=["light", "dark"]
)
def test_the_style_sheet_holds_the_same_colours(selector, colours: Colours):
    sheet = (ROOT / "frontend/src/styles/tokens.css").read_text()
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", sheet, re.DOTALL)
    tokens = dict(re.findall(r"--m-chart-([a-z0-9]+):\s*(#[0-9a-f]{6})", block[1]))
    expected = {name: getattr(colours, name) for name in NAMED}
    expected |= {str(index): colour for index, colour in enumerate(colours.category, 1)}
    assert tokens == expected


def test_the_configuration_names_every_colour_a_chart_may_use():
    assert {param["name"] for param in config("dark")["params"]} == set(NAMED)
    assert config("dark")["background"] == DARK.page
