"""Earned value of 10,000 projects by 36 periods: all measures, earned schedule, roll-up to 300 programmes.

    uv run python -m benchmarks.evm [PROJECTS]

One thread; seconds are those of the processor, the best of five. The answers for some projects are compared with the
formulae computed one cell at a time in plain Python. 0 when measures and earned schedule take 50 ms together at most.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is loaded

import numpy as np

from mainstay.engine import evm

PERIODS, PROGRAMMES = 36, 300
COMPARED = 50
LIMIT = 0.050


def main(words: list[str]) -> int:
    """Measure each part and compare; 0 within the limit."""
    projects = int(words[0]) if words else 10_000
    figures = _figures(projects)
    programme = np.random.default_rng(2).integers(0, PROGRAMMES, projects)
    parts: dict[str, Callable[[], object]] = {
        "measures of cost": lambda: evm.measure(figures),
        "earned schedule": lambda: evm.earned_schedule(figures),
        "both": lambda: (evm.measure(figures), evm.earned_schedule(figures)),
        "checks of the figures": lambda: evm.Figures(figures.pv, figures.ev, figures.ac, figures.bac),
        "roll-up and its measures": lambda: _portfolio(figures, programme),
    }
    seconds = {name: _seconds(work) for name, work in parts.items()}
    for name, taken in seconds.items():
        print(f"{name:28} {1000 * taken:8.1f} ms   ({projects} projects, {PERIODS} periods)")
    _compare(figures)
    return 0 if seconds["both"] <= LIMIT else 1


def _figures(projects: int) -> evm.Figures:
    random = np.random.default_rng(1)
    pv = random.uniform(0, 100, (projects, PERIODS)).cumsum(axis=1)
    ev = np.minimum(pv * random.uniform(0.6, 1.1, (projects, 1)), pv[:, -1:])
    ac = ev * random.uniform(0.8, 1.6, (projects, 1))
    later = np.arange(PERIODS) > random.integers(0, PERIODS, (projects, 1))
    ev[later] = ac[later] = np.nan
    return evm.Figures(pv, ev, ac, pv[:, -1].copy())


def _portfolio(figures: evm.Figures, programme: np.ndarray) -> evm.Measures:
    return evm.measure(evm.roll_up(figures, np.arange(len(programme)), programme, PROGRAMMES).figures)


def _compare(figures: evm.Figures) -> None:
    """Stop when an answer is not that of the formula, cell by cell."""
    found, time_measures = evm.measure(figures), evm.earned_schedule(figures)
    for project in range(min(COMPARED, len(figures.bac))):
        plan = [0.0, *figures.pv[project].tolist()]
        for period in range(int(figures.last_reported()[project]) + 1):
            ev, ac = float(figures.ev[project, period]), float(figures.ac[project, period])
            expected = [ev / ac, plan[-1] * ac / ev, _earned_schedule(plan, ev)]
            given = [each[project, period] for each in (found.cpi, found.eac, time_measures.es)]
            if not np.allclose(expected, given, rtol=1e-9):
                raise SystemExit(f"Project {project}, period {period}: {given} instead of {expected}.")


def _earned_schedule(plan: list[float], ev: float) -> float:
    whole = max(number for number, value in enumerate(plan) if value <= ev)
    return whole + (ev - plan[whole]) / (plan[whole + 1] - plan[whole]) if whole + 1 < len(plan) else float(whole)


def _seconds(work: Callable[[], object]) -> float:
    best = np.inf
    for _ in range(5):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return float(best)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
