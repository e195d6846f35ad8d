"""Long work of the room: proposing people for the open demand of all projects."""

from datetime import date
from typing import Any

from django.urls import reverse

from mainstay.core.runs import Reporter, job
from mainstay.resources.queries.open_demand import OpenDemand
from mainstay.resources.staffing_proposal import KIND, propose

MOST_SECONDS, MOST_MONTHS = 60.0, 24


@job(KIND)
def propose_in_background(reporter: Reporter, first: str, months: int = 12) -> dict[str, Any]:
    """Propose named people for what is open, among the people the person may book."""
    question = OpenDemand(reporter.actor, date.fromisoformat(first), min(max(int(months), 1), MOST_MONTHS))
    reporter.progress(0.05, f"{len(question.people)} people and {len(question.lines)} needs.")

    def told(objective: float, bound: float, gap: float, seconds: float) -> None:
        reporter.progress(seconds / MOST_SECONDS, f"At most {gap:.1%} from the best proposal.")

    found = propose(question, seconds=MOST_SECONDS, progress=told)
    reporter.say(f"{len(found['lines'])} lines cover {found['covered']:.0%} of the open hours.")
    return found | {"url": reverse("staffing_proposal", args=[reporter.run.pk])}
