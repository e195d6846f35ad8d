"""The weighted sum with fixed anchors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.scoring import Criterion, rice, weighted_score, wsjf

FIT = Criterion("Fit", weight=0.6, worst=0, best=10)
COST = Criterion("Cost", weight=0.4, worst=500, best=100)


def test_more_and_less_may_be_better() -> None:
    scores = weighted_score(np.array([[10.0, 100.0], [0.0, 500.0], [5.0, 200.0]]), [FIT, COST])
    assert scores.total.tolist() == [100.0, 0.0, 60.0]
    assert scores.points.tolist() == [[100.0, 100.0], [0.0, 0.0], [50.0, 75.0]]
    assert scores.parts.tolist() == [[60.0, 40.0], [0.0, 0.0], [30.0, 30.0]]


def test_what_is_not_rated_is_neither_zero_nor_worst_and_is_said() -> None:
    scores = weighted_score(np.array([[5.0, np.nan], [np.nan, np.nan]]), [FIT, COST])
    assert scores.total[0] == 50.0
    assert np.isnan(scores.total[1])
    assert scores.rated_share.tolist() == [0.6, 0.0]
    assert scores.parts.tolist() == [[50.0, 0.0], [0.0, 0.0]]


def test_values_beyond_an_anchor_earn_no_more() -> None:
    assert weighted_score(np.array([[12.0, 50.0]]), [FIT, COST]).total.tolist() == [100.0]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 15), st.floats(0, 600)), min_size=1, max_size=20))
def test_adding_a_project_never_changes_anothers_score(rows: list[tuple[float, float]]) -> None:
    values = np.array(rows)
    alone = weighted_score(values[:1], [FIT, COST]).total[0]
    together = weighted_score(np.vstack([values, [[3.0, 300.0]]]), [FIT, COST]).total
    assert together[0] == alone
    assert ((together >= 0) & (together <= 100 + 1e-9)).all()


@pytest.mark.parametrize(
    ("weight", "worst", "best"), [(0, 0, 1), (-1, 0, 1), (1, 2, 2), (float("nan"), 0, 1), (1, 0, float("inf"))]
)
def test_a_criterion_that_makes_no_sense_is_refused(weight: float, worst: float, best: float) -> None:
    with pytest.raises(ValueError, match="Fit"):
        Criterion("Fit", weight, worst, best)


def test_values_must_match_the_criteria_and_be_finite() -> None:
    with pytest.raises(ValueError, match="one column"):
        weighted_score(np.array([[1.0]]), [FIT, COST])
    with pytest.raises(ValueError, match="finite"):
        weighted_score(np.array([[1.0, np.inf]]), [FIT, COST])


def test_golden_numbers_of_the_ready_frameworks() -> None:
    assert wsjf([8, 13], [5, 8], [3, 2], [5, 8]).tolist() == [3.2, 2.875]
    assert rice(500, 2, 0.8, 4).tolist() == 200.0
    with pytest.raises(ValueError, match="positive"):
        wsjf(1, 1, 1, 0)
