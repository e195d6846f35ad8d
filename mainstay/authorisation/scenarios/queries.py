"""What the pages of scenarios read: only what is made of projects whose figures the person may see."""

from datetime import datetime
from typing import Any

from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.authorisation.queries import open_to
from mainstay.core.errors import Missing


def scenarios_for(user: Any, as_of: datetime | None = None) -> list[Any]:
    """The scenarios the person may see, the newest first; not those that name a project closed to them."""
    rows = Scenario.objects.as_of(as_of).visible_to(user).select_related("portfolio", "owner", "solution")
    rows = list(rows.defer("solution__problem", "solution__answer").order_by("-row_id" if as_of else "-pk"))
    named: dict[int, set[int]] = {row.row_id: set() for row in rows}
    for scenario, project in PlanLine.objects.filter(scenario__in=named).values_list("scenario_id", "project_id"):
        named[scenario].add(project)
    seen = open_to(user, {project for projects in named.values() for project in projects})
    return [row for row in rows if named[row.row_id] <= seen]


def scenario_for(user: Any, scenario_id: int, as_of: datetime | None = None) -> Any:
    """One scenario the person may see, as known at a moment."""
    rows = Scenario.objects.as_of(as_of).visible_to(user).identified_by([scenario_id])
    scenario = rows.select_related("portfolio", "owner", "solution", "copied_from").first()
    if scenario is not None:
        named = set(PlanLine.objects.filter(scenario=scenario_id).values_list("project_id", flat=True))
    if scenario is None or not named <= open_to(user, named):
        raise Missing("There is no such scenario, or it is not open to you.")
    return scenario


def lines_for(scenario: Any, as_of: datetime | None = None) -> list[Any]:
    """The lines of a scenario that is open to the person, by code."""
    rows = PlanLine.objects.as_of(as_of).filter(scenario=scenario.row_id)
    return list(rows.select_related("project__stage").order_by("project__code"))
