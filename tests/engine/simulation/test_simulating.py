"""The simulation against closed forms: normal sums, three-point means, delays, events, correlation, breaches."""

from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from mainstay.engine.risk import contingency, contingency_of_samples
from mainstay.engine.simulation import (
    Correlation,
    Discrete,
    Event,
    Fixed,
    Flow,
    Input,
    Limit,
    Lognormal,
    Model,
    Normal,
    Pert,
    Scenario,
    Triangular,
    compare,
    simulate,
)
from tests.engine.simulation.builders import costs, outcome_of

DRAWS = 20_000
TENTH = NormalDist().inv_cdf(0.9)


def test_certain_amounts_come_out_as_they_are() -> None:
    result = outcome_of(simulate(costs([[10, 20], [5, 5]], [Fixed(1), Fixed(2)]), draws=600))
    assert result.by_period.p50.tolist() == [20.0, 30.0]
    assert [float(getattr(result.total, name)) for name in ("p10", "p50", "p90", "mean")] == [50.0] * 4
    assert float(result.total.deviation) == 0.0
    assert [each.share for each in result.contributions] == [0.0, 0.0]


def test_a_sum_of_independent_normal_costs_has_the_quantiles_of_the_closed_form() -> None:
    spreads = [0.1, 0.2, 0.3]
    result = outcome_of(simulate(costs([[100], [100], [100]], [Normal(1, each) for each in spreads]), draws=DRAWS))
    deviation = 100 * sqrt(sum(each**2 for each in spreads))
    last = result.settling[-1]
    for level, found, error in (
        (-TENTH, last.p10, last.error10),
        (0, last.p50, last.error50),
        (TENTH, last.p90, last.error90),
    ):
        assert found == pytest.approx(300 + level * deviation, abs=4 * error)
    assert last.draws == DRAWS
    assert float(result.total.deviation) == pytest.approx(deviation, rel=0.02)


def test_the_share_of_each_project_is_its_part_of_the_variance() -> None:
    result = outcome_of(simulate(costs([[100], [100]], [Normal(1, 0.3), Normal(1, 0.1)]), draws=DRAWS))
    assert [each.project for each in result.contributions] == ["A", "B"]
    assert [each.share for each in result.contributions] == pytest.approx([0.9, 0.1], abs=0.01)
    assert sum(each.share for each in result.contributions) == pytest.approx(1.0)
    first = result.contributions[0]
    assert (first.low, first.high) == pytest.approx((200 - 30 * TENTH, 200 + 30 * TENTH), abs=1.0)


def test_a_common_factor_widens_the_sum_as_the_closed_form_of_contingency_says() -> None:
    model = costs([[100]] * 5, [Normal(1, 0.2)] * 5, correlation=Correlation.common(5, 0.5))
    result = outcome_of(simulate(model, draws=DRAWS))
    exact = contingency([100] * 5, [20] * 5, correlation=0.5)
    assert float(result.total.deviation) == pytest.approx(exact.deviation, rel=0.02)
    assert contingency_of_samples(result.draws).above_mean == pytest.approx(exact.above_mean, rel=0.04)


@pytest.mark.parametrize("given", [Pert(0.8, 1.0, 1.5), Triangular(0.8, 1.0, 1.5), Lognormal.between(0.8, 1.25)])
def test_the_mean_is_that_of_the_three_point_estimate_within_sampling_error(given) -> None:
    result = outcome_of(simulate(costs([[100]], [given]), draws=DRAWS))
    error = 100 * given.deviation / sqrt(DRAWS)
    assert float(result.total.mean) == pytest.approx(100 * given.mean, abs=4 * error)
    for level, found in zip((0.1, 0.5, 0.9), (result.total.p10, result.total.p50, result.total.p90), strict=True):
        assert float(found) == pytest.approx(100 * float(given.quantile([level])[0]), abs=1.0)


def test_the_golden_risks_are_worth_50_000_together() -> None:
    """A threat of 200,000 at 30 % and an opportunity of 50,000 at 20 %."""
    events = (Event("A", "cost", 0.3, Fixed(200_000)), Event("A", "cost", 0.2, Fixed(-50_000)))
    result = outcome_of(simulate(costs([[1_000_000]], [Fixed(1)], events=events), draws=DRAWS))
    deviation = sqrt(0.21 * 200_000**2 + 0.16 * 50_000**2)
    assert float(result.total.mean) == pytest.approx(1_050_000, abs=4 * deviation / sqrt(DRAWS))
    assert float(result.total.deviation) == pytest.approx(deviation, rel=0.02)
    assert sorted(set(np.round(result.draws).tolist())) == [950_000, 1_000_000, 1_150_000, 1_200_000]


