"""The demand of a business case handed over to planning: person-days by period become hours by month."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core.system import Actor
from mainstay.engine.basics import Curve, spread
from mainstay.engine.basics.periods import month_after
from mainstay.identification.case_periods import Frame
from mainstay.identification.models import BusinessCase, DemandLine, Option
from mainstay.resources.models import DemandSource
from mainstay.resources.operations.demands import DemandEntry, enter_demand

HOURS_A_DAY = 8
CENT = Decimal("0.01")


def hand_over(case: BusinessCase, actor: Actor) -> int:
    """Make the demand of the preferred option the demand of the project; gives the number of months that changed.

    What an earlier hand-over said and the case no longer says goes; what was typed in planning stays.
    """
    if case.project is None:
        raise ValidationError("The request is not a project yet; accept it first.")
    option = Option.objects.filter(case=case, is_preferred=True).first()
    entries = _entries(Frame.of(case), DemandLine.objects.filter(option=option).select_related("role", "skill"))
    if not entries:
        raise ValidationError("The preferred option asks for nobody yet; enter its demand first.")
    return enter_demand(case.project, actor=actor, entries=entries, source=DemandSource.CASE, whole_source=True)


def _entries(frame: Frame, lines: Iterable[DemandLine]) -> list[DemandEntry]:
    """One entry for each role and skill; lines of the case that ask for the same add up."""
    hours: dict[Any, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        for month, part in _by_month(frame, line.likely):
            hours[line.role, line.skill][month] += part
    return [DemandEntry(role, skill, 0, dict(months)) for (role, skill), months in hours.items()]


def _by_month(frame: Frame, likely: dict[str, str]) -> Iterable[tuple[date, Decimal]]:
    for period in frame.periods:
        if days := Decimal(likely.get(period.key, 0)):
            parts = spread((days * HOURS_A_DAY).quantize(CENT), frame.months, Curve.FLAT)
            yield from ((month_after(period.start, place), part) for place, part in enumerate(parts))
