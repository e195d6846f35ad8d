"""The dates that were promised when projects were authorised, for the roadmap to show beside today's."""

from mainstay.authorisation.models import Baseline
from mainstay.cockpit.queries.roadmap import Ghost
from mainstay.portfolio.queries import Reading


def current_baselines(reading: Reading, ids: list[int]) -> dict[int, Ghost]:
    """The current baseline of each project that has one with both dates."""
    rows = Baseline.objects.as_of(reading.as_of).visible_to(reading.user).filter(is_current=True)
    rows = rows.exclude(start_date=None).exclude(end_date=None).order_by()
    wanted = set(ids)
    return {
        project: Ghost(start, end, number)
        for project, start, end, number in rows.values_list("project_id", "start_date", "end_date", "number")
        if project in wanted
    }
