"""Earned value: whether projects get for their money and time what was planned, in money and in periods.

Nouns: Figures (planned, earned, actual), Measures, EarnedSchedule, RollUp, Converted, Rule (how work earns value),
Method (how cost at completion is estimated), Reason (why a measure does not exist). Verbs: measure,
earned_schedule, roll_up, in_base_currency, earned_value and what makes its progress. Arrays of projects by periods
in and out; NaN with a reason, never infinity. It must not know calendars, currencies by name or who reports.
"""

from mainstay.engine.evm.currency import Converted, in_base_currency
from mainstay.engine.evm.figures import Figures, at_column
from mainstay.engine.evm.measures import Measures, Method, measure
from mainstay.engine.evm.reason import Reason
from mainstay.engine.evm.rollup import RollUp, roll_up
from mainstay.engine.evm.rules import Rule, earned_value, effort_share, milestone_progress, unit_progress
from mainstay.engine.evm.schedule import EarnedSchedule, earned_schedule

__all__ = [
    "Converted",
    "EarnedSchedule",
    "Figures",
    "Measures",
    "Method",
    "Reason",
    "RollUp",
    "Rule",
    "at_column",
    "earned_schedule",
    "earned_value",
    "effort_share",
    "in_base_currency",
    "measure",
    "milestone_progress",
    "roll_up",
    "unit_progress",
]
