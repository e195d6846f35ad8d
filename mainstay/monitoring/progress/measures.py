"""The measures of earned value as pages and the API tell them: label, unit, definition, or why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from mainstay.charts import words
from mainstay.engine import evm
from mainstay.monitoring.progress.queries import EarnedValue

MONEY, RATIO, SHARE, MONTHS = "money", "ratio", "share", "months"

REASONS = {
    evm.Reason.NOT_REPORTED: "no month with progress is over yet",
    evm.Reason.NO_ESTIMATE: "no forecast by month is entered",
    evm.Reason.NOTHING_PLANNED: "nothing was planned by then",
    evm.Reason.NOTHING_EARNED: "nothing is earned yet",
    evm.Reason.NOTHING_SPENT: "nothing is spent yet",
    evm.Reason.NO_BUDGET: "there is no budget",
    evm.Reason.BUDGET_SPENT: "the budget is spent, so it cannot be kept",
    evm.Reason.NOTHING_LEFT: "the forecast leaves nothing to spend",
    evm.Reason.NOT_BEGUN: "no month has passed yet",
    evm.Reason.TIME_SPENT: "the planned time has passed",
    evm.Reason.PLAN_ENDS: "more is earned than the plan shows",
}
METHODS = {
    "typical": (evm.Method.TYPICAL, "BAC / CPI: cost goes on like this."),
    "atypical": (evm.Method.ATYPICAL, "AC + (BAC - EV): what happened will not happen again."),
    "both": (evm.Method.COST_AND_SCHEDULE, "AC + (BAC - EV) / (CPI x SPI): delay costs too."),
    "bottom_up": (evm.Method.BOTTOM_UP, "AC + the forecast by month that is entered under Money."),
}
METHOD_LABELS = {
    "typical": "As so far",
    "atypical": "Rest as planned",
    "both": "Cost and delay go on",
    "bottom_up": "As forecast by month",
}


@dataclass(frozen=True)
class Measure:
    """A measure of earned value."""

    key: str
    label: str
    kind: str
    definition: str


MEASURES = (
    Measure("pv", "Planned value (PV)", MONEY, "The budget of the work planned up to then, spread over its days."),
    Measure("ev", "Earned value (EV)", MONEY, "The budget of the work done, each package by its own rule."),
    Measure("ac", "Actual cost (AC)", MONEY, "What the ledger says was spent up to then."),
    Measure("bac", "Budget at completion (BAC)", MONEY, "The budgets of all packages of the plan."),
    Measure("cv", "Cost variance", MONEY, "EV - AC; below zero the work cost more than it is worth."),
    Measure("sv", "Schedule variance", MONEY, "EV - PV; below zero less is done than planned."),
    Measure("cpi", "Cost index (CPI)", RATIO, "EV / AC; what one unit of money earns."),
    Measure("spi", "Schedule index (SPI)", RATIO, "EV / PV. It runs to 1 at the end of every project, however late."),
    Measure("complete", "Complete", SHARE, "EV / BAC."),
    Measure("spent", "Spent", SHARE, "AC / BAC."),
    Measure("eac", "Estimate at completion (EAC)", MONEY, "What it will come to, by the method chosen."),
    Measure("etc", "Estimate to complete", MONEY, "EAC - AC."),
    Measure("vac", "Variance at completion", MONEY, "BAC - EAC; below zero it ends above the budget."),
    Measure("tcpi_budget", "Index to keep the budget", RATIO, "(BAC - EV) / (BAC - AC); CPI the rest needs."),
    Measure("tcpi_forecast", "Index to keep the forecast", RATIO, "(BAC - EV) / (EAC - AC); CPI the rest needs."),
    Measure("es", "Earned schedule (ES)", MONTHS, "When the plan had reached what is earned now."),
    Measure("sv_t", "Schedule variance in time", MONTHS, "ES less the months passed; below zero it is late."),
    Measure("spi_t", "Index in time, SPI(t)", RATIO, "ES / months passed; it tells delay up to the end."),
    Measure("ieac_t", "Duration to be expected", MONTHS, "Planned duration / SPI(t)."),
    Measure("tspi", "Index to end in time", RATIO, "(Planned duration - ES) / (planned duration - months passed)."),
)
IN_TIME = frozenset({"es", "sv_t", "spi_t", "ieac_t", "tspi"})
FIGURES = frozenset({"pv", "ev", "ac"})


@dataclass(frozen=True)
class Told:
    """A measure of one project: its value, or why there is none."""

    measure: Measure
    value: float | None
    reason: str

    @property
    def amount(self) -> Decimal | None:
        """The value to the cent, where it is money."""
        return None if self.value is None else Decimal(f"{self.value:.2f}")

    @property
    def text(self) -> str:
        """The value as people read it; money without its currency."""
        if self.value is None:
            return "–"
        if self.measure.kind == SHARE:
            return words.percent(self.value, 1)
        if self.measure.kind == MONTHS:
            return f"{words.number(self.value, 2)} months"
        return words.number(self.value, 2)


def tell(value: EarnedValue, place: int, method: evm.Method) -> dict[str, Told]:
    """Every measure of one project in its last known month, by key."""
    measures, column = value.by(method), int(value.last[place])
    return {one.key: _told(one, value, measures, place, column) for one in MEASURES}


def _told(one: Measure, value: EarnedValue, measures: evm.Measures, place: int, column: int) -> Told:
    if one.key == "bac":
        return Told(one, float(value.figures.bac[place]), "")
    if column < 0:
        return Told(one, None, REASONS[evm.Reason.NOT_REPORTED])
    source: Any = value.schedule if one.key in IN_TIME else value.figures if one.key in FIGURES else measures
    found = float(getattr(source, one.key)[place, column])
    if np.isnan(found):
        return Told(one, None, REASONS[evm.Reason(int(source.why(one.key)[place, column]))])
    return Told(one, found, "")
