"""Which dates the roadmap shows and where a move is saved: the plan of record, or a scenario."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from mainstay.cockpit.queries.roadmap import Dates


@dataclass(frozen=True)
class Plan:
    """The plan a roadmap shows and where its moves are posted; today's plan has no `scenario` and no `name`."""

    moves_url: str
    scenario: str = ""
    name: str = ""
    dates: Dates = field(default_factory=dict)


def plan_of(scenario: str, user: Any) -> Plan:
    """The plan asked for; a scenario that is not open to the person does not exist."""
    return Plan(reverse("roadmap_moves"))