def test_an_uncertain_impact_spreads_over_the_periods_as_the_cost_does() -> None:
    events = (Event("A", "cost", 1.0, Pert(8, 10, 15)), Event("B", "cost", 0.5, Fixed(30)))
    result = outcome_of(simulate(costs([[30, 10], [60, 0]], [Fixed(1), Fixed(1)], events=events), draws=DRAWS))
    assert float(result.total.mean) == pytest.approx(100 + 10.5 + 15, abs=0.5)
    assert result.by_period.mean[1] == pytest.approx(10 + 10.5 / 4, abs=0.05)


def test_a_delay_moves_amounts_and_leaves_the_total() -> None:
    delays = np.array([[0.5, 0.3, 0.2]])
    result = outcome_of(simulate(costs([[10, 20, 0]], [Fixed(1)], delays=delays), draws=DRAWS))
    assert result.by_period.mean == pytest.approx([5, 13, 8], abs=0.2)
    assert set(result.draws.tolist()) == {30.0}


def test_amounts_beyond_the_horizon_count_in_the_total_alone() -> None:
    model = costs([[10, 20, 70]], [Fixed(1)], periods=2)
    result = outcome_of(simulate(model, draws=10))
    assert result.by_period.p50.tolist() == [10.0, 20.0]
    assert float(result.total.p50) == 100.0


def test_a_breach_is_counted_in_each_period_and_in_any() -> None:
    factor = Discrete((1, 2), (0.75, 0.25))
    limits = (Limit("each year", "cost", by_period=(15.0, 10.0)), Limit("whole", "cost", total=45.0))
    found = simulate(costs([[10, 10], [10, 0]], [factor, Fixed(0.5)], limits=limits), draws=DRAWS).outcome()
    yearly = found.breach("each year")
    assert yearly.by_period == pytest.approx((0.25, 0.25), abs=4 * yearly.error)
    assert yearly.any == pytest.approx(0.25, abs=4 * yearly.error)
    assert yearly.error == pytest.approx(sqrt(yearly.any * (1 - yearly.any) / DRAWS))
    assert (found.breach("whole").any, found.breach("whole").by_period) == (0.0, ())


def test_a_total_within_a_window_counts_only_its_periods_after_any_delay() -> None:
    limits = (
        Limit("first year", "cost", total=15.0, window=(0, 2)),
        Limit("later", "cost", total=15.0, window=(2, 3)),
    )
    model = costs([[10, 10, 0], [0, 10, 0]], [Fixed(1)] * 2, limits=limits)
    found = simulate(model, draws=100).outcome()
    assert [(each.any, each.enough, each.by_period) for each in found.breaches] == [
        (1.0, (30.0,), ()),
        (0.0, (0.0,), ()),
    ]
    late = replace(model, delays=np.array([[0.0, 1.0], [0.0, 1.0]]))
    found = simulate(late, draws=100).outcome()
    assert [(each.any, each.enough) for each in found.breaches] == [(0.0, (10.0,)), (1.0, (20.0,))]


def test_what_would_be_enough_in_8_of_10_draws_is_told_in_each_period() -> None:
    limits = (Limit("each year", "cost", by_period=(15.0, 10.0)),)
    found = simulate(costs([[10, 20]], [Discrete((1, 2), (0.5, 0.5))], limits=limits), draws=1000).outcome()
    assert found.breach("each year").enough == (20.0, 40.0)


def test_a_limit_met_exactly_is_not_passed() -> None:
    limits = (Limit("total", "cost", total=0.3), Limit("period", "cost", by_period=(0.3,)))
    model = costs([[0.1], [0.1], [0.1]], [Fixed(1)] * 3, limits=limits)
    assert [each.any for each in simulate(model, draws=100).outcome().breaches] == [0.0, 0.0]


