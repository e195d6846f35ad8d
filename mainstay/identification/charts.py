"""The picture of the intake: what was decided month by month, and how."""

from collections.abc import Sequence
from dataclasses import replace

from mainstay.charts import Figure, words
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
    figure = profile_by_period(amounts, "Decided", "requests", kind="number", order=order)
    decided = int(sum(amount.amount for amount in amounts))
    submitted = sum(month.submitted for month in months)
    told = f"{words.counted(decided, 'request')} decided in twelve months, {submitted:,} submitted"
    return replace(figure, title=told, description="Requests decided by month, stacked by how they were decided.")
