"""ProTrack: schedules with cost and periodic progress, read from .p2x files.

Nouns: Schedule, Activity, Tracked (what was reported of an activity), Period, Agenda (working hours). Verbs: read,
figures, cost, outcome. A file keeps what was reported of each activity, never the sums; planned value, earned value
and actual cost of a period are computed from it.
"""

from mainstay.connect.protrack.agenda import Agenda
from mainstay.connect.protrack.reading import Unreadable, read
from mainstay.connect.protrack.schedule import Activity, Period, Schedule, Tracked
from mainstay.connect.protrack.sums import Outcome, cost, figures, outcome

__all__ = [
    "Activity",
    "Agenda",
    "Outcome",
    "Period",
    "Schedule",
    "Tracked",
    "Unreadable",
    "cost",
    "figures",
    "outcome",
    "read",
]
