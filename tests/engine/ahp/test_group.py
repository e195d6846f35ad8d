"""Several people's judgements as one, and how far they lie apart."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.engine.ahp import aggregate_judgements, aggregate_priorities, judgements, judgements_from_upper, weigh

NAN = math.nan


def test_judgements_are_averaged_as_ratios_and_their_spread_is_said() -> None:
    found = aggregate_judgements([judgements_from_upper([2, 4, 3]), judgements_from_upper([8, 4, 1 / 3])])
    assert found.judgements.ratios[0].tolist() == pytest.approx([1, 4, 4], abs=1e-12)
    assert found.judgements.ratios[1, 2] == pytest.approx(1, abs=1e-12)
    assert found.count.tolist() == [[2] * 3] * 3
    assert found.dispersion[0, 1] == pytest.approx(math.exp(math.log(2) * math.sqrt(2)), abs=1e-12)
    assert found.dispersion[0, 2] == pytest.approx(1, abs=1e-12)
    assert np.allclose(found.dispersion, found.dispersion.T)


def test_only_those_who_judged_a_pair_count() -> None:
    found = aggregate_judgements(
        [judgements_from_upper([2, NAN, NAN]), judgements_from_upper([8, 5, NAN])], influence=[3, 1]
    )
    assert found.judgements.ratios[0, 1] == pytest.approx(2 ** (3 / 4) * 8 ** (1 / 4), abs=1e-12)
    assert found.judgements.ratios[0, 2] == pytest.approx(5, abs=1e-12)
    assert np.isnan([found.judgements.ratios[1, 2], found.dispersion[0, 2], found.dispersion[1, 2]]).all()
    assert found.count.tolist() == [[2, 2, 1], [2, 2, 0], [1, 0, 2]]


UPPER = st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7]), min_size=6, max_size=6)


@settings(deadline=None)
@given(st.lists(UPPER, min_size=1, max_size=5))
def test_with_geometric_means_both_ways_to_aggregate_agree(answers: list[list[float]]) -> None:
    people = [judgements_from_upper(upper) for upper in answers]
    by_judgement = weigh(aggregate_judgements(people).judgements, "geometric_mean").weights
    by_priority = aggregate_priorities(people, method="geometric_mean").weights
    assert np.allclose(by_judgement, by_priority, rtol=0, atol=1e-9)


def test_priorities_keep_each_persons_and_their_agreement() -> None:
    people = [judgements(2, {(0, 1): 4}), judgements(2, {(0, 1): 1 / 4})]
    found = aggregate_priorities(people)
    assert found.weights.tolist() == pytest.approx([0.5, 0.5], abs=1e-12)
    assert np.allclose(found.by_person, [[0.8, 0.2], [0.2, 0.8]])
    assert found.agreement == pytest.approx(0.4, abs=1e-12)
    assert found.dispersion.tolist() == pytest.approx([math.exp(math.log(4) / math.sqrt(2))] * 2, abs=1e-12)
    heavier = aggregate_priorities(people, influence=[3, 1])
    assert heavier.weights.tolist() == pytest.approx([2 / 3, 1 / 3], abs=1e-12)


def test_one_person_is_a_group_that_agrees() -> None:
    found = aggregate_priorities([judgements(2, {(0, 1): 4})])
    assert found.agreement == 1.0
    assert np.isnan(found.dispersion).all()


def test_groups_that_make_no_sense_are_refused() -> None:
    one = judgements(("A", "B"), {(0, 1): 2})
    for people, influence, said in (
        ([], None, "at least one"),
        ([one, judgements(("A", "C"), {(0, 1): 2})], None, "same items"),
        ([one], [0.0], "influence"),
        ([one], [1.0, 2.0], "influence"),
    ):
        with pytest.raises(ValueError, match=said):
            aggregate_judgements(people, influence)
