"""A model refuses what makes no sense, and says why."""

import numpy as np
import pytest

from mainstay.engine.simulation import Correlation, Event, Fixed, Flow, Input, Limit, Scenario, simulate
from tests.engine.simulation.builders import costs

ONE = [Fixed(1), Fixed(1)]
TWO = [[10, 20], [0, 0]]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"periods": 0}, "at least one period"),
        ({"inputs": (Input("cost", (Fixed(1),)),)}, "1 factors for 2 projects"),
        ({"inputs": (Input("other", tuple(ONE)),)}, "There is no input cost"),
        ({"flows": (Flow("cost", "cost", np.ones((3, 2))),)}, "one row of finite amounts"),
        ({"flows": (Flow("cost", "cost", np.ones((2, 2))),) * 2}, "appears twice among the flows"),
        ({"sums": {"net": {"benefit": 1.0}}}, "There is no flow benefit"),
        ({"delays": np.array([[1.0, 0.0]])}, "one row of chances of delay"),
        ({"delays": np.array([[0.5, 0.4], [1, 0]])}, "add up to 1"),
        ({"limits": (Limit("money", "benefit", total=1.0),)}, "There is no flow benefit"),
        ({"limits": (Limit("money", "cost", by_period=(1.0,)),)}, "one amount for each of 2 periods"),
        ({"limits": (Limit("money", "cost", total=1.0, window=(1, 3)),)}, "ends after 2 periods"),
        ({"events": (Event("Z", "cost", 0.1, Fixed(1)),)}, "no project Z"),
        ({"events": (Event("B", "cost", 0.1, Fixed(1)),)}, "B has no cost that an event could change"),
        ({"correlation": Correlation(between=np.eye(2))}, "one row for each of 1 inputs"),
        ({"correlation": Correlation(loadings=np.full((2, 2), 0.8))}, "add up to at most 1"),
        ({"correlation": Correlation(loadings=np.ones((3, 1)))}, "one row of loadings"),
        ({"correlation": Correlation(ranks=np.eye(3))}, "one row for each project"),
        ({"correlation": Correlation(None, np.zeros((2, 1)), np.eye(2))}, "either by loadings or by ranks"),
        ({"correlation": Correlation(ranks=np.array([[1, 2], [2, 1]]))}, "not positive definite"),
        ({"correlation": Correlation(ranks=np.array([[1, 0.5], [0.4, 1]]))}, "symmetric"),
    ],
)
def test_a_model_that_does_not_fit_together_is_refused(wrong, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        costs(TWO, ONE, **wrong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"draws": 1}, "2 to 1,000,000 draws"),
        ({"draws": 1_000_000, "scenarios": [Scenario(str(n), np.ones(2)) for n in range(50)]}, "too much to keep"),
        ({"scenarios": [Scenario("one", np.ones(3))]}, "a share and a start"),
        ({"scenarios": [Scenario("one", np.ones(2), (0, -1))]}, "a share and a start"),
        ({"scenarios": [Scenario("one", np.ones(2))] * 2}, "one name"),
    ],
)
def test_a_simulation_that_makes_no_sense_is_refused(wrong, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        simulate(costs(TWO, ONE), **wrong)


def test_more_projects_than_can_be_ranked_are_refused() -> None:
    names = tuple(f"P{number}" for number in range(126))
    model = costs([[1]], [Fixed(1)])
    flow, given = Flow("cost", "cost", np.ones((126, 1))), Input("cost", (Fixed(1),) * 126)
    large = type(model)(names, 1, (given,), (flow,), correlation=Correlation(ranks=np.eye(126)))
    with pytest.raises(ValueError, match="At most 125 projects"):
        simulate(large)


@pytest.mark.parametrize("wrong", [lambda: Limit("m", "cost"), lambda: Limit("m", "cost", (1.0,), 1.0)])
def test_a_limit_has_amounts_by_period_or_a_total(wrong) -> None:
    with pytest.raises(ValueError, match="either amounts by period or a total"):
        wrong()


@pytest.mark.parametrize("amounts", [{"by_period": (1.0,), "window": (0, 1)}, {"total": 1.0, "window": (1, 1)}])
def test_a_window_of_at_least_one_period_belongs_to_a_total(amounts) -> None:
    with pytest.raises(ValueError, match="a window of periods only with a total"):
        Limit("m", "cost", **amounts)


def test_chances_lie_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Event("A", "cost", 1.2, Fixed(1))
    with pytest.raises(ValueError, match="between 0 and 1"):
        Correlation.common(2, -0.1)
