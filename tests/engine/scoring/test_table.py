"""Tables of points, their totals, order and the line under them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.scoring import (
    Criterion,
    Level,
    Scale,
    above_the_line,
    score_table,
    top,
    weighted_score,
    within_budget,
)

NAN = float("nan")


def test_totals_ranks_and_gaps() -> None:
    table = score_table([[50, 100], [80, NAN], [NAN, NAN], [80, 80]], [1, 3])
    assert table.weights.tolist() == [0.25, 0.75]
    assert table.total[[0, 1, 3]].tolist() == [87.5, 80.0, 80.0]
    assert np.isnan(table.total[2])
    assert table.rated_share.tolist() == [1.0, 0.25, 0.0, 1.0]
    assert table.order.tolist() == [0, 1, 3, 2]
    assert table.rank.tolist() == [1, 2, 0, 3]


def test_mandatory_projects_stand_above_whatever_they_score() -> None:
    table = score_table([[90], [10], [NAN], [80]], [1], [False, True, True, False])
    assert table.order.tolist() == [1, 2, 0, 3]
    assert table.rank.tolist() == [3, 1, 2, 4]
    assert above_the_line(table, top(3)).tolist() == [True, True, True, False]
    assert above_the_line(table, top(1)).tolist() == [False, True, True, False]


def test_a_budget_passes_over_what_does_not_fit_and_serves_mandatory_projects_first() -> None:
    table = score_table([[90], [80], [70], [NAN], [10]], [1], [False, False, False, False, True])
    assert above_the_line(table, within_budget([60, 50, 30, 0, 10], 100)).tolist() == [True, False, True, False, True]
    assert above_the_line(table, within_budget([60, 50, 30, 0, 200], 100)).tolist() == [False] * 4 + [True]


def test_sums_of_decimal_costs_do_not_lose_the_last_project() -> None:
    table = score_table([[90], [80], [70]], [1])
    assert above_the_line(table, within_budget([0.1, 0.2, 0.3], 0.6)).tolist() == [True, True, True]


ROW = st.lists(st.one_of(st.floats(0, 100), st.just(NAN)), min_size=3, max_size=3)


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), ROW)
def test_another_project_changes_no_score_and_no_order_of_the_others(
    rows: list[list[float]], more: list[float]
) -> None:
    before, after = score_table(rows, [3, 2, 1]), score_table([*rows, more], [3, 2, 1])
    assert np.array_equal(before.total, after.total[:-1], equal_nan=True)
    assert [place for place in after.order if place < len(rows)] == before.order.tolist()


def test_not_even_the_last_digit_depends_on_others_or_on_how_columns_lie_in_memory() -> None:
    random = np.random.default_rng(2)
    points, weights = random.uniform(0, 100, (50, 13)), random.uniform(1, 9, 13)
    together = score_table(points, weights).total
    by_columns = score_table(np.asfortranarray(points), weights).total
    alone = [float(score_table([row], weights).total[0]) for row in points]
    assert together.tolist() == by_columns.tolist() == alone
    criteria = [Criterion(str(place), weight, 0, 100) for place, weight in enumerate(weights)]
    together = weighted_score(np.asfortranarray(points), criteria).total
    assert together.tolist() == [float(weighted_score(row[None], criteria).total[0]) for row in points]


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.floats(0.001, 1000))
def test_the_size_of_all_weights_does_not_matter(rows: list[list[float]], size: float) -> None:
    one, other = score_table(rows, [3, 2, 1]), score_table(rows, [3 * size, 2 * size, size])
    assert np.allclose(one.total, other.total, rtol=0, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize(
    ("points", "weights", "mandatory", "said"),
    [
        ([[1, 2]], [1], None, "one column"),
        ([[101]], [1], None, "0 to 100"),
        ([[-1]], [1], None, "0 to 100"),
        ([[1]], [0], None, "positive"),
        ([[1, 1]], [2, -1], None, "negative"),
        ([[1]], [1], [True, False], "mandatory"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(
    points: list[list[float]], weights: list[float], mandatory: list[bool] | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        score_table(points, weights, mandatory)


IMPACT = Scale("Impact", (Level("None", 0), Level("Low", 1), Level("Strong", 9)))


def test_no_rating_is_not_the_level_called_none() -> None:
    values = IMPACT.values(["None", None, "Strong"])
    assert (values[0], values[2]) == (0.0, 9.0)
    assert np.isnan(values[1])
    assert (IMPACT.worst, IMPACT.best) == (0, 9)
    with pytest.raises(ValueError, match="'Extreme'"):
        IMPACT.values(["Extreme"])


@pytest.mark.parametrize(
    "levels",
    [
        (Level("Low", 1),),
        (Level("Low", 1), Level("Low", 2)),
        (Level("", 1), Level("Low", 2)),
        (Level("Low", 2), Level("High", 1)),
        (Level("Low", 2), Level("High", float("inf"))),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(levels: tuple[Level, ...]) -> None:
    with pytest.raises(ValueError, match="Impact"):
        Scale("Impact", levels)
