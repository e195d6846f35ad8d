"""How exchange rates are written in pages."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def shortest(rate: Decimal) -> str:
    """`{{ rate|shortest }}`: every digit somebody gave and none besides."""
    return f"{rate.normalize():f}"
