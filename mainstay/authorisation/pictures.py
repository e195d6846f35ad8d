"""The charts of an answer: the plan against the present selection, and what it uses of each limit."""

from mainstay.authorisation.result import Result, Totals
from mainstay.charts import Figure
from mainstay.charts.in_out import Selection, in_out
from mainstay.charts.limits import LimitUse, limits


def against_present(result: Result) -> Figure:
    """Projects, value and cost of the plan beside the present selection."""
    present = _selection(result.present) if result.present else None
    candidates, unit = len(result.lines), result.aim.unit
    return in_out(_selection(result.plan), present, candidates, result.currency, value_unit=unit)


def _selection(totals: Totals) -> Selection:
    return Selection(totals.count, totals.value, totals.cost)


def limit_use(result: Result) -> Figure:
    """What the plan uses of the budget and every further limit."""
    return limits(
        [LimitUse(limit.name, limit.used, limit.total, limit.unit, limit.is_binding) for limit in result.limits]
    )
