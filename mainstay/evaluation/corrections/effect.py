"""What the corrections of a case do to its figures: as estimated, corrected, and at P80."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mainstay.evaluation.appraisal.reading import CaseFigures, figures_of
from mainstay.evaluation.corrections.queries import Offered
from mainstay.evaluation.models.correction import Estimate

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Shown:
    """A figure as estimated and corrected; P80 is not passed in 80 of 100 cases, None where that is not known."""

    label: str
    kind: str
    estimated: Any
    corrected: Any
    p80: Any = None


def effect_of(case: Any, offers: list[Offered], as_of: datetime | None = None) -> list[Shown]:
    """The figures of the preferred option that the corrections switched on change."""
    on = {offer.correction.what: offer.correction for offer in offers if offer.is_on}
    if not on:
        return []
    figures = figures_of([case], as_of, {case.project_id: on}).get(case.project_id)
    shown = [] if figures is None else _money(figures, on)
    return shown + (_time(case.project, on[Estimate.DURATION]) if Estimate.DURATION in on else [])


def _money(figures: CaseFigures, on: Mapping[str, Any]) -> list[Shown]:
    amounts = ((Estimate.COST, figures.cost), (Estimate.BENEFIT, figures.benefit))
    found = [_amount(what, amount, on[what]) for what, amount in amounts if what in on and amount is not None]
    if figures.measures.npv is not None:
        found.append(Shown("Net present value", "money", figures.measures.npv, figures.taken.npv))
    return found


def _amount(what: Estimate, amount: Decimal, correction: Any) -> Shown:
    level = None if correction.p80_factor is None else (amount * correction.p80_factor).quantize(CENT)
    return Shown(what.label, "money", amount, (amount * correction.factor).quantize(CENT), level)


def _time(project: Any, correction: Any) -> list[Shown]:
    if not (project.start_date and project.end_date):
        return []
    days = (project.end_date - project.start_date).days + 1
    longer, level = round(days * correction.factor), correction.p80_factor and round(days * correction.p80_factor)
    ends = [project.start_date + timedelta(days=each - 1) if each else None for each in (longer, level)]
    return [Shown("Duration, days", "days", days, longer, level), Shown("End", "day", project.end_date, *ends)]
