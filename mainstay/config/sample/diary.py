"""The past of the sample as dated acts: collected in any order, performed in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from mainstay.core.models import Channel
from mainstay.core.surrounding import acting


@dataclass(frozen=True, order=True)
class Act:
    """Something somebody did at a moment."""

    at: datetime
    number: int
    perform: Callable[[], Any] = field(compare=False)


class Diary:
    """Acts by days from today; those of one day happen in the order they were entered."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.acts: list[Act] = []

    def day(self, offset: float) -> date:
        """The date so many days from today."""
        return self.today + timedelta(days=round(offset))

    def enter(self, offset: float, perform: Callable[[], Any], *, hour: int = 9) -> None:
        """Let something happen on a past day, from this hour of its morning or afternoon on."""
        number = len(self.acts)
        morning = timezone.make_aware(datetime.combine(self.day(min(offset, -1)), time(hour)))
        self.acts.append(Act(morning + timedelta(seconds=number), number, perform))

    def play(self) -> int:
        """Perform every act at its time; gives their number."""
        for act in sorted(self.acts):
            with acting(Channel.PAGE, at=act.at):
                act.perform()
        return len(self.acts)
