"""What the pages of governance read."""

from datetime import datetime
from typing import Any

from mainstay.core.errors import Missing
from mainstay.governance.models import Cycle, CycleState


def cycles_for(user: Any, as_of: datetime | None = None) -> Any:
    """The planning cycles a person may see, the latest first."""
    return Cycle.objects.as_of(as_of).visible_to(user).select_related("portfolio").order_by("-start_date", "name")


def cycle_for(user: Any, cycle_id: int, as_of: datetime | None = None) -> Any:
    """A planning cycle the person may see, as known at a moment."""
    cycle = cycles_for(user, as_of).identified_by([cycle_id]).first()
    if cycle is None:
        raise Missing("There is no such planning cycle, or it is not open to you.")
    return cycle


def running(cycles: Any) -> list[Any]:
    """Those that are under way."""
    return [cycle for cycle in cycles if cycle.state not in {CycleState.PREPARED, CycleState.CLOSED}]


def steps(cycle: Any) -> list[dict[str, Any]]:
    """The states in order: which are over and which one holds."""
    states = list(CycleState)
    now = states.index(CycleState(cycle.state))
    return [
        {"label": state.label, "is_over": place < now, "is_now": place == now} for place, state in enumerate(states)
    ]
