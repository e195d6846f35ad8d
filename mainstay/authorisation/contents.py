"""What authorisation keeps for a planning cycle: its scenarios, and the plans adopted from them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from mainstay.authorisation.queries import plans_for
from mainstay.authorisation.scenarios.queries import scenarios_for
from mainstay.core.templatetags.figures import day
from mainstay.governance.contents import Kept


def scenarios_in(cycle: Any, user: Any, as_of: datetime | None) -> Iterator[Kept]:
    """The scenarios of a cycle."""
    for scenario in _scenarios(cycle, user, as_of):
        yield Kept(scenario.name, reverse("scenario", args=[scenario.row_id]), scenario.get_state_display())


def plans_in(cycle: Any, user: Any, as_of: datetime | None) -> Iterator[Kept]:
    """The plans adopted from its scenarios that stand, each with what came of it."""
    ids = {scenario.row_id for scenario in _scenarios(cycle, user, as_of)}
    if not ids:
        return
    for decision in plans_for(user, as_of):
        if decision.scenario_id in ids:
            url = reverse("plan_learning", args=[decision.row_id])
            yield Kept(decision.title, url, f"Decided {day(decision.decided_at.date())}")


def _scenarios(cycle: Any, user: Any, as_of: datetime | None) -> list[Any]:
    return [one for one in scenarios_for(user, as_of) if one.cycle_id == cycle.row_id]
