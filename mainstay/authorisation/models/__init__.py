"""The nouns of authorisation."""

from mainstay.authorisation.models.decision import Decision, DecisionLine, Outcome
from mainstay.authorisation.models.selection import Committed, Selection, SelectionState
from mainstay.authorisation.models.solution import Solution, SolutionStatus
from mainstay.authorisation.models.study import Study, StudyKind

__all__ = [
    "Committed",
    "Decision",
    "DecisionLine",
    "Outcome",
    "Selection",
    "SelectionState",
    "Solution",
    "SolutionStatus",
    "Study",
    "StudyKind",
]
