"""Every measure of 10,000 business cases of 40 periods, against numpy-financial one project at a time.

    uv run python -m benchmarks.finance [PROJECTS]

Three kinds of flows: an investment (one change of sign), one that is dismantled at the end (two changes), and random
flows (about twenty changes). Both sides compute NPV, IRR, MIRR, payback, discounted payback, profitability index,
ROI, BCR and annuity in one process and one thread, and the answers are compared; the engine gives every IRR, the loop
one. Seconds are those of the processor, the best of five; the loop runs once over 500 projects and is scaled up.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is loaded

import numpy as np
import numpy_financial
from numpy.typing import NDArray

from mainstay.engine import finance

Floats = NDArray[np.float64]

PERIODS = 40
RATE, REINVEST = 0.08, 0.05
LOOPED = 500


def main(words: list[str]) -> int:
    """Measure each kind; 0 when the first is at least 100 times faster than the loop."""
    projects = int(words[0]) if words else 10_000
    print(f"{'flows':34} {'engine':>10} {'loop':>10} {'ratio':>8}   ({projects} projects, {PERIODS} periods)")
    ratios = [_measure(name, flows) for name, flows in _kinds(projects).items()]
    return 0 if ratios[0] >= 100 else 1


def _kinds(projects: int) -> dict[str, Floats]:
    random = np.random.default_rng(40)
    investment = -random.uniform(500, 2000, (projects, 1))
    conventional = np.hstack([investment, random.uniform(0, 200, (projects, PERIODS - 1))])
    dismantled = conventional.copy()
    dismantled[:, -1] = -random.uniform(100, 3000, projects)
    return {
        "one change of sign": conventional,
        "two changes of sign": dismantled,
        "random signs": random.normal(size=(projects, PERIODS)),
    }


def _measure(name: str, flows: Floats) -> float:
    looped = flows[: min(LOOPED, len(flows))]
    fast = _seconds(lambda: finance.appraise(flows, RATE, reinvest_rate=REINVEST), 5)
    slow = _seconds(lambda: [_one(row) for row in looped], 1) * len(flows) / len(looped)
    _compare(looped)
    print(f"{name:34} {fast:8.3f} s {slow:8.3f} s {slow / fast:8.0f}", flush=True)
    return slow / fast


def _one(flows: Floats) -> list[float]:
    """The measures of one project with numpy-financial, in the order of `_compare`."""
    value = float(numpy_financial.npv(RATE, flows))
    factors = (1 + RATE) ** -np.arange(len(flows))
    gains, losses = np.maximum(flows, 0), np.maximum(-flows, 0)
    return [
        value,
        float(numpy_financial.irr(flows)),
        float(numpy_financial.mirr(flows, RATE, REINVEST)),
        _payback(flows),
        _payback(flows * factors),
        1 + value / -flows[0] if flows[0] < 0 else np.nan,
        (gains.sum() - losses.sum()) / losses.sum(),
        (gains @ factors) / (losses @ factors),
        -float(numpy_financial.pmt(RATE, len(flows) - 1, value)),
    ]


def _payback(values: Floats) -> float:
    total = np.cumsum(values)
    owed = np.flatnonzero(total < 0)
    back = np.flatnonzero(total >= 0)
    if not len(owed):
        return 0.0
    back = back[back > owed[0]]
    return float(back[0] - 1 - total[back[0] - 1] / values[back[0]]) if len(back) else np.nan


def _compare(flows: Floats) -> None:
    """Stop when an answer of the engine is not that of the loop, or the loop's IRR is none of the engine's."""
    found = finance.appraise(flows, RATE, reinvest_rate=REINVEST)
    columns = [found.npv, found.mirr, found.payback, found.discounted_payback, found.profitability_index]
    columns += [found.roi, found.bcr, found.equivalent_annuity]
    expected = np.array([_one(row) for row in flows])
    theirs = np.delete(expected, 1, axis=1)
    if not np.allclose(np.column_stack(columns), theirs, rtol=1e-9, atol=1e-9, equal_nan=True):
        raise SystemExit("The engine and numpy-financial differ.")
    distance = np.abs(found.irr_roots - expected[:, 1:2])
    known = ~np.isnan(expected[:, 1])
    if (np.nanmin(distance[known], axis=1) > 1e-6).any():
        raise SystemExit("An IRR of numpy-financial is none of the engine's.")


def _seconds(work: Callable[[], object], times: int) -> float:
    best = np.inf
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return float(best)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
