"""Running work set free: it may go on, rest for half a year, or stop; what was spent counts in none of them."""

from datetime import date

from django.utils import timezone

from mainstay.authorisation.scenarios.exits import CONTINUE, PAUSE, REST_MONTHS, STOP, Exit
from mainstay.authorisation.scenarios.periods import Periods
from mainstay.authorisation.scenarios.ways import Amounts, Way
from mainstay.core.surrounding import surrounding


class Freed:
    """The ways of running work from the first period planned; `rest` is what the register has left of it.

    aim: the key of what shall be most.
    """

    def __init__(self, periods: Periods, aim: str, exit: Exit, end: date | None, rest: Way) -> None:
        self.periods, self.aim, self.exit, self.end, self.rest = periods, aim, exit, end, rest

    @property
    def ways(self) -> tuple[Way, ...]:
        """Going on first, then resting."""
        cost = self._cost
        go_on = Way(CONTINUE, cost, cost, self.rest.roles, self._brings(sum(cost)))
        late = max(1, REST_MONTHS // self.periods.months)
        at_rest = (self.exit.pause_cost * self.periods.months,) * late
        later = at_rest + cost
        roles = {role: (0.0,) * late + hours for role, hours in self.rest.roles.items()}
        return (go_on, Way(PAUSE, later, (0.0,) * late + cost, roles, self._brings(sum(later)), late))

    @property
    def stop(self) -> Way:
        """Stopping it: paid at once, and what stays of it."""
        return Way(STOP, (self.exit.stop_cost,), (), {}, self._leaves)

    @property
    def _cost(self) -> Amounts:
        """What is still to be spent within and after the time planned, evenly over the periods to its end."""
        last = self.periods.place(self.end) if self.end else 0
        count = max(1, last + 1)
        return (self.exit.cost * self._ahead / count,) * count

    @property
    def _ahead(self) -> float:
        """The part of the time from today to the end that lies in or after the first period."""
        today = timezone.localdate(surrounding().now())
        if self.end is None or self.end <= today or self.periods.first <= today:
            return 1.0
        return max(0.0, (self.end - self.periods.first).days / (self.end - today).days)

    def _brings(self, cost: float) -> float:
        benefit = self.exit.benefit or 0.0
        return {"net_benefit": benefit - cost, "benefit": benefit}.get(self.aim, self.rest.value)

    @property
    def _leaves(self) -> float:
        salvage = self.exit.salvage
        return {"net_benefit": salvage - self.exit.stop_cost, "benefit": salvage}.get(self.aim, 0.0)
