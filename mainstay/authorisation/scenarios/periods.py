"""The time a scenario plans: months, quarters or years from a first day on, counted from 0."""

from dataclasses import dataclass
from datetime import date, timedelta

from mainstay.authorisation.models import Scenario
from mainstay.engine.basics.periods import month_after

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Periods:
    """Periods of so many months each; a day before the first lies in a negative one."""

    first: date
    months: int
    count: int

    def start(self, place: int) -> date:
        """The first day of a period."""
        return month_after(self.first, place * self.months)

    def place(self, day: date) -> int:
        """The period a day lies in."""
        return ((day.year - self.first.year) * 12 + day.month - self.first.month) // self.months

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.start(self.count) - timedelta(days=1)

    def name(self, place: int) -> str:
        """A period in words: `Jan 2027`, `Q1 2027`, `2027`; one that begins elsewhere is told by its month."""
        day = self.start(place)
        if self.months == MONTHS["quarter"] and day.month % 3 == 1:
            return f"Q{day.month // 3 + 1} {day.year}"
        return str(day.year) if self.months == MONTHS["year"] and day.month == 1 else f"{day:%b %Y}"

    @property
    def names(self) -> list[str]:
        """All periods in words."""
        return [self.name(place) for place in range(self.count)]

    def window(self, first: date, last: date) -> tuple[int, int] | None:
        """The periods that begin from one day to another, as first and the one after the last; None without any."""
        inside = [place for place in range(self.count) if first <= self.start(place) <= last]
        return (inside[0], inside[-1] + 1) if inside else None


def periods_of(scenario: Scenario) -> Periods:
    """The periods of a scenario, from the first of a month on."""
    return Periods(scenario.starts_on.replace(day=1), MONTHS[scenario.period], scenario.periods)


def moved(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays the last, and no month has a day too many."""
    last = month_after(day, months + 1) - timedelta(days=1)
    is_last = (day + timedelta(days=1)).day == 1
    return last if is_last or day.day > last.day else last.replace(day=day.day)
