"""Demand that is not typed cell by cell: laid out from a template, or taken from a reference project."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.engine.basics import Curve, spread
from mainstay.engine.basics.periods import month_after, months_between
from mainstay.resources.models import Demand, Role
from mainstay.resources.operations.demands import DemandEntry

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Template:
    """What projects of a kind usually need: shares of the hours by the key of the role, and the curve of each."""

    key: str
    name: str
    shares: tuple[tuple[str, int, Curve], ...]


TEMPLATES = {
    one.key: one
    for one in (
        Template(
            "system", "New system",
            (
                ("project-manager", 12, Curve.FLAT), ("business-analyst", 18, Curve.FRONT),
                ("software-developer", 40, Curve.BELL), ("data-engineer", 18, Curve.BELL),
                ("change-manager", 12, Curve.BACK),
            ),
        ),
        Template(
            "works", "Construction works",
            (
                ("project-manager", 10, Curve.FLAT), ("civil-engineer", 30, Curve.FRONT),
                ("electrical-engineer", 15, Curve.BELL), ("site-manager", 30, Curve.BACK),
                ("buyer", 10, Curve.FRONT), ("ecologist", 5, Curve.FRONT),
            ),
        ),
        Template(
            "study", "Study",
            (
                ("project-manager", 20, Curve.FLAT), ("business-analyst", 50, Curve.BELL),
                ("process-engineer", 30, Curve.BELL),
            ),
        ),
    )
}  # fmt: skip


def from_template(template: Template, hours: Decimal, first: date, months: int) -> list[DemandEntry]:
    """So many hours over so many months, shared among the roles of a template."""
    roles = {role.key: role for role in Role.objects.filter(key__in=[key for key, _, _ in template.shares])}
    if missing := [key for key, _, _ in template.shares if key not in roles]:
        raise ValidationError({"template": f"These roles are not known here: {', '.join(missing)}."})
    entries = []
    for key, share, curve in template.shares:
        parts = spread((hours * share / 100).quantize(CENT), months, curve)
        entries.append(DemandEntry(roles[key], hours={month_after(first, i): part for i, part in enumerate(parts)}))
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
