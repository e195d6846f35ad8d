"""Simulating 500 projects over 36 periods, beside the random numbers alone and beside a loop over draws.

    uv run python -m benchmarks.simulation [--draws N] [--workers N]

Seconds are those of the processor, the least of three. "Random numbers alone" are as many standard normal and uniform
numbers as the simulation needs, from NumPy's own generator on the same streams, and nothing done with them.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is loaded

import numpy as np

from mainstay.engine import simulation
from mainstay.engine.simulation.chunk import CHUNK

PROJECTS, PERIODS, LATE = 500, 36, 3
NAIVE_DRAWS = 500
INPUTS = ("cost", "benefit")


def model(seed: int = 1) -> simulation.Model:
    """Costs, benefits, delays of up to three periods, two risks a project; projects and inputs that correlate."""
    random = np.random.default_rng(seed)
    names = tuple(f"P{number}" for number in range(PROJECTS))
    amounts = {name: random.uniform(0, 100, (PROJECTS, PERIODS)) for name in INPUTS}
    factors = {name: tuple(_estimate(random) for _ in names) for name in INPUTS}
    late = random.dirichlet(np.array([8, 3, 2, 1]), PROJECTS)
    events = tuple(
        simulation.Event(name, "cost", float(chance), simulation.Fixed(float(impact)))
        for name in names
        for chance, impact in zip(random.uniform(0.05, 0.4, 2), random.normal(100, 200, 2), strict=True)
    )
    between = np.array([[1, -0.2, 0.5], [-0.2, 1, -0.3], [0.5, -0.3, 1]])
    return simulation.Model(
        projects=names,
        periods=PERIODS,
        inputs=tuple(simulation.Input(name, factors[name]) for name in INPUTS),
        flows=tuple(simulation.Flow(name, name, amounts[name], "GBP") for name in INPUTS),
        delays=late,
        events=events,
        correlation=simulation.Correlation.common(PROJECTS, 0.2, between),
        limits=(simulation.Limit("budget", "cost", by_period=(27_000.0,) * PERIODS),),
        sums={"net": {"benefit": 1.0, "cost": -1.0}},
    )


def _estimate(random: np.random.Generator) -> simulation.Distribution:
    low, high = random.uniform(0.6, 0.95), random.uniform(1.05, 1.8)
    return simulation.Pert(low, 1.0, high) if random.random() < 0.7 else simulation.Lognormal.between(low, high)


def numbers_alone(draws: int) -> None:
    """As many random numbers as the simulation needs, and nothing done with them."""
    for chunk in range(-(-draws // CHUNK)):
        for number in (1, 2, 3):
            simulation.stream(0, chunk, number).standard_normal((PROJECTS, CHUNK))
        shared = simulation.stream(0, chunk, 0)
        for _ in range(3):
            shared.standard_normal((1, CHUNK))
        simulation.stream(0, chunk, 4).random((2 * PROJECTS, CHUNK))


def naive(given: simulation.Model, draws: int) -> np.ndarray:
    """What one writes first: a loop over draws with arrays of projects; amounts (draws, flows, periods)."""
    random = np.random.default_rng(0)
    levels = np.linspace(0, 1, 201)
    tables = {each.name: np.array([own.quantile(levels[1:-1]) for own in each.factors]) for each in given.inputs}
    root = np.linalg.cholesky(given.correlation.between)
    chances = np.array([each.probability for each in given.events])
    impacts = np.array([each.impact.mean for each in given.events])
    owners = np.array([given.projects.index(each.project) for each in given.events])
    steps, rows = np.cumsum(given.delays, axis=1), np.arange(PROJECTS)
    found = np.zeros((draws, len(INPUTS), PERIODS))
    for draw in range(draws):
        scores = root @ (
            np.sqrt(0.2) * random.standard_normal((3, 1)) + np.sqrt(0.8) * random.standard_normal((3, PROJECTS))
        )
        places = np.clip((1 / (1 + np.exp(-1.702 * scores)) * 198).astype(int), 0, 198)
        late = (1 / (1 + np.exp(-1.702 * scores[2])) > steps[:, :-1].T).sum(axis=0)
        hits = random.random(len(chances)) < chances
        for nth, name in enumerate(INPUTS):
            amounts = given.flows[nth].amounts
            factors = tables[name][rows, places[nth]]
            if name == "cost":
                factors += np.bincount(owners[hits], impacts[hits], PROJECTS) / amounts.sum(axis=1)
            for delay in range(LATE + 1):
                who = late == delay
                found[draw, nth, delay:] += factors[who] @ amounts[who, : PERIODS - delay]
    return found


def spent(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU seconds of a few runs, all threads together."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    given = model()
    began = time.perf_counter()
    simulation.simulate(given, draws=options.draws, workers=options.workers)
    wall = time.perf_counter() - began
    ours = spent(lambda: simulation.simulate(given, draws=options.draws, workers=options.workers))
    alone = spent(lambda: numbers_alone(options.draws))
    loop = spent(lambda: naive(given, NAIVE_DRAWS), 1) * options.draws / NAIVE_DRAWS
    print(
        f"{options.draws:,} draws x {PROJECTS} projects x {PERIODS} periods, {LATE} delays, {options.workers} workers"
    )
    print(f"simulation           {ours:8.2f} CPU s   ({wall:.2f} s by the clock the first time)")
    print(f"random numbers alone {alone:8.2f} CPU s   the simulation runs at {alone / ours:.0%} of their speed")
    print(
        f"loop over draws      {loop:8.2f} CPU s   {loop / ours:.1f} times the simulation (from {NAIVE_DRAWS} draws)"
    )
    print(f"peak memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
