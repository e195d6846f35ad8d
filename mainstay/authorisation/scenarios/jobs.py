"""Long work of the scenario room: solving, and explaining every project."""

from typing import Any

from django.urls import reverse

from mainstay.authorisation.jobs import solved
from mainstay.authorisation.scenarios import queries
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.solving import LONGEST_SECONDS
from mainstay.core.runs import Reporter, job

SOLVE = "solve_scenario"


@job(SOLVE)
def solve_in_background(
    reporter: Reporter, scenario: int, seconds: float = LONGEST_SECONDS, explain: str = ""
) -> dict[str, Any]:
    """Solve a scenario the person may see, and tell how near the best plan is."""
    row = queries.scenario_for(reporter.actor, scenario)
    url = reverse("scenario", args=[row.pk])
    return solved(reporter, row, solve_scenario_now, url=url, seconds=seconds, explain=explain)
