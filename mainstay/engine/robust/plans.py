"""Plans compared over all samples: what each would be worth, how often it holds, what one would regret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.robust.sampling import sample, sampled_problem
from mainstay.engine.robust.solved import Chosen, SolvedSample, plan_of
from mainstay.engine.robust.uncertainty import Uncertainty
from mainstay.engine.selection import Problem
from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.plan import objective
from mainstay.engine.simulation.normal import Floats

WORST = 0.1


@dataclass(frozen=True, slots=True)
class PlanTried:
    """One plan over all samples, amounts in the unit of the objective.

    times: in how many samples it is the best. holds: in which share it keeps every limit and rule. mean, cvar: its
    value on average and in the worst tenth of the samples. regret, mean_regret: how much less than the best plan of
    the sample it is worth at most and on average, over the samples it holds in, and the standard error of the
    average; None where it never holds.
    """

    chosen: Chosen
    times: int
    holds: float
    mean: float
    cvar: float
    regret: float | None
    mean_regret: float | None
    regret_error: float | None


def try_plans(
    problem: Problem,
    uncertainty: Uncertainty,
    samples: Sequence[SolvedSample],
    *,
    seed: int = 0,
    base: Chosen = (),
    most: int = 40,
) -> tuple[PlanTried, ...]:
    """The plan `base` first and then the plans found most often, each tried in every sample that has a plan.

    CVaR is the mean of the worst tenth. Sources: Rockafellar and Uryasev, Optimization of conditional value-at-risk,
    2000; Savage, The theory of statistical decision, 1951 (minimax regret).
    """
    solved = [each for each in samples if each.objective is not None]
    times = Counter(each.chosen for each in solved)
    plans = list(dict.fromkeys([base, *(plan for plan, _ in times.most_common(most))]))
    worth = np.empty((len(plans), len(solved)))
    holds = np.empty(worth.shape, dtype=bool)
    for column, each in enumerate(solved):
        there = sampled_problem(problem, uncertainty, sample(uncertainty, seed, each.number))
        for row, chosen in enumerate(plans):
            plan = plan_of(there, chosen)
            worth[row, column], holds[row, column] = objective(there, plan), not broken(there, plan)
    best = np.array([each.objective for each in solved], dtype=np.float64)
    return tuple(_tried(chosen, times[chosen], worth[row], holds[row], best) for row, chosen in enumerate(plans))


def _tried(chosen: Chosen, times: int, worth: Floats, holds: NDArray[np.bool_], best: Floats) -> PlanTried:
    worst = np.sort(worth)[: max(1, round(len(worth) * WORST))]
    regrets = np.maximum(0.0, best - worth)[holds]
    return PlanTried(
        chosen=chosen,
        times=times,
        holds=float(holds.mean()),
        mean=float(worth.mean()),
        cvar=float(worst.mean()),
        regret=float(regrets.max()) if len(regrets) else None,
        mean_regret=float(regrets.mean()) if len(regrets) else None,
        regret_error=float(regrets.std() / sqrt(len(regrets))) if len(regrets) else None,
    )


def best_by(tried: Sequence[PlanTried], how: str, holding: float = 0.0) -> PlanTried | None:
    """The plan with the highest mean ("mean") or CVaR ("cvar"), or with the lowest largest regret ("regret").

    Only plans that hold in at least this share of the samples count; None when there is none.
    """
    fit = [each for each in tried if each.holds >= holding and each.regret is not None]
    return max(fit, key=_ORDERS[how], default=None)


_ORDERS: dict[str, Callable[[PlanTried], float]] = {
    "mean": lambda each: each.mean,
    "cvar": lambda each: each.cvar,
    "regret": lambda each: -(each.regret or 0.0),
}
