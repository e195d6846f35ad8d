"""Simulation: what a portfolio may cost, bring and need, how sure that is, and where the uncertainty comes from.

Nouns: Model (Input, Flow, Event, Correlation, Limit, Scenario), distributions, Simulation (Outcome, Result, Breach).
Verbs: simulate, compare, iman_conover. The same seed gives the same result on any number of workers.
It must not know where estimates come from or how an outcome is worded for people.
"""

from mainstay.engine.simulation.chunk import stream
from mainstay.engine.simulation.distribution import (
    Discrete,
    Distribution,
    Fixed,
    Lognormal,
    Normal,
    Pert,
    Triangular,
)
from mainstay.engine.simulation.model import Correlation, Event, Flow, Input, Limit, Model, Scenario
from mainstay.engine.simulation.outcome import (
    Breach,
    Contribution,
    Difference,
    Outcome,
    Quantiles,
    Result,
    Settling,
    Simulation,
)
from mainstay.engine.simulation.ranks import iman_conover, rank_correlation
from mainstay.engine.simulation.settle import compare, spread_of
from mainstay.engine.simulation.simulating import simulate

__all__ = [
    "Breach",
    "Contribution",
    "Correlation",
    "Difference",
    "Discrete",
    "Distribution",
    "Event",
    "Fixed",
    "Flow",
    "Input",
    "Limit",
    "Lognormal",
    "Model",
    "Normal",
    "Outcome",
    "Pert",
    "Quantiles",
    "Result",
    "Scenario",
    "Settling",
    "Simulation",
    "Triangular",
    "compare",
    "iman_conover",
    "rank_correlation",
    "simulate",
    "spread_of",
    "stream",
]
