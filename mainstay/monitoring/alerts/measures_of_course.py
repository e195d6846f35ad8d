"""Measures of reports, progress, money and health: what other parts of monitoring work out."""

import numpy as np
from django.db.models import Max

from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.monitoring.alerts.measures import Measure, register
from mainstay.monitoring.models import ProgressReading, ReportState, StatusReport
from mainstay.portfolio.models import Project


def since_report(batch: Batch) -> Floats:
    return batch.since(batch.of(StatusReport).filter(state=ReportState.PUBLISHED), "published_at")


def since_progress(batch: Batch) -> Floats:
    return batch.since(batch.of(ProgressReading, "package__project"), "date", "package__project_id")


def since_change(batch: Batch) -> Floats:
    """Days since anything in the register about the project changed."""
    rows = Project.Version.objects.filter(row_id__in=batch.chosen).order_by()
    if batch.as_of is not None:
        rows = rows.filter(known_from__lte=batch.as_of)
    latest = batch.column(rows.values_list("row_id").annotate(at=Max("known_from")))
    return batch.today.toordinal() - latest


def _money(batch: Batch) -> dict[str, Floats]:
    """(projects,) budget, spent, committed and what it will have cost, in the currency of each project."""
    from mainstay.monitoring.money.queries import money_of

    sums = money_of(batch.rows, as_of=batch.as_of)
    month = batch.today.replace(day=1)
    told = {name: batch.column((pk, one.total(name)) for pk, one in sums.items())
            for name in ("budget", "actual", "committed")}  # fmt: skip
    return told | {"outlook": batch.column((pk, one.outlook(month)) for pk, one in sums.items())}


def budget_used(batch: Batch) -> Floats:
    money = batch.kept("money", lambda: _money(batch))
    return _share(money["actual"], money["budget"])


def budget_bound(batch: Batch) -> Floats:
    money = batch.kept("money", lambda: _money(batch))
    return _share(money["actual"] + money["committed"], money["budget"])


def forecast_over(batch: Batch) -> Floats:
    money = batch.kept("money", lambda: _money(batch))
    return _share(money["outlook"], money["budget"]) - 100


def _earned(batch: Batch) -> dict[str, Floats]:
    """(projects,) indices of cost and time in the last month each project is known in."""
    from mainstay.monitoring.progress.queries import earned_value

    value = earned_value(batch.rows, as_of=batch.as_of, today=batch.today)
    if value is None:
        nothing = np.full(len(batch.ids), np.nan)
        return dict.fromkeys(("cpi", "spi", "spi_t"), nothing)
    told = {"cpi": value.measures.cpi, "spi": value.measures.spi, "spi_t": value.schedule.spi_t}
    return {
        name: batch.column(zip(value.ids.tolist(), value.now(values).tolist(), strict=True))
        for name, values in told.items()
    }


def cost_index(batch: Batch) -> Floats:
    return batch.kept("earned", lambda: _earned(batch))["cpi"]


def schedule_index(batch: Batch) -> Floats:
    return batch.kept("earned", lambda: _earned(batch))["spi"]


def time_index(batch: Batch) -> Floats:
    return batch.kept("earned", lambda: _earned(batch))["spi_t"]


def _share(part: Floats, whole: Floats) -> Floats:
    """Per cent; NaN where there is no whole."""
    return 100 * np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def make_known() -> None:
    """Register the measures of this file."""
    for measure in (
        Measure("report.silence", "Days since the last report", "days",
                "Days since a status report was published; since the project began where there is none.",
                since_report, is_silence=True),
        Measure("progress.silence", "Days since progress was recorded", "days",
                "Days up to which progress of a work package is known; since the project began where there is none.",
                since_progress, is_silence=True),
        Measure("register.silence", "Days since the register changed", "days",
                "Days since anything the register holds of the project was changed.", since_change, is_silence=True),
        Measure("budget.used", "Budget used", "%",
                "Spent by the ledger / budget of all months.", budget_used, places=1),
        Measure("budget.bound", "Budget spent or ordered", "%",
                "(Spent + committed) / budget of all months.", budget_bound, places=1),
        Measure("forecast.over", "Forecast over the budget", "%",
                "What it will have cost (spent before this month, forecast from it on) / budget of all months - 1.",
                forecast_over, places=1),
        Measure("earned.cpi", "Cost index (CPI)", "",
                "Earned value / actual cost in the last month with progress; below 1 the work costs more than it "
                "is worth.", cost_index, places=2),
        Measure("earned.spi", "Schedule index (SPI)", "",
                "Earned value / planned value in the last month with progress; it runs to 1 at the end of every "
                "project.", schedule_index, places=2),
        Measure("earned.time", "Index in time, SPI(t)", "",
                "Earned schedule / months passed in the last month with progress; it tells delay up to the end.",
                time_index, places=2),
    ):  # fmt: skip
        register(measure)
