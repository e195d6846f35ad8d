"""The nouns of authorisation."""

from mainstay.authorisation.models.baseline import Baseline
from mainstay.authorisation.models.decision import Decision, DecisionKind, DecisionLine, Outcome
from mainstay.authorisation.models.funding import CarryOver, Commitment, Tranche, TrancheState
from mainstay.authorisation.models.gate import GateReview, Verdict
from mainstay.authorisation.models.meeting import (
    AgendaItem,
    Attendance,
    Choice,
    Condition,
    Meeting,
    MeetingState,
    Vote,
)
from mainstay.authorisation.models.record import DecisionRecord, LogHead
from mainstay.authorisation.models.scenario import (
    Forced,
    PeriodLength,
    PlanLine,
    Scenario,
    ScenarioShare,
    ScenarioState,
)
from mainstay.authorisation.models.selection import Committed, Selection, SelectionState
from mainstay.authorisation.models.solution import Solution, SolutionStatus
from mainstay.authorisation.models.study import Study, StudyKind

__all__ = [
    "AgendaItem",
    "Attendance",
    "Baseline",
    "CarryOver",
    "Choice",
    "Commitment",
    "Committed",
    "Condition",
    "Decision",
    "DecisionKind",
    "DecisionLine",
    "DecisionRecord",
    "Forced",
    "GateReview",
    "LogHead",
    "Meeting",
    "MeetingState",
    "Outcome",
    "PeriodLength",
    "PlanLine",
    "Scenario",
    "ScenarioShare",
    "ScenarioState",
    "Selection",
    "SelectionState",
    "Solution",
    "SolutionStatus",
    "Study",
    "StudyKind",
    "Tranche",
    "TrancheState",
    "Verdict",
    "Vote",
]
