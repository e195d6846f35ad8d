"""Working time of a ProTrack project: which hours of which days count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

LONG_AGO = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Agenda:
    """starts: from when a file counts its working hours. hours, days: what is worked (Monday is day 0)."""

    starts: datetime
    hours: frozenset[int]
    days: tuple[bool, ...]
    holidays: tuple[date, ...]

    def between(self, earlier: datetime, later: datetime) -> float:
        """Working hours from one moment to another; below zero where the first is the later one."""
        return self._counted(later) - self._counted(earlier)

    def _counted(self, moment: datetime) -> float:
        if not any(self.days):
            return 0.0
        day, free = moment.date(), list(self.holidays)
        whole = int(np.busday_count(LONG_AGO, day, weekmask=list(self.days), holidays=free))
        hours = float(whole * len(self.hours))
        if np.is_busday(day, weekmask=list(self.days), holidays=free):
            hours += sum(1 for hour in self.hours if hour < moment.hour)
            hours += moment.minute / 60 if moment.hour in self.hours else 0.0
        return hours
