import doctest

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mainstay.engine.modelcheck import Criterion, Model, check, lint

score = st.one_of(st.just(np.nan), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.floats(0, 1))
weights = st.lists(st.floats(0.01, 100), min_size=3, max_size=3)
table = st.integers(0, 14).flatmap(lambda count: arrays(np.float64, (count, 3), elements=score))


def model(heavy, factor=1.0):
    return Model(tuple(Criterion(f"C{place}", weight * factor) for place, weight in enumerate(heavy)))


@given(weights, table)
@settings(deadline=None)
def test_any_scores_are_judged_and_every_finding_names_its_criteria(heavy, scores):
    for finding in lint(model(heavy), scores):
        assert set(finding.criteria) <= {"C0", "C1", "C2"}
        assert finding.sentence.endswith(".")
        assert all(np.isfinite(figure) for figure in finding.figures.values())


@given(weights, table, st.sampled_from([0.5, 2.0, 64.0]))
@settings(deadline=None)
def test_weights_of_another_scale_find_the_same(heavy, scores, factor):
    one, other = lint(model(heavy), scores), lint(model(heavy, factor), scores)
    assert [(each.kind, each.criteria) for each in one] == [(each.kind, each.criteria) for each in other]


@given(weights, table, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_projects_does_not_matter(heavy, scores, chance):
    order = chance.sample(range(len(scores)), len(scores))
    one, other = lint(model(heavy), scores), lint(model(heavy), scores[order])
    assert [(each.kind, each.criteria) for each in one] == [(each.kind, each.criteria) for each in other]


def test_the_example_in_the_docstring_runs():
    tried = doctest.testmod(check)
    assert (tried.failed, tried.attempted) == (0, 3)
