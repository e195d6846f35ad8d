"""How far packages were at the end of each month: the last that was told of each is carried forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from mainstay.engine import evm
from mainstay.engine.basics.periods import month_number
from mainstay.monitoring.models import ProgressReading
from mainstay.monitoring.progress.plans import Floats, Integers, Plans
from mainstay.portfolio.models import Milestone

NEVER = -1


@dataclass(frozen=True, eq=False)
class Told:
    """What was told of the packages of plans.

    progress: (packages, periods) the share done at the end of each month, 0 before anything was told.
    first, last: (projects,) the columns of the first and of the last month that is known and over; -1 for none.
    """

    progress: Floats
    first: Integers
    last: Integers


def told_of(plans: Plans, chosen: Any, periods: int, today: date, as_of: datetime | None) -> Told:
    """What was told up to a day, in two queries at most. A month is known once it is over."""
    row = {one.pk: place for place, one in enumerate(plans.packages)}
    readings = [(row[pk], day, share) for pk, day, share in _readings(chosen, today, as_of) if pk in row]
    met = _met(plans, chosen, today, as_of)
    months = [(int(plans.place[one]), month_number(day)) for one, day, *_ in (*readings, *met)]
    progress = _progress(plans, readings, periods)
    _count_milestones(progress, plans, met)
    return Told(progress, *_known(plans, months, month_number(today) - (not _is_last_day(today))))


def _readings(chosen: Any, today: date, as_of: datetime | None) -> Any:
    rows = ProgressReading.objects.as_of(as_of).filter(package__project_id__in=chosen, date__lte=today)
    return rows.order_by("date").values_list("package_id", "date", "share")


def _met(plans: Plans, chosen: Any, today: date, as_of: datetime | None) -> list[tuple[int, date, float]]:
    """The package, the day and the weight of each milestone that was met; a share of the package's whole weight."""
    counting = [(place, one.milestones) for place, one in enumerate(plans.packages) if one.counts_milestones]
    if not counting:
        return []
    rows = Milestone.objects.as_of(as_of).filter(project_id__in=chosen, done_date__lte=today)
    done = {str(pk): day for pk, day in rows.values_list("row_id" if as_of else "pk", "done_date")}
    return [
        (place, done[key], weight / sum(weights.values()))
        for place, weights in counting
        for key, weight in weights.items()
        if key in done
    ]


def _progress(plans: Plans, readings: Sequence[tuple[int, date, Any]], periods: int) -> Floats:
    """(packages, periods) the last reading up to each month; `readings` come in the order of their days."""
    found = np.full((len(plans.packages), periods), np.nan)
    if readings:
        packages = np.array([one for one, *_ in readings], dtype=np.int64)
        months = np.array([month_number(day) for _, day, _ in readings], dtype=np.int64)
        columns = np.maximum(months - plans.begins[plans.place[packages]], 0)
        found[packages, columns] = [float(share) for *_, share in readings]
    place = np.maximum.accumulate(np.where(np.isnan(found), -1, np.arange(periods)), axis=1)
    carried = np.take_along_axis(found, np.maximum(place, 0), axis=1)
    return np.where(place >= 0, carried, 0.0)


def _count_milestones(progress: Floats, plans: Plans, met: Sequence[tuple[int, date, float]]) -> None:
    """Put the weights met in place of readings for packages that count milestones."""
    for place, one in enumerate(plans.packages):
        if one.counts_milestones:
            progress[place] = 0
    for place, day, share in met:
        column = max(month_number(day) - int(plans.begins[plans.place[place]]), 0)
        progress[place, column:] += share
    np.clip(progress, 0, 1, out=progress)
    progress[progress > 1 - 1e-9] = 1


def _known(plans: Plans, months: list[tuple[int, int]], over: int) -> tuple[Integers, Integers]:
    """(projects,) the first and the last known column; `over` is the last month that is over."""
    first = np.full(len(plans.ids), np.iinfo(np.int64).max)
    last = np.full(len(plans.ids), NEVER)
    if months:
        projects, numbers = (np.array(each, dtype=np.int64) for each in zip(*months, strict=True))
        columns = np.maximum(numbers - plans.begins[projects], 0)
        np.minimum.at(first, projects, columns)
        np.maximum.at(last, projects, columns)
    last = np.minimum(last, over - plans.begins)
    nothing = (first > last) | (last < 0)
    return np.where(nothing, NEVER, first), np.where(nothing, NEVER, last)


def earned_by(plans: Plans, told: Told, planned: Floats) -> Floats:
    """(projects, periods) earned value, NaN in months that are not known."""
    earned = plans.summed(evm.earned_value(plans.rules, plans.budgets, told.progress, planned))
    columns = np.arange(earned.shape[1])
    is_known = (columns >= told.first[:, None]) & (columns <= told.last[:, None]) & (told.last >= 0)[:, None]
    return np.where(is_known, earned, np.nan)


def _is_last_day(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month
