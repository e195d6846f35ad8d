"""How good forecasts of yes or no were: what a stage says is likely to come, against what was decided."""

from typing import Any

from mainstay.engine.calibration import Brier, brier
from mainstay.monitoring.money.queries import projects_in, with_figures
from mainstay.portfolio.models import Phase, Project
from mainstay.portfolio.queries.reading import Reading


def stage_forecasts(reading: Reading, place: Any = None) -> Brier | None:
    """The Brier score of the last stage before each decision; None where nothing was decided.

    Whoever was ever committed came; whoever was dropped without that did not.
    """
    rows = projects_in(reading, place) if place else with_figures(reading)
    decided = set(rows.exclude(stage__phase=Phase.PIPELINE).order_by().values_list(reading.key, flat=True))
    versions = Project.Version.objects.filter(row_id__in=rows.order_by().values(reading.key))
    if reading.as_of is not None:
        versions = versions.filter(known_from__lte=reading.as_of)
    came = set(versions.filter(stage__phase=Phase.COMMITTED).order_by().values_list("row_id", flat=True))
    waiting = versions.filter(stage__phase=Phase.PIPELINE).order_by("known_from")
    said = {pk: likely for pk, likely in waiting.values_list("row_id", "stage__probability") if pk in decided}
    if not said:
        return None
    return brier([likely / 100 for likely in said.values()], [float(pk in came) for pk in said])
