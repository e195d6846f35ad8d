"""The S-curve of one project month by month: its plan, what is earned and spent, and where that leads."""

from datetime import date

import numpy as np

from mainstay.charts.earned_curve import EarnedMonth
from mainstay.engine.basics.periods import month_after, month_number, month_of
from mainstay.monitoring.progress.plans import Floats, Plans
from mainstay.monitoring.progress.queries import EarnedValue

MOST_MONTHS = 240


def months_of(
    value: EarnedValue, leads_to: tuple[date | None, float | None], earlier: Plans | None
) -> list[EarnedMonth]:
    """The months of the only project of `value`, from the first of both plans to the last day anything leads to.

    leads_to: the day it ends and what it comes to, where that is known. earlier: the plan of another baseline.
    """
    finish, eac = leads_to
    begin, last = int(value.plans.begins[0]), int(value.last[0])
    ends = [int(value.plans.ends[0]), begin + last, *([month_number(finish)] if finish else [])]
    first = min(begin, int(earlier.begins[0])) if earlier else begin
    ends += [int(earlier.ends[0])] if earlier else []
    many, width = min(max(ends) - first + 1, MOST_MONTHS), value.figures.pv.shape[1]
    forecast = _leading(value, month_number(finish) - begin, eac) if finish and eac is not None else np.zeros(0)
    lines = {
        "planned": _shifted(value.figures.pv[0], begin - first, many, int(value.plans.ends[0]) - begin),
        "earned": _shifted(value.figures.ev[0], begin - first, many, width),
        "spent": _shifted(value.figures.ac[0], begin - first, many, width),
        "forecast": _shifted(forecast, begin - first, many, len(forecast)),
        "earlier": _plan(earlier, first, many) if earlier else np.full(many, np.nan),
    }
    names = [f"{month_after(month_of(first), place):%Y-%m}" for place in range(many)]
    return [
        EarnedMonth(name, **{key: _known(line[place]) for key, line in lines.items()})
        for place, name in enumerate(names)
    ]


def _leading(value: EarnedValue, end: int, eac: float) -> Floats:
    """A straight line from what is spent in the last known month to the estimate at completion."""
    last = int(value.last[0])
    if end <= last or last < 0:
        return np.zeros(0)
    line, spent = np.full(end + 1, np.nan), float(value.figures.ac[0, last])
    line[last:] = np.linspace(spent, eac, end - last + 1)
    return line


def _plan(plans: Plans, first: int, many: int) -> Floats:
    long, begin = int(plans.ends[0] - plans.begins[0]), int(plans.begins[0])
    return _shifted(plans.summed(plans.planned(long + 1))[0], begin - first, many, long)


def _shifted(line: Floats, shift: int, many: int, last: int) -> Floats:
    """A line moved right by some columns, up to its last one; NaN elsewhere."""
    found = np.full(many, np.nan)
    part = line[: min(last + 1, len(line), many - shift)]
    found[shift : shift + len(part)] = part
    return found


def _known(amount: float) -> float | None:
    return None if np.isnan(amount) else round(float(amount), 2)
