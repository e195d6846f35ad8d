"""Everything about how robust a choice is, from solved samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mainstay.engine.robust.core import CoreIndex, core_indexes
from mainstay.engine.robust.information import Information, information
from mainstay.engine.robust.plans import PlanTried, best_by, try_plans
from mainstay.engine.robust.solved import Chosen, SolvedSample
from mainstay.engine.robust.uncertainty import Uncertainty
from mainstay.engine.selection import Problem


@dataclass(frozen=True, slots=True)
class Robustness:
    """How robust a choice is.

    samples: how many have a plan, proven: how many of these are proven best, without: how many have none.
    plans: the plan as chosen first, then others. best: the plan with the best mean, CVaR and largest regret among
    those that hold at least as often as the plan chosen, by name. perfect: what knowing everything before choosing
    would be worth at most, in the unit of the objective: the expected regret of the plan as chosen, with its
    standard error; None where that plan never holds.
    """

    samples: int
    proven: int
    without: int
    indexes: tuple[CoreIndex, ...]
    plans: tuple[PlanTried, ...]
    best: dict[str, PlanTried]
    information: tuple[Information, ...]
    perfect: float | None
    perfect_error: float | None

    def to_dict(self) -> dict[str, object]:
        """The robustness as a JSON object."""
        return asdict(self)


def robustness(
    problem: Problem,
    uncertainty: Uncertainty,
    samples: Sequence[SolvedSample],
    *,
    seed: int = 0,
    base: Chosen = (),
) -> Robustness:
    """How robust the plan `base` is over the samples, and what would be worth knowing.

    Raises ValueError without a sample that has a plan. Source: formulae 2.11.
    """
    indexes = core_indexes(problem, samples)
    tried = try_plans(problem, uncertainty, samples, seed=seed, base=base)
    found = {how: best_by(tried, how, tried[0].holds) for how in ("mean", "cvar", "regret")}
    best = {how: plan for how, plan in found.items() if plan is not None}
    solved = [each for each in samples if each.objective is not None]
    holding = [each for each in tried if each.holds >= tried[0].holds]
    return Robustness(
        samples=len(solved),
        proven=sum(each.proven for each in solved),
        without=len(samples) - len(solved),
        indexes=indexes,
        plans=tried,
        best=best,
        information=information(uncertainty, samples, holding, seed=seed),
        perfect=tried[0].mean_regret,
        perfect_error=tried[0].regret_error,
    )
