"""What exchange rates did to money spent in another currency: the plan's rate against that of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from mainstay.authorisation.models import Baseline
from mainstay.monitoring.models import LedgerLine
from mainstay.monitoring.money.rates import CENT, RateBook
from mainstay.portfolio.models import Project


@dataclass(frozen=True)
class Effect:
    """What was posted on a project in another currency, at the rates of the days and at the plan's rate.

    `plan_rate` and `at_plan` are None where there is no baseline or no rate on its day.
    """

    project: Any
    currency: str
    amount: Decimal
    own: Decimal
    plan_day: date | None
    plan_rate: Decimal | None
    at_plan: Decimal | None

    @property
    def effect(self) -> Decimal | None:
        """How much dearer it became by the rate alone; below zero where it became cheaper."""
        return None if self.at_plan is None else self.own - self.at_plan


def effects_of(lines: Any, as_of: datetime | None = None) -> list[Effect]:
    """The effect of rates on matched lines, by project and currency, largest amounts first."""
    foreign = lines.filter(project__isnull=False).exclude(currency=F("project__currency")).order_by()
    rows = foreign.values_list("project_id", "currency").annotate(own=Sum("own_amount"), amount=Sum("amount"))
    found = [(project, code, amount, own) for project, code, own, amount in rows]
    projects = {row.row_id: row for row in Project.objects.as_of(as_of).identified_by([one[0] for one in found])}
    days = _plan_days(projects, as_of)
    rates = RateBook({code for _, code, _, _ in found} | {row.currency for row in projects.values()})
    told = [
        _effect(projects[pk], code, amount, own, days.get(pk), rates)
        for pk, code, amount, own in found
        if pk in projects
    ]
    return sorted(told, key=lambda one: (-abs(one.own), one.project.code, one.currency))


def _plan_days(projects: Iterable[int], as_of: datetime | None) -> dict[int, date]:
    rows = Baseline.objects.as_of(as_of).filter(project_id__in=list(projects), is_current=True)
    return {pk: timezone.localdate(at) for pk, at in rows.values_list("project_id", "frozen_at")}


def _effect(project: Any, code: str, amount: Any, own: Any, day: date | None, rates: RateBook) -> Effect:
    amount, own = Decimal(amount).quantize(CENT), Decimal(own).quantize(CENT)
    rate = rates.rate(code, project.currency, day) if day else None
    return Effect(project, code, amount, own, day, rate, None if rate is None else (amount * rate).quantize(CENT))


def effects_of_project(project: Any, as_of: datetime | None = None) -> list[Effect]:
    """The effect of rates on what was posted on one project."""
    return effects_of(LedgerLine.objects.as_of(as_of).filter(project_id=project.row_id), as_of)
