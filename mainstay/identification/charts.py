"""The picture of the intake: what was decided month by month, and how."""

from collections.abc import Sequence

from mainstay.charts import Figure
from mainstay.charts.profile_by_period import PeriodAmount, profile_by_period
from mainstay.core.templatetags.figures import MONTHS
from mainstay.identification.queries.metrics import DECISIONS, Month


def throughput(months: Sequence[Month]) -> Figure:
    """Decided requests by month, stacked by decision."""
    amounts = [
        PeriodAmount(f"{MONTHS[month.first_day.month]} {month.first_day.year}", label, count)
        for month in months
        for label, count in month.decided
    ]
    order = [state.label for state in DECISIONS]
    return profile_by_period(amounts, "Throughput", "requests", kind="number", order=order)
