"""The scatter of scores by item and criterion."""

import math

import numpy as np
import pytest

from mainstay.engine.agreement import criterion_spread, outside_tolerance, spread

NAN = math.nan


def test_spread_by_item_with_a_person_recused() -> None:
    found = spread([[4, 8, 3], [6, NAN, NAN], [5, 10, NAN], [NAN, NAN, NAN]])
    assert found.count.tolist() == [3, 2, 1]
    assert found.mean.tolist() == [5.0, 9.0, 3.0]
    assert found.deviation[:2].tolist() == [1.0, math.sqrt(2)]
    assert found.variation[:2].tolist() == [0.2, math.sqrt(2) / 9]
    assert np.isnan([found.deviation[2], found.variation[2]]).all()
    assert found.range.tolist() == [2.0, 2.0, 0.0]
    assert found.within_target.tolist() == [True, True, False]


def test_nobody_scored_is_not_zero() -> None:
    found = spread([[NAN], [NAN]])
    assert np.isnan([found.mean[0], found.deviation[0], found.variation[0], found.range[0]]).all()
    assert (found.count[0], found.within_target[0]) == (0, False)


def test_by_criterion_differences_between_projects_do_not_count() -> None:
    scores = np.array([[[2.0, 1.0], [8.0, 9.0]], [[2.0, 3.0], [8.0, 9.0]]])
    found = criterion_spread(scores)
    assert found.count.tolist() == [4, 4]
    assert found.mean.tolist() == [5.0, 5.5]
    assert found.deviation.tolist() == [0.0, 1.0]
    assert found.variation.tolist() == [0.0, 1 / 5.5]
    assert found.range.tolist() == [0.0, 1.0]
    assert found.within_target.tolist() == [True, True]
    assert criterion_spread(scores, target=0.1).within_target.tolist() == [True, False]


def test_only_what_differs_by_more_than_the_tolerance_needs_talking_about() -> None:
    scores = [[[1, 5]], [[3, 8]], [[2, NAN]]]
    assert outside_tolerance(scores, 2).tolist() == [[False, True]]
    assert outside_tolerance(scores, [1, 3]).tolist() == [[True, False]]
    assert outside_tolerance([[1.0], [NAN]], 0).tolist() == [False]
    with pytest.raises(ValueError, match="not negative"):
        outside_tolerance(scores, -1)
