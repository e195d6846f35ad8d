"""Setting what an hour costs, and what more hours would cost; all of it is confidential."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.models import CostRate, Resource, Role, Skill, SourcingOption
from mainstay.resources.operations.rules import put

RATE = frozenset({"valid_from", "hourly", "currency"})
SOURCING = frozenset({"kind", "lead_weeks", "hourly", "once", "currency", "note"})


@operation(Verb.COSTRATE_SET)
def set_cost_rate(
    subject: Resource | Role,
    *,
    actor: Actor,
    hourly: Decimal,
    valid_from: date | None = None,
    currency: str = "GBP",
    reason: str = "",
) -> CostRate:
    """Set what an hour of a person or of a role costs from a day on; the same day again corrects it."""
    row = _from_day(subject, valid_from)
    row.hourly, row.currency = hourly, currency
    return history.save(row) if row.pk else history.create(row)


@operation(Verb.COSTRATE_EDIT)
def edit_cost_rate(
    rate: CostRate, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> CostRate:
    """Correct a cost rate or the day from which it holds."""
    return put(rate, RATE, changes)


@operation(Verb.COSTRATE_REMOVE)
def remove_cost_rate(rate: CostRate, *, actor: Actor, reason: str = "") -> None:
    """Take a cost rate back."""
    history.remove(rate)


@operation(Verb.SOURCING_SET)
def set_sourcing(subject: Role | Skill, *, actor: Actor, reason: str = "", **fields: Any) -> SourcingOption:
    """Say how more hours of a role or a skill can be had, how long it takes and what an hour costs."""
    row = SourcingOption(role=subject) if isinstance(subject, Role) else SourcingOption(skill=subject)
    return put(row, SOURCING, fields)


@operation(Verb.SOURCING_EDIT)
def edit_sourcing(
    option: SourcingOption, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> SourcingOption:
    """Change how more hours of a role or a skill can be had."""
    return put(option, SOURCING, changes)


@operation(Verb.SOURCING_REMOVE)
def remove_sourcing(option: SourcingOption, *, actor: Actor, reason: str = "") -> None:
    """Take away a way to get more people."""
    history.remove(option)


def _from_day(subject: Resource | Role, day: date | None) -> CostRate:
    if day is None:
        raise ValidationError({"valid_from": "Say from which day the rate holds."})
    whose = {"resource": subject} if isinstance(subject, Resource) else {"role": subject}
    return CostRate.objects.filter(**whose, valid_from=day).first() or CostRate(**whose, valid_from=day)
