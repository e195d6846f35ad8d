"""Robust choice: which candidates stay in the best plan however things come out, and what would be worth knowing.

Nouns: Uncertainty (Estimate, Weights), SolvedSample, Robustness (CoreIndex, PlanTried, Information).
Verbs: sample, solve_sample, solve_samples, robustness. Samples are independent pieces of work.
It must not know where estimates come from or how a result is worded for people.
"""

from mainstay.engine.robust.core import CoreIndex, core_indexes
from mainstay.engine.robust.information import Information
from mainstay.engine.robust.plans import PlanTried, best_by, try_plans
from mainstay.engine.robust.robustness import Robustness, robustness
from mainstay.engine.robust.sampling import sample, sampled_problem
from mainstay.engine.robust.solved import Chosen, SolvedSample, solve_sample, solve_samples
from mainstay.engine.robust.uncertainty import Estimate, Sampled, Uncertainty, Weights

__all__ = [
    "Chosen",
    "CoreIndex",
    "Estimate",
    "Information",
    "PlanTried",
    "Robustness",
    "Sampled",
    "SolvedSample",
    "Uncertainty",
    "Weights",
    "best_by",
    "core_indexes",
    "robustness",
    "sample",
    "sampled_problem",
    "solve_sample",
    "solve_samples",
    "try_plans",
]
