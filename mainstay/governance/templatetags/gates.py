"""How gates are written in pages."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """`{{ stages|named:gate.target }}`: the name that belongs to a key."""
    return names.get(key, "")
