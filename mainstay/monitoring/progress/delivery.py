"""How much of their work projects have delivered: what their contribution to the strategy is weighed by."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

import numpy as np

from mainstay.monitoring.progress.queries import earned_value
from mainstay.portfolio.models import Phase, Project

ONE, PLACES = Decimal(1), 4


def delivered(reading: Any, project_ids: Collection[int]) -> dict[int, Decimal]:
    """From 0 to 1 by project: finished work is delivered, committed work as far as it earned its plan.

    Projects without packages, and those that are neither, are not in the answer.
    """
    rows = Project.objects.as_of(reading.as_of).identified_by(project_ids).order_by()
    phases = dict(rows.values_list(reading.key, "stage__phase"))
    found = {pk: ONE for pk, phase in phases.items() if phase == Phase.FINISHED}
    running = [pk for pk, phase in phases.items() if phase == Phase.COMMITTED]
    earned = earned_value(running, as_of=reading.as_of) if running else None
    if earned is not None:
        shares = np.clip(np.nan_to_num(earned.now(earned.measures.complete)), 0.0, 1.0)
        found |= {int(pk): Decimal(f"{share:.{PLACES}f}") for pk, share in zip(earned.ids, shares, strict=True)}
    return found
