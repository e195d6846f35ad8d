"""`{% whose conflict %}`: inside the form, whose version stays in each field that two people changed."""

from typing import Any

from django import template

from mainstay.core.conflict import Conflict

register = template.Library()


@register.inclusion_tag("core/components/whose.html")
def whose(conflict: Conflict) -> dict[str, Any]:
    """The choice for each field both changed, and what was taken over; a `mainstay.core.conflict.Conflict`."""
    return {"conflict": conflict}
