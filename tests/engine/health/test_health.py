"""Computed health: its parts, a red part that no mean hides, and the difference to what is declared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.health import Bands, Light, Part, divergence, health, lights, parts

NAN = float("nan")


def test_each_part_has_its_score_and_its_light() -> None:
    found = parts([0.80, 1.30], [0.7805, 0.95], [1.5, 0.4], [0.66, 0.825], [0.9, NAN])
    assert found.score[0].round(9).tolist() == [0.8, 0.7805, 0.5, 0.8, 0.9]
    assert found.score[1, :4].tolist() == [1.0, 0.95, 1.0, 1.0]
    assert found.light.tolist() == [
        [Light.RED, Light.RED, Light.RED, Light.RED, Light.AMBER],
        [Light.GREEN, Light.GREEN, Light.GREEN, Light.GREEN, Light.UNKNOWN],
    ]


def test_people_used_too_much_and_too_little_both_count_against_health() -> None:
    found = parts([1] * 4, [1] * 4, [0] * 4, [0.825, 0.66, 0.99, 1.65], [1] * 4)
    assert found.score[:, Part.RESOURCE].round(9).tolist() == [1.0, 0.8, 0.8, 0.0]


def test_the_score_is_the_weighted_mean_of_the_parts() -> None:
    found = health(parts([0.8], [0.6], [1.5], [0.66], [0.9]))
    assert round(float(found.score[0]), 9) == round(0.25 * 0.8 + 0.25 * 0.6 + 0.20 * 0.5 + 0.15 * 0.8 + 0.15 * 0.9, 9)
    assert found.light.tolist() == [Light.RED]
    assert found.known.round(9).tolist() == [1.0]


def test_a_red_part_is_never_hidden_behind_a_green_mean() -> None:
    found = health(parts([1.0], [1.0], [0.0], [0.825], [0.7]))
    assert round(float(found.score[0]), 9) == 0.955
    assert found.light.tolist() == [Light.AMBER]
    assert found.red.tolist() == [[False, False, False, False, True]]
    assert found.is_lowered.tolist() == [True]


def test_what_is_not_known_is_left_out_and_told() -> None:
    found = health(parts([1.0, NAN], [0.9, NAN], [NAN, NAN], [NAN, NAN], [NAN, NAN]))
    assert found.score[0] == 0.95
    assert found.light.tolist() == [Light.GREEN, Light.UNKNOWN]
    assert found.known.tolist() == [0.5, 0.0]
    assert np.isnan(found.score[1])


def test_who_declares_better_than_the_figures_is_told_with_the_parts() -> None:
    computed = health(
        parts([0.8, 1, 0.9, NAN], [1, 1, 0.9, NAN], [0, 0, 0.1, NAN], [0.825, 0.825, 0.825, NAN], [1, 1, 0.9, NAN])
    )
    assert computed.light.tolist() == [Light.AMBER, Light.GREEN, Light.AMBER, Light.UNKNOWN]
    found = divergence([Light.GREEN, Light.RED, Light.UNKNOWN, Light.GREEN], computed)
    assert found.steps.tolist() == [1, -2, 0, 0]
    assert found.rosier.tolist() == [True, False, False, False]
    assert found.gloomier.tolist() == [False, True, False, False]
    assert found.because.tolist() == [[True, False, False, False, False], [False] * 5, [False] * 5, [False] * 5]


@given(st.lists(st.tuples(*[st.floats(0, 2)] * 5), min_size=1, max_size=20))
@settings(max_examples=80, deadline=None)
def test_no_project_with_a_red_part_is_green_and_the_score_lies_among_its_parts(rows) -> None:
    found = health(parts(*np.array(rows).T))
    assert (found.light[found.red.any(axis=1)] < Light.GREEN).all()
    assert (found.score >= found.parts.score.min(axis=1) - 1e-12).all()
    assert (found.score <= found.parts.score.max(axis=1) + 1e-12).all()


def test_the_organisation_may_set_its_own_bands_and_weights() -> None:
    bands = Bands(amber=0.5, green=0.7)
    found = health(parts([0.8], [0.6], [0], [0.825], [1], bands), [1, 1, 0, 0, 0], bands)
    assert round(float(found.score[0]), 9) == 0.7
    assert found.light.tolist() == [Light.GREEN]
    assert found.is_lowered.tolist() == [False]
    assert lights([0.6], bands).tolist() == [Light.AMBER]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        parts([-1], [1], [1], [1], [1])
    with pytest.raises(ValueError, match="infinite"):
        parts([1], [float("inf")], [1], [1], [1])
    with pytest.raises(ValueError, match="rise"):
        Bands(0.9, 0.8)
    one = parts([1], [1], [0], [0.825], [1])
    for weights in ([1, 1, 1, 1], [0] * 5, [-1, 1, 1, 1, 1]):
        with pytest.raises(ValueError, match="five weights"):
            health(one, weights)
    with pytest.raises(ValueError, match="declared"):
        divergence([7], health(one))
