"""Adding and changing demand templates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.operations.tree import change
from mainstay.resources.models import DemandTemplate, Role

FIELDS = frozenset({"name", "description", "is_active", "shares"})


@operation(Verb.DEMANDTEMPLATE_ADD)
def add_demand_template(
    subject: None, *, actor: Actor, name: str, shares: list[dict[str, Any]], key: str = "", **fields: Any
) -> DemandTemplate:
    """Say what projects of a kind usually need."""
    _refuse_unknown(shares)
    template = DemandTemplate(key=key or slugify(name)[:40], name=name.strip(), shares=shares)
    change(template, FIELDS, fields)
    return history.create(template)


@operation(Verb.DEMANDTEMPLATE_EDIT)
def edit_demand_template(
    template: DemandTemplate,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> DemandTemplate:
    """Change a demand template, or take it out of use; what was laid out from it stays."""
    _refuse_unknown(changes.get("shares", []))
    change(template, FIELDS, changes)
    return history.save(template)


def _refuse_unknown(shares: list[dict[str, Any]]) -> None:
    asked = {one.get("role") for one in shares}
    known = set(Role.objects.filter(key__in=asked).values_list("key", flat=True))
    if missing := sorted(str(one) for one in asked - known):
        raise ValidationError({"shares": f"There is no role {', '.join(missing)}."})
