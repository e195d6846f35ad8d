"""The same seed gives the same result, whoever draws and however much is drawn."""

import numpy as np
import pytest

from mainstay.engine.simulation import Correlation, Event, Fixed, Flow, Input, Lognormal, Model, Pert, simulate
from mainstay.engine.simulation.chunk import CHUNK, fill_with_scores, happens


def _model() -> Model:
    names = tuple("ABCDEFGH")
    random = np.random.default_rng(3)
    factors = tuple(Pert(0.8, 1, 1.2 + row / 10) if row % 2 else Lognormal.between(0.8, 1.4) for row in range(8))
    return Model(
        names,
        6,
        (Input("cost", factors), Input("benefit", factors[::-1])),
        tuple(Flow(name, name, random.uniform(1, 9, (8, 6))) for name in ("cost", "benefit")),
        delays=np.tile([0.6, 0.3, 0.1], (8, 1)),
        events=(
            Event("A", "cost", 0.3, Pert(1, 2, 4)),
            Event("A", "cost", 0.1, Fixed(-3)),
            Event("C", "benefit", 0.5, Fixed(5)),
        ),
        correlation=Correlation.common(8, 0.3, np.array([[1, 0.2, 0.4], [0.2, 1, 0], [0.4, 0, 1]])),
    )


def _everything(draws: int, workers: int, seed: int = 5) -> list[np.ndarray]:
    found = simulate(_model(), draws=draws, seed=seed, workers=workers).outcome()
    results = list(found.results.values())
    shares = [np.array([(each.share, each.low) for each in result.contributions]) for result in results]
    return [each.draws for each in results] + [each.by_period.p90 for each in results] + shares


@pytest.mark.parametrize("workers", [2, 3])
def test_the_result_is_the_same_on_any_number_of_workers(workers) -> None:
    for alone, together in zip(_everything(2600, 1), _everything(2600, workers), strict=True):
        assert (alone == together).all()


def test_another_seed_gives_another_result() -> None:
    assert (_everything(500, 1, 5)[0] != _everything(500, 1, 6)[0]).all()


def test_the_first_draws_of_a_longer_simulation_are_those_of_a_shorter_one() -> None:
    assert (_everything(1000, 1)[0][:600] == _everything(600, 1)[0]).all()


def test_scores_are_standard_normal() -> None:
    scores = np.empty((400, CHUNK))
    fill_with_scores(scores, np.empty(scores.shape, dtype=np.intp), 1, 0, 1)
    assert scores.mean() == pytest.approx(0, abs=4 / np.sqrt(scores.size))
    assert scores.var() == pytest.approx(1, abs=4 * np.sqrt(2 / scores.size))
    assert (np.abs(scores) > 1.959964).mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.0475 / scores.size))


def test_events_happen_as_often_as_their_probability_says() -> None:
    hits = np.concatenate([happens(np.array([[0.0], [1.0], [0.2]]), 1, chunk) for chunk in range(80)], axis=1)
    assert hits[0].sum() == 0
    assert hits[1].all()
    assert hits[2].mean() == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / hits.shape[1]))


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[float] = []
    simulate(_model(), draws=2 * CHUNK, progress=told.append)
    assert told == [0.5, 1.0]

    def stop(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        simulate(_model(), draws=2 * CHUNK, workers=2, progress=stop)
