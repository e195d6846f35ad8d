"""Long work of the scenario room: solving, and explaining every project."""

from typing import Any

from django.urls import reverse

from mainstay.authorisation.jobs import KEPT, NOT_KEPT, Told
from mainstay.authorisation.scenarios import queries
from mainstay.authorisation.scenarios.solving import solve_scenario_now
from mainstay.authorisation.solving import LONGEST_SECONDS
from mainstay.core.runs import Cancelled, Reporter, job

SOLVE = "solve_scenario"


@job(SOLVE)
def solve_in_background(
    reporter: Reporter, scenario: int, seconds: float = LONGEST_SECONDS, explain: str = ""
) -> dict[str, Any]:
    """Solve a scenario the person may see, and tell how near the best plan is."""
    row = queries.scenario_for(reporter.actor, scenario)
    told = Told(reporter, min(max(float(seconds), 1.0), LONGEST_SECONDS))
    solved = solve_scenario_now(
        row,
        actor=reporter.actor,
        seconds=told.seconds,
        explain="all" if explain == "all" else (),
        progress=told.plan,
        cancelled=told.is_stopped,
    )
    result = {"url": reverse("scenario", args=[row.pk])}
    if told.was_stopped:
        raise Cancelled(f"Cancelled; {KEPT if solved else NOT_KEPT}.", result)
    reporter.say(f"Solved {row.name}.")
    return result
