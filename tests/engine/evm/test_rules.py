"""Six rules by which work packages earn value."""

import numpy as np
import pytest

from mainstay.engine.evm import Rule, earned_value, effort_share, milestone_progress, unit_progress


def test_every_rule_from_not_begun_to_finished() -> None:
    progress = [[0.0, 0.4, 1.0]] * 6
    planned = [[30.0, 60.0, 100.0]] * 6
    found = earned_value(list(Rule), [100] * 6, progress, planned)
    assert found[Rule.ZERO_HUNDRED].tolist() == [0.0, 0.0, 100.0]
    assert found[Rule.FIFTY_FIFTY].tolist() == [0.0, 50.0, 100.0]
    for rule in (Rule.MILESTONES, Rule.UNITS, Rule.PHYSICAL):
        assert found[rule].tolist() == [0.0, 40.0, 100.0]
    assert found[Rule.EFFORT].tolist() == [30.0, 60.0, 100.0]


def test_what_is_not_reported_earns_an_unknown_value() -> None:
    found = earned_value([Rule.PHYSICAL, Rule.ZERO_HUNDRED], [10, 10], [[np.nan], [np.nan]], [[5], [5]])
    assert np.isnan(found).all()


def test_milestones_count_by_weight_and_belong_to_their_package() -> None:
    met = [[True, True], [False, True], [False, False]]
    found = milestone_progress([0, 0, 2], [1, 3, 5], met, 3)
    assert found[0].tolist() == [0.25, 1.0]
    assert np.isnan(found[1]).all()
    assert found[2].tolist() == [0.0, 0.0]


def test_more_units_than_planned_earn_no_more_than_the_budget() -> None:
    assert unit_progress([[30, 60, 240]], [120]).tolist() == [[0.25, 0.5, 1.0]]


def test_the_share_of_level_of_effort_is_told() -> None:
    assert effort_share([Rule.EFFORT, Rule.UNITS, Rule.EFFORT], [10, 60, 10]) == 0.25
    assert np.isnan(effort_share([Rule.EFFORT], [0]))


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="rule"):
        earned_value([9], [10], [[0.5]], [[5]])
    for budget, share in ((10, 1.1), (10, -0.1), (-10, 0.5)):
        with pytest.raises(ValueError, match="share done"):
            earned_value([Rule.PHYSICAL], [budget], [[share]], [[5]])
    with pytest.raises(ValueError, match="weight"):
        milestone_progress([0], [0], [[True]], 1)
    with pytest.raises(ValueError, match="Units"):
        unit_progress([[1]], [0])
