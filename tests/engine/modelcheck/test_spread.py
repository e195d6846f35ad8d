import numpy as np
import pytest

from mainstay.engine.modelcheck import Criterion, Model
from mainstay.engine.modelcheck.spread import clustered, crowded_band, entropy, mostly_unrated, never_decides

ONE = Model((Criterion("Fit", 1),))
TWO = Model((Criterion("Fit", 3), Criterion("Law", 1)))
EVEN, STEPS = np.linspace(0, 1, 10), np.linspace(0, 1, 20)


def of_one(check, column):
    return list(check(ONE, np.asarray(column, dtype=float)[:, None]))


def test_scores_in_a_narrow_band_cluster():
    found = of_one(clustered, [0.6] * 4 + [0.7] * 4 + [0.0, 1.0])
    assert [(each.kind, each.severity, each.criteria) for each in found] == [("clustered", "moderate", ("Fit",))]
    assert found[0].figures["band_start"] == 0.6
    assert found[0].figures["band_share"] == 0.8
    assert found[0].sentence.startswith("80% of the scores on “Fit” lie between 60 and 80 of 100,")


def test_seven_of_ten_in_a_band_do_not():
    assert of_one(clustered, [0.6] * 4 + [0.7] * 3 + [0.0, 0.3, 1.0]) == []


def test_a_yes_or_no_tells_projects_apart_unless_nearly_all_say_the_same():
    assert of_one(clustered, [0.0] * 7 + [1.0] * 3) == []
    assert len(of_one(clustered, [0.0] * 8 + [1.0] * 2)) == 1


def test_fewer_than_ten_scores_prove_nothing():
    assert of_one(clustered, [0.5] * 9 + [np.nan] * 9) == []


def test_the_band_is_where_most_scores_are():
    assert crowded_band(np.array([0.0, 0.1, 0.2, 0.55, 0.6, 0.65, 0.75, 1.0])) == (0.55, 0.5)
    assert crowded_band(np.array([0.9])) == (0.9, 1.0)


def test_entropy_runs_from_one_value_to_an_even_spread():
    assert entropy(np.full(7, 0.3)) == 0.0
    assert entropy(EVEN) == pytest.approx(1.0)
    assert entropy(np.array([0.0, 1.0])) == pytest.approx(np.log(2) / np.log(5))


def test_a_criterion_rated_for_less_than_half_of_the_projects_is_said():
    found = of_one(mostly_unrated, [0.5] * 4 + [np.nan] * 6)
    assert [(each.kind, each.figures) for each in found] == [("mostly_unrated", {"rated_share": 0.4})]
    assert found[0].sentence.startswith("“Fit” is rated for 4 of 10 projects only;")
    assert of_one(mostly_unrated, [0.5] * 5 + [np.nan] * 5) == []


def test_a_criterion_that_is_the_same_for_all_never_decides():
    found = list(never_decides(TWO, np.column_stack([STEPS, np.full(20, 0.5)])))
    assert [(each.criteria, each.figures) for each in found] == [(("Law",), {"weight_share": 0.25})]
    assert found[0].sentence.startswith("Without “Law” all 20 projects have the same rank,")


def test_with_fewer_than_twenty_projects_it_may_be_chance():
    assert list(never_decides(TWO, np.column_stack([STEPS, np.full(20, 0.5)])[1:])) == []


def test_a_criterion_that_breaks_one_tie_decides():
    fit = STEPS.copy()
    fit[1] = fit[0]
    law = np.full(20, 0.5)
    law[0] = 0.6
    assert list(never_decides(TWO, np.column_stack([fit, law]))) == []


def test_a_criterion_that_alone_rates_a_project_decides():
    scores = np.column_stack([STEPS, np.full(20, 0.5)])
    scores[0, 0] = np.nan
    assert [each.criteria for each in never_decides(TWO, scores)] == []


def test_projects_without_any_score_are_left_out():
    scores = np.vstack([np.column_stack([STEPS, np.full(20, 0.5)]), np.full((3, 2), np.nan)])
    assert [each.criteria for each in never_decides(TWO, scores)] == [("Law",)]


def test_the_only_criterion_of_a_model_decides():
    assert of_one(never_decides, STEPS) == []
