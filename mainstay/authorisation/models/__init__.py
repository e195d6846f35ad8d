"""The nouns of authorisation."""

from mainstay.authorisation.models.decision import Decision, DecisionLine, Outcome
from mainstay.authorisation.models.selection import Committed, Selection, SelectionState
from mainstay.authorisation.models.solution import Solution, SolutionStatus

__all__ = [
    "Committed",
    "Decision",
    "DecisionLine",
    "Outcome",
    "Selection",
    "SelectionState",
    "Solution",
    "SolutionStatus",
]
