"""The hours of roles that a change adds or takes away, checked and shared out over months."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Sum

from mainstay.resources.models import Demand, Role

LARGEST = Decimal(1_000_000)
CENT = Decimal("0.01")


def clean_demand(given: Mapping[str, Any]) -> dict[str, str]:
    """Hours by the key of a role as they are kept; what is no role or no number of hours is refused."""
    known = set(Role.objects.filter(key__in=list(given)).values_list("key", flat=True))
    if unknown := sorted(set(given) - known):
        raise ValidationError({"demand_effect": f"There is no role {', '.join(unknown)[:100]}."})
    found = {key: _hours(hours) for key, hours in given.items()}
    return {key: f"{hours:.2f}" for key, hours in found.items() if hours}


def _hours(given: Any) -> Decimal:
    try:
        hours = Decimal(str(given)).quantize(CENT)
    except InvalidOperation:
        raise ValidationError({"demand_effect": "Hours are a number."}) from None
    if not -LARGEST <= hours <= LARGEST:
        raise ValidationError({"demand_effect": f"At most {LARGEST:,} hours more or less of a role."})
    return hours


def hours_ahead(project: Any, month: date) -> dict[int, Decimal]:
    """Hours of each role that a project needs from a month on."""
    rows = Demand.objects.filter(project_id=project.row_id, role__isnull=False, month__gte=month).order_by()
    return dict(rows.values_list("role_id").annotate(whole=Sum("hours")))


def shared_out(hours: Decimal, months: list[date]) -> dict[date, Decimal]:
    """Hours in equal parts over months; what does not divide falls on the last."""
    part = (hours / len(months)).quantize(CENT, rounding=ROUND_DOWN)
    shares = dict.fromkeys(months, part)
    shares[months[-1]] += hours - part * len(months)
    return shares
