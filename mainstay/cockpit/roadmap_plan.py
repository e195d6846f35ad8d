"""Which dates the roadmap shows and where a move is saved: the plan of record, or a scenario."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from mainstay.authorisation.models import Scenario
from mainstay.cockpit.queries.roadmap import Dates
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb

LONGEST_ID = 15


@dataclass(frozen=True)
class Plan:
    """The plan a roadmap shows and where its moves are posted; today's plan has no `scenario` and no `name`.

    In a scenario `dates` are its own, `movable` are the projects that may be moved in it, and moves are saved against
    the `version` of the scenario.
    """

    moves_url: str
    scenario: str = ""
    name: str = ""
    dates: Dates = field(default_factory=dict)
    movable: frozenset[int] = frozenset()
    version: int | None = None


def plan_of(scenario: str, user: Any) -> Plan:
    """The plan asked for; a scenario that is not open to the person does not exist."""
    if not scenario:
        return Plan(reverse("roadmap_moves"))
    is_id = scenario.isdecimal() and scenario.isascii() and len(scenario) <= LONGEST_ID
    found = Scenario.objects.visible_to(user).filter(pk=scenario).first() if is_id else None
    if found is None:
        raise Missing("There is no such scenario, or it is not open to you.")
    lines = found.lines.values_list("project_id", "is_in", "start_date", "end_date")
    dates = {project: (start, end) for project, is_in, start, end in lines if is_in and start and end}
    may_move = found.is_draft and access.may(user, Verb.SCENARIO_ARRANGE, found.scope)
    movable = frozenset(dates) if may_move else frozenset()
    address = f"/authorise/scenarios/{found.pk}/moves/"
    return Plan(address, str(found.pk), found.name, dates, movable, found.version)
