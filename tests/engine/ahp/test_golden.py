"""The golden numbers of pairwise comparison, to the printed precision."""

import pytest

from mainstay.engine.ahp import judgements_from_upper, weigh, worst_misfit

FOUR = judgements_from_upper([3, 5, 2, 3, 1 / 2, 1 / 4])


def test_weights_and_consistency_of_the_golden_case() -> None:
    found = weigh(FOUR)
    assert found.weights.round(4).tolist() == [0.4729, 0.1699, 0.0729, 0.2844]
    assert round(found.lambda_max, 4) == 4.0511
    assert round(found.consistency_index, 5) == 0.01704
    assert round(found.consistency_ratio, 4) == 0.0189
    assert found.is_consistent(stricter=True)


def test_the_geometric_mean_beside_it() -> None:
    found = weigh(FOUR, "geometric_mean")
    assert found.weights.round(4).tolist() == [0.4723, 0.1697, 0.0725, 0.2854]
    assert round(found.consistency_ratio, 4) == 0.0189


def test_a_contradiction_is_rejected_and_pointed_out() -> None:
    turned = FOUR.changed(0, 2, 1 / 5)
    found = weigh(turned)
    assert round(found.lambda_max, 4) == 6.1617
    assert round(found.consistency_index, 4) == 0.7206
    assert round(found.consistency_ratio, 2) == 0.80
    assert not found.is_consistent()
    misfit = worst_misfit(turned)
    assert misfit is not None
    assert (misfit.first, misfit.second) == (2, 0)
    assert misfit.given == pytest.approx(5.0, abs=1e-12)
    assert misfit.on_scale == 1 / 8
    assert misfit.ratio_now == found.consistency_ratio
    assert turned.ratios[0, 2] == 1 / 5
