import numpy as np
import pytest

from mainstay.engine.modelcheck import Criterion, Model
from mainstay.engine.modelcheck.overlap import correlated, counted_twice, mixed_in

EVEN = np.linspace(0, 1, 10)


def pair(one, other, **more):
    model = Model((Criterion("One", 3, **more), Criterion("Other", 1, **more)))
    return list(counted_twice(model, np.column_stack([one, other])))


def test_scores_that_run_together_count_twice():
    found = pair(EVEN, EVEN**2)
    assert [(each.kind, each.criteria) for each in found] == [("double_counting", ("One", "Other"))]
    assert found[0].figures == pytest.approx(
        {"correlation": np.corrcoef(EVEN, EVEN**2)[0, 1], "projects": 10, "weight_share": 1.0}
    )
    assert "(correlation 0.96 over 10 projects)" in found[0].sentence


def test_fewer_than_ten_common_projects_prove_nothing():
    missing = EVEN.copy()
    missing[3] = np.nan
    assert pair(EVEN, missing) == []
    assert pair(EVEN[:9], EVEN[:9]) == []


def test_scores_that_run_against_each_other_do_not_count_twice():
    assert pair(EVEN, 1 - EVEN) == []


@pytest.mark.parametrize(("correlation", "count"), [(0.89, 0), (0.91, 1)])
def test_the_bar_is_a_correlation_of_nine_tenths(correlation, count):
    one, apart = np.tile([0.0, 1.0, 0.0, 1.0], 3), np.tile([0.0, 0.0, 1.0, 1.0], 3)
    other = (correlation * one + np.sqrt(1 - correlation**2) * apart) / 2
    assert correlated(one, other) == (pytest.approx(correlation), 12)
    assert len(pair(one, other)) == count


def test_what_does_not_vary_has_no_correlation():
    assert correlated(EVEN, np.full(10, 0.5)) == (0.0, 10)
    assert correlated(np.array([0.5, np.nan]), np.array([0.5, 0.5])) == (0.0, 1)


def test_one_source_used_twice_is_found_without_any_project():
    found = pair(np.empty(0), np.empty(0), source="npv")
    assert [(each.kind, each.severity) for each in found] == [("same_source", "serious")]
    assert found[0].sentence == (
        "“One” and “Other” are both computed from npv, so it counts twice, with 100% of the weight. Keep one of them."
    )


def test_judged_criteria_have_no_source_in_common():
    assert pair(np.empty(0), np.empty(0), source="") == []


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"nature": "cost"}, "cost_in_value"),
        ({"nature": "effort"}, "cost_in_value"),
        ({"nature": "risk"}, "risk_in_value"),
        ({"source": "whole_life_cost"}, "cost_in_value"),
        ({"source": "Risk exposure"}, "risk_in_value"),
    ],
)
def test_cost_and_risk_inside_value_are_found_by_nature_and_by_source(more, kind):
    model = Model((Criterion("Reach", 3), Criterion("Odd", 1, **more)))
    assert [(each.kind, each.criteria, each.figures) for each in mixed_in(model)] == [
        (kind, ("Odd",), {"weight_share": 0.25})
    ]


@pytest.mark.parametrize("nature", ["cost", "risk"])
def test_a_model_of_nothing_but_cost_or_risk_is_no_mixture(nature):
    assert list(mixed_in(Model((Criterion("A", 1, nature), Criterion("B", 1, nature))))) == []


@pytest.mark.parametrize("source", ["npv", "costume_hire", "riskless", ""])
def test_a_word_that_only_begins_like_cost_is_none(source):
    assert list(mixed_in(Model((Criterion("A", 1, source=source), Criterion("B", 1))))) == []


def test_several_are_named_in_one_sentence():
    model = Model((Criterion("Reach", 2), Criterion("Price", 1, "cost"), Criterion("Days", 1, "effort")))
    assert next(iter(mixed_in(model))).sentence.startswith(
        "“Price” and “Days” judge cost, and cost is no value: with 50%"
    )
