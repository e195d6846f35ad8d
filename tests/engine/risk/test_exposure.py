"""Expected cost of risks and the matrix for triage."""

import pytest

from mainstay.engine.risk import expected_monetary_value, exposure, matrix_score, triage


def test_threats_and_opportunities_add_up_with_their_signs() -> None:
    values = expected_monetary_value([0.30, 0.20], [200_000, -50_000])
    assert values.tolist() == [60_000.0, -10_000.0]
    assert values.sum() == 50_000.0


def test_a_response_is_worth_what_it_takes_away_less_its_cost() -> None:
    found = exposure([0.5, 0.2], [100, -50], [0.25, 0.4], [80, -50], [10, 15])
    assert found.inherent.tolist() == [50.0, -10.0]
    assert found.residual.tolist() == [20.0, -20.0]
    assert found.reduction.tolist() == [30.0, 10.0]
    assert found.worth_it.tolist() == [20.0, -5.0]


def test_the_matrix_sorts_into_three_zones() -> None:
    assert matrix_score([1, 5, 4], [4, 1, 4]).tolist() == [4, 5, 16]
    assert triage([1, 5, 2, 3, 5], [4, 1, 7 - 5, 5, 5]) == ["low", "medium", "low", "high", "high"]
    assert triage([2, 2], [3, 4], middle=7, high=8) == ["low", "high"]


@pytest.mark.parametrize(("likelihood", "severity"), [([0], [1]), ([1], [6]), ([2.5], [1]), ([float("nan")], [1])])
def test_steps_outside_the_matrix_are_refused(likelihood: list[float], severity: list[float]) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        matrix_score(likelihood, severity)


def test_what_is_no_probability_or_no_limit_is_refused() -> None:
    for probability in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="probability"):
            expected_monetary_value(probability, 1)
    with pytest.raises(ValueError, match="rise"):
        triage([1], [1], middle=5, high=5)
