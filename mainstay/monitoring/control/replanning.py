"""From control to a scenario: running work set free with all its ways, or waiting work put where it fits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainstay.authorisation.models import Scenario
from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario
from mainstay.core import access
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio

QUARTERS, MONTHS = 8, 24


def set_free(
    portfolio: Portfolio, *, actor: Actor, name: str, budget: Any = None, by_people: bool = True
) -> Scenario:
    """A scenario in which running work may go on, rest or stop, beside everything that waits."""
    limits: list[dict[str, str]] = [{"source": "cost", "max": f"{budget:f}"}] if budget is not None else []
    limits += [{"source": "roles"}] if by_people else []
    return create_scenario(
        portfolio,
        actor=actor,
        name=name,
        description="Running work may go on, rest for half a year or stop; what was spent counts nowhere.",
        starts_on=_this_month(),
        period="quarter",
        periods=QUARTERS,
        maximise="net_benefit",
        limits=limits,
        rules={"committed": "free", "window": 2},
    )


def planned_with(portfolio: Portfolio, *, actor: Actor, name: str, starts: Mapping[str, date]) -> Scenario:
    """A scenario of the plan of record with some waiting projects in it, each from the day it fits."""
    sees_people = access.may_somewhere(actor, Verb.SEE_RESOURCES)  # type: ignore[arg-type]
    with transaction.atomic():
        made = create_scenario(
            portfolio,
            actor=actor,
            name=name,
            description="Waiting projects in the people and money that were set free.",
            starts_on=_this_month(),
            period="month",
            periods=MONTHS,
            maximise="net_benefit",
            limits=[{"source": "roles"}] if sees_people else [],
        )
        lines = [{"project": code, "is_in": True, "start_date": day} for code, day in starts.items()]
        return arrange_scenario(made, actor=actor, lines=lines)


def free_name(portfolio: Portfolio, wanted: str) -> str:
    """A name no scenario of the portfolio has yet."""
    known = set(Scenario.objects.filter(portfolio=portfolio).values_list("name", flat=True))
    names = [wanted[:110], *(f"{wanted[:110]} ({number})" for number in range(2, len(known) + 3))]
    return next(name for name in names if name not in known)


def _this_month() -> date:
    return timezone.localdate(surrounding().now()).replace(day=1)
