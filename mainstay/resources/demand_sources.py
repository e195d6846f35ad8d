"""Demand that is not typed cell by cell: laid out from a template, or taken from a reference project."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.engine.basics import Curve, spread
from mainstay.engine.basics.periods import month_after, months_between
from mainstay.resources.models import Demand, DemandTemplate, Role
from mainstay.resources.operations.demands import DemandEntry

CENT = Decimal("0.01")


def from_template(template: DemandTemplate, hours: Decimal, first: date, months: int) -> list[DemandEntry]:
    """So many hours over so many months, shared among the roles of a template."""
    keys = [one["role"] for one in template.shares]
    roles = {role.key: role for role in Role.objects.filter(key__in=keys)}
    if missing := [key for key in keys if key not in roles]:
        raise ValidationError({"template": f"These roles are not known here: {', '.join(missing)}."})
    entries = []
    for one in template.shares:
        parts = spread((hours * one["share"] / 100).quantize(CENT), months, Curve(one["curve"]))
        by_month = {month_after(first, place): part for place, part in enumerate(parts)}
        entries.append(DemandEntry(roles[one["role"]], hours=by_month))
    return entries


def from_reference(reference: Any, scale: Decimal, first: date) -> list[DemandEntry]:
    """The demand of another project, moved to begin in a month and scaled."""
    rows = list(Demand.objects.filter(project=reference).select_related("role", "skill").order_by("month"))
    if not rows:
        raise ValidationError({"reference": f"{reference} has no demand to take over."})
    begin = rows[0].month
    found: dict[Any, dict[date, Decimal | None]] = {}
    for row in rows:
        month = month_after(first, months_between(begin, row.month) - 1)
        key = (row.role, row.skill, row.least_level)
        found.setdefault(key, {})[month] = (row.hours * scale).quantize(CENT)
    return [DemandEntry(*key, hours) for key, hours in found.items()]
