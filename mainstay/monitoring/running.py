"""Which projects run: committed ones that have begun and do not rest."""

from typing import Any

from mainstay.portfolio.models import Phase

NOT_BEGUN, RESTING = "authorised", "on_hold"


def running(projects: Any) -> Any:
    """Those of a query that run."""
    return projects.in_phase(Phase.COMMITTED).exclude(stage__key__in=[NOT_BEGUN, RESTING])


def in_flight(projects: Any) -> Any:
    """Those of a query that run or rest: they have begun and are not over."""
    return projects.in_phase(Phase.COMMITTED).exclude(stage__key=NOT_BEGUN)