def _cost_and_benefit(between: float, rho: float = 0.0) -> Model:
    inputs = tuple(Input(name, (Normal(1, 0.2), Normal(1, 0.2))) for name in ("cost", "benefit"))
    amounts = np.array([[100.0], [100.0]])
    return Model(
        ("A", "B"),
        1,
        inputs,
        tuple(Flow(name, name, amounts, "GBP") for name in ("cost", "benefit")),
        correlation=Correlation.common(2, rho, np.array([[1, between], [between, 1]])),
        sums={"net": {"benefit": 1.0, "cost": -1.0}},
    )


def test_inputs_of_a_project_correlate_as_asked_and_a_sum_of_flows_knows() -> None:
    found = simulate(_cost_and_benefit(0.6), draws=DRAWS).outcome()
    cost, benefit, net = (found.results[name] for name in ("cost", "benefit", "net"))
    assert np.corrcoef(cost.draws, benefit.draws)[0, 1] == pytest.approx(0.6, abs=0.02)
    assert float(net.total.deviation) == pytest.approx(sqrt(2 * 400 * 2 * 0.4), rel=0.02)
    assert net.unit == "GBP"
    assert [each.share for each in net.contributions] == pytest.approx([0.5, 0.5], abs=0.02)


def test_input_of_one_and_another_project_correlate_by_the_product() -> None:
    model = _cost_and_benefit(0.5, 0.5)
    plans = (Scenario("A", np.array([1.0, 0.0])), Scenario("B", np.array([0.0, 1.0])))
    first, second = simulate(model, draws=DRAWS, scenarios=plans).outcomes
    pairs = [
        (first.results["cost"], second.results["cost"], 0.5),
        (first.results["cost"], second.results["benefit"], 0.25),
    ]
    for one, other, wanted in pairs:
        assert np.corrcoef(one.draws, other.draws)[0, 1] == pytest.approx(wanted, abs=0.03)


def test_projects_correlate_by_ranks() -> None:
    ranks = np.array([[1, 0.8], [0.8, 1]])
    model = costs([[100], [100]], [Lognormal.between(0.7, 1.4)] * 2, correlation=Correlation(ranks=ranks))
    plans = (Scenario("A", np.array([1.0, 0.0])), Scenario("B", np.array([0.0, 1.0])))
    first, second = simulate(model, draws=5000, scenarios=plans).outcomes
    orders = [np.argsort(np.argsort(each.results["cost"].draws)) for each in (first, second)]
    assert np.corrcoef(*orders)[0, 1] == pytest.approx(0.8, abs=0.03)


def test_scenarios_meet_the_same_draws_so_that_their_difference_is_not_chance() -> None:
    model = costs([[100], [50], [40]], [Normal(1, 0.3), Normal(1, 0.1), Normal(1, 0.1)])
    plans = (Scenario("with B", np.array([1.0, 1.0, 0.0])), Scenario("with C", np.array([1.0, 0.0, 1.0])))
    first, second = simulate(model, draws=DRAWS, scenarios=plans).outcomes
    difference = compare(first, second, "cost")
    assert float(difference.spread.deviation) == pytest.approx(sqrt(5**2 + 4**2), rel=0.02)
    assert float(difference.spread.mean) == pytest.approx(10, abs=0.2)
    assert difference.first_is_higher == pytest.approx(NormalDist().cdf(10 / sqrt(41)), abs=4 * difference.error)


def test_a_later_start_moves_a_project_in_its_scenario() -> None:
    plans = (Scenario("later", np.array([1.0, 1.0]), (0, 1)),)
    found = simulate(costs([[10, 0], [5, 5]], [Fixed(1)] * 2), draws=10, scenarios=plans).outcome("later")
    assert found.results["cost"].by_period.p50.tolist() == [10.0, 5.0]
    assert float(found.results["cost"].total.p50) == 20.0


def test_quantiles_settle_as_draws_are_added() -> None:
    result = outcome_of(simulate(costs([[100]], [Normal(1, 0.2)]), draws=2000))
    assert [each.draws for each in result.settling] == [100, 200, 400, 800, 1600, 2000]
    first, last = result.settling[0], result.settling[-1]
    assert last.error50 < first.error50 / 2
    closed_form = 20 * sqrt(0.25 / 2000) / NormalDist().pdf(0)
    assert last.error50 == pytest.approx(closed_form, rel=0.25)
