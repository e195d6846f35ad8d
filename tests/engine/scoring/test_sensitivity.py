"""Intervals of weights: inside nothing changes, just outside it does; against computing everything again."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mainstay.engine.scoring import (
    Cut,
    Room,
    ScoreTable,
    above_the_line,
    flip,
    score_table,
    sensitivity,
    top,
    tornado,
    within_budget,
)

# Totals that touch differ by the square of a step, and ranking rounds to the ninth place.
INSIDE = 1e-4
OUTSIDE = (1e-3, 1e-4, 1e-5, 1e-6)

Seen = Callable[[ScoreTable], object]
Points = list[list[float | None]]


def _with_share(table: ScoreTable, weight: int, share: float) -> ScoreTable:
    others = np.where(np.arange(len(table.weights)) == weight, 0, table.weights)
    weights = others / others.sum() * (1 - share)
    weights[weight] = share
    return score_table(table.points, weights, table.mandatory)


def _rows(most: int) -> st.SearchStrategy[Points]:
    mark = st.one_of(st.integers(0, 10).map(lambda number: 10.0 * number), st.none())
    return st.lists(st.lists(mark, min_size=3, max_size=3), min_size=2, max_size=most)


def _table(rows: Points, weights: list[int], mandatory: bool = False) -> ScoreTable:
    points = np.array(rows, dtype=np.float64)
    bypass = np.arange(len(points)) == 0 if mandatory else None
    return score_table(points, weights, bypass)


def _ranked(table: ScoreTable) -> list[int]:
    return [int(each) for each in table.order if table.rank[each]]


def _first(table: ScoreTable) -> list[int]:
    return [each for each in _ranked(table) if not table.mandatory[each]][:1]


def _check(table: ScoreTable, room: Room, seen: Seen) -> None:
    """Inside the interval `seen` is the same; just outside it is not, at one of some distances that show it."""
    now = seen(table)
    for weight in range(len(table.weights)):
        low, high = room.low[weight], room.high[weight]
        for share in np.linspace(low + INSIDE, high - INSIDE, 7 if high - low > 2 * INSIDE else 0):
            assert seen(_with_share(table, weight, share)) == now
        for limit, way in ((low, -1), (high, 1)):
            if OUTSIDE[0] < limit < 1 - OUTSIDE[0]:
                assert any(seen(_with_share(table, weight, limit + way * step)) != now for step in OUTSIDE)


WEIGHTS = st.lists(st.integers(1, 5), min_size=3, max_size=3)


@settings(max_examples=200, deadline=None)
@given(_rows(7), WEIGHTS, st.booleans())
def test_ranking_and_first_stay_inside_and_change_outside(rows: Points, weights: list[int], mandatory: bool) -> None:
    table = _table(rows, weights, mandatory)
    found = sensitivity(table)
    _check(table, found.ranking, _ranked)
    _check(table, found.first, _first)


@settings(max_examples=200, deadline=None)
@given(_rows(9), WEIGHTS, st.integers(0, 5), st.booleans())
def test_the_first_places_stay_inside_and_change_outside(
    rows: Points, weights: list[int], places: int, mandatory: bool
) -> None:
    table, cut = _table(rows, weights, mandatory), top(places)
    found = sensitivity(table, cut).selection
    assert found is not None
    _check(table, found, lambda other: above_the_line(other, cut).tolist())


@settings(max_examples=200, deadline=None)
@given(_rows(9), WEIGHTS, st.lists(st.integers(0, 9), min_size=9, max_size=9), st.integers(0, 30), st.booleans())
def test_what_a_budget_holds_stays_inside_and_changes_outside(
    rows: Points, weights: list[int], costs: list[int], budget: int, mandatory: bool
) -> None:
    table, cut = _table(rows, weights, mandatory), within_budget(costs[: len(rows)], budget)
    found = sensitivity(table, cut).selection
    assert found is not None
    _check(table, found, lambda other: above_the_line(other, cut).tolist())


@settings(max_examples=200, deadline=None)
@given(_rows(8), WEIGHTS, st.integers(1, 4))
def test_a_flip_is_where_the_project_itself_crosses_the_line(rows: Points, weights: list[int], places: int) -> None:
    table, cut = _table(rows, weights), top(places)
    for project in range(len(rows)):
        found = flip(table, project, places)
        room = Room(
            np.nan_to_num(found.low), np.nan_to_num(found.high, nan=1), np.empty(0, np.int64), np.empty(0, np.int64)
        )
        _check(table, room, lambda other, project=project: bool(above_the_line(other, cut)[project]))


def test_the_interval_names_who_passes_whom() -> None:
    table = score_table([[80, 20], [40, 70], [10, 10]], [3, 2])
    found = sensitivity(table, top(1))
    assert found.ranking.low.tolist() == pytest.approx([5 / 9, 0], abs=1e-12)
    assert found.ranking.high.tolist() == pytest.approx([1, 4 / 9], abs=1e-12)
    assert found.ranking.overtaken.tolist() == [[0, -1], [-1, 0]]
    assert found.ranking.overtaking.tolist() == [[1, -1], [-1, 1]]
    assert found.selection is not None
    assert found.selection.low.tolist() == found.ranking.low.tolist()


def test_with_one_weight_only_the_question_does_not_arise() -> None:
    table = score_table([[80], [40]], [1])
    found = sensitivity(table, top(1))
    assert np.isnan([found.ranking.low[0], found.first.high[0], found.selection.low[0]]).all()
    assert tornado(table).total[0].tolist() == [[80.0, 40.0], [80.0, 40.0]]


def test_nothing_to_rank_leaves_everything_open() -> None:
    found = sensitivity(score_table([[np.nan, np.nan]], [1, 1]), within_budget([5], 10))
    assert (found.ranking.low.tolist(), found.ranking.high.tolist()) == ([0.0, 0.0], [1.0, 1.0])
    assert found.selection is not None
    assert found.selection.overtaking.tolist() == [[-1, -1], [-1, -1]]


def test_curved_totals_may_pass_and_part_again() -> None:
    # A missing rating bends a total: the first passes the second at 1/3 (60 each) and falls back at 0.6 (40 each).
    table = score_table([[10, 100, 70], [20, 100, np.nan]], [1, 2, 2])
    found = sensitivity(table, top(1))
    assert found.selection is not None
    assert [found.ranking.high[0], found.selection.high[0]] == pytest.approx([1 / 3, 1 / 3], abs=1e-12)
    assert [_first(_with_share(table, 0, share)) for share in (0.33, 0.34, 0.59, 0.61)] == [[1], [0], [0], [1]]


def test_a_pair_that_passes_and_parts_before_the_end_is_seen() -> None:
    # The first passes the fourth at 1/4 (50 each), but at the far end the chosen two stand above the others again.
    points = [[80, 30, np.nan], [np.nan, 100, 100], [10, 10, 0], [80, 20, 60]]
    found = sensitivity(score_table(points, [1, 2, 2]), top(2)).selection
    assert found is not None
    assert found.high[0] == pytest.approx(0.25, abs=1e-12)
    assert (found.overtaken[0, 1], found.overtaking[0, 1]) == (3, 0)


def test_who_rises_above_a_project_takes_money_from_it() -> None:
    # Taken are 1, 3 and 0; 2 costs more than is left. As the first weight falls, 0 rises above 2 at 1/3 and leaves it
    # less, so it takes until 1/5, where 3 falls below 2, before there is enough for 2.
    table = score_table([[10, 20], [70, 30], [30, 10], [70, 0]], [1, 1])
    cut = within_budget([40, 60, 50, 60], 160)
    assert above_the_line(table, cut).tolist() == [True, True, False, True]
    found = sensitivity(table, cut).selection
    assert found is not None
    assert found.low.tolist() == pytest.approx([0.2, 0], abs=1e-12)
    assert found.high.tolist() == pytest.approx([1, 0.8], abs=1e-12)
    assert (found.overtaken[0, 0], found.overtaking[0, 0]) == (3, 2)


def test_who_falls_back_again_gives_the_money_back() -> None:
    # The first passes the second between 1/3 and 0.6, and the third from 0.8 on; never both, and one is not enough.
    table = score_table([[10, 100, 70], [20, 100, np.nan], [6.25, 100, 100]], [1, 2, 2])
    cut = within_budget([15, 10, 10], 20)
    assert above_the_line(table, cut).tolist() == [False, True, True]
    found = sensitivity(table, cut).selection
    assert found is not None
    assert (found.high[0], found.overtaking[0, 1]) == (1.0, -1)
    assert above_the_line(_with_share(table, 0, 0.5), cut).tolist() == [False, True, True]
    assert above_the_line(_with_share(table, 0, 0.9), cut).tolist() == [False, True, True]


def test_a_large_table_agrees_with_looking_at_every_pair() -> None:
    random = np.random.default_rng(5)
    points = np.round(random.uniform(0, 100, (120, 4)), 3)
    points[random.random(points.shape) < 0.1] = np.nan
    table = score_table(points, [4, 3, 2, 1])
    found = sensitivity(table, top(40)).selection
    assert found is not None
    chosen = above_the_line(table, top(40))
    for weight in range(4):
        shares = np.linspace(found.low[weight] + 1e-9, found.high[weight] - 1e-9, 200)
        for share in shares:
            assert (above_the_line(_with_share(table, weight, share), top(40)) == chosen).all()
        assert (above_the_line(_with_share(table, weight, found.high[weight] + 1e-7), top(40)) != chosen).sum() == 2


def test_a_tornado_moves_one_weight_and_scales_the_others() -> None:
    table = score_table([[80, 20, 50], [40, 70, 60]], [0.5, 0.3, 0.2])
    found = tornado(table, 0.1)
    assert found.share.tolist() == pytest.approx(np.array([[0.4, 0.6], [0.2, 0.4], [0.1, 0.3]]), abs=1e-12)
    assert found.total[0, 0].tolist() == pytest.approx(
        [0.4 * 80 + 0.36 * 20 + 0.24 * 50, 0.4 * 40 + 0.36 * 70 + 0.24 * 60]
    )
    assert found.rank[0].tolist() == [[2, 1], [1, 2]]
    assert tornado(table, 0.9).share[0].tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="positive"):
        tornado(table, 0)


def test_who_is_mandatory_or_has_no_total_never_crosses() -> None:
    points: NDArray[np.float64] = np.array([[90.0, 10.0], [10.0, 90.0], [np.nan, np.nan]])
    table = score_table(points, [1, 1], [True, False, False])
    for project in (0, 2):
        assert np.isnan(flip(table, project, 1).low).all()
    with pytest.raises(ValueError, match="one of the projects"):
        flip(table, 3, 1)


@pytest.mark.parametrize(
    "given",
    [{}, {"top": 1, "budget": 3.0}, {"top": -1}, {"costs": np.ones(1)}, {"costs": -np.ones(1), "budget": 1.0}],
)
def test_a_line_that_makes_no_sense_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"line|places|cost"):
        Cut(**given)


def test_costs_of_other_projects_are_refused() -> None:
    with pytest.raises(ValueError, match="one cost"):
        above_the_line(score_table([[1]], [1]), within_budget([1, 2], 3))
