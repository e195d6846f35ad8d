import numpy as np
import pytest

from mainstay.engine.modelcheck import Criterion, Model, balance


def with_weights(*weights):
    return Model(tuple(Criterion(f"C{place}", weight) for place, weight in enumerate(weights)))


def test_a_weight_below_three_hundredths_is_small():
    found = list(balance.small_weights(with_weights(97.5, 2.5)))
    assert [(each.criteria, each.severity, each.figures) for each in found] == [
        (("C1",), "note", {"weight_share": 0.025})
    ]
    assert found[0].sentence.startswith("“C1” has 2.5% of the weight: from worst to best it moves a total by 2.5 of")
    assert list(balance.small_weights(with_weights(97, 3))) == []


def test_one_weight_above_three_fifths_dominates_three_criteria():
    found = list(balance.dominant_weight(with_weights(1, 7, 2)))
    assert [(each.criteria, each.figures) for each in found] == [(("C1",), {"weight_share": 0.7})]
    assert found[0].sentence.startswith("“C1” has 70% of the weight, so it nearly decides alone and the other 2")
    assert list(balance.dominant_weight(with_weights(6, 2, 2))) == []
    assert list(balance.dominant_weight(with_weights(8, 2))) == []


def half_and_half(is_summed, level_weight=1.0):
    criteria = (Criterion("Fit", level_weight, "fit"), Criterion("Money", 1, scale="amount"))
    return Model(criteria, is_summed)


def test_two_projects_merged_into_one_do_not_get_the_sum_where_levels_are_judged():
    scores = np.array([[0.8, 0.4], [0.6, 0.2], [np.nan, np.nan]])
    found = list(balance.not_additive(half_and_half(is_summed=True), scores))
    assert [(each.kind, each.criteria) for each in found] == [("not_additive", ("Fit",))]
    assert found[0].figures == pytest.approx({"level_share": 0.5, "together": 100.0, "merged": 65.0})
    assert found[0].sentence.startswith("Two average projects have 100 points together, merged into one 65: 50%")


def test_totals_that_are_only_ranked_need_not_add_up():
    assert list(balance.not_additive(half_and_half(is_summed=False), np.full((2, 2), 0.5))) == []


def test_few_levels_among_amounts_are_let_pass():
    assert list(balance.not_additive(half_and_half(is_summed=True, level_weight=0.2), np.full((2, 2), 0.5))) == []


def test_without_scores_the_test_says_zero_points():
    found = list(balance.not_additive(half_and_half(is_summed=True), np.full((2, 2), np.nan)))
    assert found[0].figures == {"level_share": 0.5, "together": 0.0, "merged": 0.0}
