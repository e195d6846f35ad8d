"""The role that is scarcest in the months ahead, what its next hour is worth, and who still needs how much of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.alerts.batch import Batch, Floats
from mainstay.resources.models import Demand, Role
from mainstay.resources.queries.forecast import forecast
from mainstay.resources.queries.heat import By, Question

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Scarce:
    """The bottleneck role. per_hour: what its next hour brings to work that waits for it, in `currency`."""

    role: Role
    missing: float
    per_hour: float
    currency: str

    @property
    def is_short(self) -> bool:
        """Whether hours are missing in the months ahead."""
        return self.missing > 0


def scarce_role(reader: Any, today: date, as_of: datetime | None = None) -> Scarce | None:
    """The role most value waits for in the next twelve months, else the fullest; None for who sees no capacity."""
    if not access.may_somewhere(reader, Verb.SEE_RESOURCES):
        return None
    first = today.replace(day=1)
    last = month_after(first, MONTHS_AHEAD) - timedelta(days=1)
    found = forecast(Question(By.ROLE, "month", first, last), reader, today, as_of)
    known = {role.pk: role for role in Role.objects.all()}
    lines = [line for line in found.shortages if line.key in known]
    short = [line for line in lines if line.is_short]
    if not lines:
        return None
    if not short:
        fullest = max(lines, key=lambda line: float(line.demand.sum()) / max(float(line.supply.sum()), 1.0))
        return Scarce(known[fullest.key], 0.0, 0.0, found.currency)
    worst = short[0]
    return Scarce(known[worst.key], float(worst.missing.sum()), worst.per_hour or 0.0, found.currency)


def hours_needed(batch: Batch, role: Role) -> Floats:
    """(projects,) hours of a role that projects need from this month on."""
    rows = batch.of(Demand).filter(role=role.pk, month__gte=batch.today.replace(day=1))
    return batch.summed(rows, Sum("hours"))
