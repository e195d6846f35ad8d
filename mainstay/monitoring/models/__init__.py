"""The nouns of monitoring."""

from mainstay.monitoring.models.alert import Alert, AlertKind, AlertRule, AlertState, Severity, Side
from mainstay.monitoring.models.favourite import Favourite
from mainstay.monitoring.models.hours import HoursEntry, OtherWork
from mainstay.monitoring.models.kept_money import KeptMoney
from mainstay.monitoring.models.ledger import LedgerFile, LedgerLine, LedgerRule, RuleField
from mainstay.monitoring.models.locked_week import LockedWeek
from mainstay.monitoring.models.money import ClosedPeriod, ExitTerms, MoneyKind, MoneyLine, Treatment
from mainstay.monitoring.models.progress import EarningRule, ProgressReading, WorkPackage
from mainstay.monitoring.models.raid import Action, ChangeRequest, ChangeState, Issue, IssueState
from mainstay.monitoring.models.report import Every, ReportState, Rhythm, StatusReport
from mainstay.monitoring.models.timesheet import Timesheet, TimesheetState, monday_of

__all__ = [
    "Action", "Alert", "AlertKind", "AlertRule", "AlertState", "ChangeRequest", "ChangeState", "ClosedPeriod",
    "EarningRule", "Every", "ExitTerms", "Favourite", "HoursEntry", "Issue", "IssueState", "KeptMoney", "LedgerFile",
    "LedgerLine", "LedgerRule", "LockedWeek", "MoneyKind", "MoneyLine", "OtherWork", "ProgressReading", "ReportState",
    "Rhythm", "RuleField", "Severity", "Side", "StatusReport", "Timesheet", "TimesheetState", "Treatment",
    "WorkPackage", "monday_of",
]  # fmt: skip
