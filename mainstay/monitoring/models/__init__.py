"""The nouns of monitoring."""

from mainstay.monitoring.models.favourite import Favourite
from mainstay.monitoring.models.hours import HoursEntry, OtherWork
from mainstay.monitoring.models.locked_week import LockedWeek
from mainstay.monitoring.models.timesheet import Timesheet, TimesheetState, monday_of

__all__ = ["Favourite", "HoursEntry", "LockedWeek", "OtherWork", "Timesheet", "TimesheetState", "monday_of"]
