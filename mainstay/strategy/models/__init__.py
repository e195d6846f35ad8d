"""The nouns of strategy."""

from mainstay.strategy.models.cause import Cause
from mainstay.strategy.models.check_in import CheckIn
from mainstay.strategy.models.classification import Bucket, Classification, Placement
from mainstay.strategy.models.contribution import Contribution
from mainstay.strategy.models.driver import Department, Driver
from mainstay.strategy.models.goal import Goal, GoalKind, Perspective
from mainstay.strategy.models.impact import Impact, ImpactStatement, Level
from mainstay.strategy.models.key_result import KeyResult, ResultKind

__all__ = [
    "Bucket",
    "Cause",
    "CheckIn",
    "Classification",
    "Contribution",
    "Department",
    "Driver",
    "Goal",
    "GoalKind",
    "Impact",
    "ImpactStatement",
    "KeyResult",
    "Level",
    "Perspective",
    "Placement",
    "ResultKind",
]
