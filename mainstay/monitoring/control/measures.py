"""What going on is worth, as measures that rules may watch."""

import numpy as np

from mainstay.engine.control import Forward
from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.monitoring.alerts.measures import Measure, register
from mainstay.monitoring.control.course import Course, course_of

MOST = 999.0  # where nothing is left to spend, the ratio has no end


def _course(batch: Batch) -> Course:
    return batch.kept("course", lambda: course_of(batch))


def _ahead(batch: Batch) -> Forward:
    return batch.kept("ahead", lambda: _course(batch).ahead())


def per_cost(batch: Batch) -> Floats:
    return np.clip(_ahead(batch).per_cost, -MOST, MOST)


def net(batch: Batch) -> Floats:
    return _ahead(batch).net


def remaining(batch: Batch) -> Floats:
    return _course(batch).remaining


def make_known() -> None:
    """Register the measures of this file."""
    for measure in (
        Measure("forward.ratio", "Forward value for each unit of remaining cost", "",
                "(Remaining benefit + stop cost saved - salvage given up) / remaining cost. Below 1 the work is "
                "worth more stopped; what was spent counts nowhere.", per_cost, places=2),
        Measure("forward.net", "Going on better than stopping by", "",
                "Remaining benefit + stop cost saved - salvage given up - remaining cost.", net, is_money=True),
        Measure("forward.cost", "Remaining cost", "",
                "Forecast at completion - spent.", remaining, is_money=True),
    ):  # fmt: skip
        register(measure)
