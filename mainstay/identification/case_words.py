"""The fields of a business case in words: labels, choices, people, amounts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models

from mainstay.core.models import Person
from mainstay.core.operation import label_of
from mainstay.identification.models import (
    Assumption,
    BenefitLine,
    BusinessCase,
    CostLine,
    DemandLine,
    Option,
    Risk,
)
from mainstay.resources.models import Role, Skill

MODELS: dict[str, type[models.Model]] = {
    "case": BusinessCase,
    "options": Option,
    "costs": CostLine,
    "benefits": BenefitLine,
    "demands": DemandLine,
    "assumptions": Assumption,
    "risks": Risk,
}
NAMED = {"owner_id": Person, "role_id": Role, "skill_id": Skill}
MONEY = frozenset({"amount", "impact", "residual_impact"})


def worded(part: str, name: str) -> tuple[str, Callable[[Any], str]]:
    """The label of a stored field of a part, and what says its values."""
    field = next(field for field in MODELS[part]._meta.concrete_fields if field.attname == name)
    choices = dict(field.flatchoices) if field.choices else {}

    def tell(value: Any) -> str:
        return str(choices[value]) if value in choices and value != "" else said(name, value)

    return label_of(MODELS[part], name), tell


def said(name: str, value: Any) -> str:
    """A stored value in words; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name in NAMED:
        row = NAMED[name].objects.filter(pk=value).first()
        return row.name if row else "no longer known"
    if name in MONEY:
        return f"{Decimal(value):,.2f}".removesuffix(".00")
    return str(value)
