"""`{% meaning "alignment" %}`: what a figure means, one click away; the texts stand in `queries.definitions`."""

from decimal import Decimal
from typing import Any

from django import template

from mainstay.strategy.queries.definitions import DEFINITIONS

register = template.Library()


@register.inclusion_tag("strategy/meaning.html")
def meaning(name: str) -> dict[str, str]:
    """The definition of a figure."""
    return DEFINITIONS[name]._asdict()


@register.simple_tag
def meaning_of(name: str) -> str:
    """The definition as text, for a tile."""
    return DEFINITIONS[name].text


@register.filter
def plain(value: Any) -> Any:
    """A number without the zeros the database keeps: 12.5 instead of 12.5000."""
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else value


@register.filter
def among(values: Any, key: Any) -> Any:
    """What stands under a key; nothing where there is none."""
    return values.get(key, "") if values else ""
