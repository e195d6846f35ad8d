"""The pages about the months to come and the use of people: forecast, bench, utilisation."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mainstay.charts import Figure, words
from mainstay.charts.profile_by_period import PeriodAmount, profile_by_period
from mainstay.core.exchange import Column, Kind
from mainstay.resources.forms.capacity import CapacityForm, ForecastForm, UseForm
from mainstay.resources.heat_cells import Cell, cells_of
from mainstay.resources.heat_page import MODELS, PLURALS, UNNAMED
from mainstay.resources.queries.bench import on_the_bench, unused_expertise
from mainstay.resources.queries.forecast import Forecast, Shortage, forecast
from mainstay.resources.queries.heat import KINDS, By
from mainstay.resources.queries.utilisation import UseLine, utilisation

LABELS = {
    "hard": "Booked firmly",
    "soft": "Booked softly",
    "open": "Nobody found yet",
    "pipeline": "Pipeline, weighted",
}
EXPLAINED = {
    "Utilisation": "Booked hours divided by net capacity. It can look perfect while one person has too much to do "
    "and another nothing: A booked 50 of 40 hours and B 20 of 40 are 87.5 % together.",
    "Resource Utilisation Efficiency": "Hours booked within what each person can give, person by person and month by "
    "month, divided by net capacity; a definition of this house. In the example A counts with 40, B with 20: 75 %.",
    "Overload": "Hours booked beyond what each person can give, divided by net capacity. In the example 10 of 80 "
    "hours: 12.5 %. Utilisation is efficiency plus overload.",
    "Idle": "Hours nobody booked, person by person, divided by net capacity. In the example B's 20 of 80: 25 %.",
    "Projects at a time": "On how many projects somebody is booked in the same month; whoever works on n of them "
    "changes between them n - 1 times at least.",
}


class CapacityPage:
    """What the pages share: the window, the filters and the names of rows."""

    form_class: Any = CapacityForm

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        self.today = timezone.localdate(self.as_of) if self.as_of else timezone.localdate()
        self.form = self.form_class(request.GET, user=request.user, today=self.today)
        self.question = self.form.question(self.form.by_shown)

    def names_of(self, by: By) -> dict[int, str]:
        """The names of rows by their ids."""
        rows = MODELS[by].objects.as_of(self.as_of)
        named = dict(rows.order_by().values_list("row_id" if self.as_of else "pk", "name"))
        return named | {0: UNNAMED[by]}

    @property
    def months(self) -> list[Any]:
        """The first day of each month shown."""
        return list(self.question.horizon.starts)


class ForecastPage(CapacityPage):
    """Demand, capacity and gap of the months to come, and ways to close it."""

    form_class = ForecastForm

    @cached_property
    def forecast(self) -> Forecast:
        """The figures."""
        return forecast(self.question, self.user, self.today, self.as_of)

    @cached_property
    def lines(self) -> list[tuple[str, Shortage, list[Cell]]]:
        """Name, figures and cells of each role or skill, the most valuable shortage first."""
        names, heat = self.names_of(self.question.by), self.forecast.heat
        row_of = {int(key): row for row, key in enumerate(heat.keys)}
        return [
            (names.get(one.key, ""), one, cells_of(heat, row_of[one.key], "hours")) for one in self.forecast.shortages
        ]

    @property
    def short(self) -> list[tuple[str, Shortage, Any]]:
        """Those that are short, with the first month in which they are."""
        found = []
        for name, one, _ in self.lines:
            if one.is_short:
                found.append((name, one, self.months[int((one.missing > 0).argmax())]))
        return found

    @property
    def finding(self) -> str:
        """What binds first."""
        if not self.lines:
            return "No demand and no capacity in this time."
        if not self.short:
            return (
                f"Capacity covers demand in all {len(self.months)} months, the likely part of the pipeline included."
            )
        name, one, first = self.short[0]
        missing = words.number(float(one.missing.sum()))
        worth = f"; {words.money(one.value, self.forecast.currency)} of benefit wait for it" if one.value else ""
        count = len(self.short)
        noun = PLURALS[self.question.by] if count != 1 else self.question.by.value
        return f"{count} {noun} short; {name} lacks {missing} hours from {first:%B %Y} on{worth}."

    @cached_property
    def chart(self) -> Figure | None:
        """Demand by month and kind."""
        heat = self.forecast.heat
        if not heat.total.any():
            return None
        sums = heat.demand.sum(axis=0)
        amounts = [
            PeriodAmount(f"{day:%b %Y}", LABELS[kind], round(float(sums[number, month])))
            for month, day in enumerate(self.months)
            for number, kind in enumerate(KINDS)
        ]
        return profile_by_period(amounts, "Demand", "h", kind="number", order=list(LABELS.values()))

    def export_columns(self) -> list[Column]:
        """The columns of a file: one line for each role or skill and month."""
        told = {
            "name": "Name",
            "month": "Month",
            "demand": "Demand, hours",
            "capacity": "Net capacity, hours",
            "gap": "Gap, hours",
        }
        kinds = {"name": Kind.TEXT, "month": Kind.DATE}
        return [Column(key, label, kinds.get(key, Kind.NUMBER), write=_entry(key)) for key, label in told.items()]

    def export_rows(self) -> Any:
        """Each month of each row."""
        for name, _, cells in self.lines:
            for cell in cells:
                told = {"demand": cell.demand, "capacity": cell.supply, "gap": cell.gap}
                yield {"name": name, "month": cell.starts_on} | {key: round(hours, 2) for key, hours in told.items()}


class BenchPage(CapacityPage):
    """Who has time, and which expertise lies idle."""

    form_class = UseForm

    @cached_property
    def free(self) -> list[Any]:
        """People of whose time at most half is booked."""
        return on_the_bench(self.question, self.user, self.as_of)

    @cached_property
    def unused(self) -> list[Any]:
        """Skills of experts who hardly work with them."""
        return unused_expertise(self.question, self.user, self.as_of)

    @property
    def finding(self) -> str:
        """How many hours lie idle, and where they are missed."""
        hours = words.number(sum(one.free for one in self.free))
        count = len(self.free)
        who = f"{count} people have" if count != 1 else "One person has"
        told = f"{who} at least half of the time free, {hours} hours in {len(self.months)} months"
        missed = len({one.row.resource_id for one in self.unused if one.missing >= 1 and one.free >= 1})
        return f"{told}; {missed} with free hours master a skill that is short." if missed else f"{told}."


class UtilisationPage(CapacityPage):
    """How well capacity is used."""

    form_class = UseForm
    definitions = EXPLAINED

    @cached_property
    def figures(self) -> tuple[UseLine, list[UseLine]]:
        """Everybody together, and each group."""
        return utilisation(self.question, self.user, self.as_of)

    @property
    def whole(self) -> UseLine:
        """Everybody together."""
        return self.figures[0]

    @property
    def lines(self) -> list[tuple[str, UseLine]]:
        """Each group with its name, the most overload first."""
        names = self.names_of(self.question.by)
        lines = sorted(self.figures[1], key=lambda one: (-(one.use.overload or 0), names.get(one.key, "")))
        return [(names.get(one.key, ""), one) for one in lines[:200]]

    @property
    def finding(self) -> str:
        """The four figures in a sentence."""
        use = self.whole.use
        if not self.whole.capacity:
            return "Nobody can give any hours in this time."
        parts = {"used": use.utilisation, "within what people can give": use.efficiency, "idle": use.idle}
        used, inside, idle = (words.percent(each) for each in parts.values())
        over = words.percent(use.overload)
        return f"{used} of capacity is booked: {inside} within what each can give, {over} beyond it; {idle} is idle."


def _entry(name: str) -> Any:
    return lambda row: row[name]
