"""Frontiers: what the best plan is worth for many amounts of one limit, or of the cap of one measure.

Nouns: Frontier (FrontierPoint), Steps (Step). Verbs: frontier, joined, exact_steps, frontier_to_dict.
"""

from mainstay.engine.selection.frontier.point import Frontier, FrontierPoint, joined
from mainstay.engine.selection.frontier.steps import Step, Steps, exact_steps
from mainstay.engine.selection.frontier.work import frontier
from mainstay.engine.selection.frontier.writer import frontier_to_dict

__all__ = ["Frontier", "FrontierPoint", "Step", "Steps", "exact_steps", "frontier", "frontier_to_dict", "joined"]
