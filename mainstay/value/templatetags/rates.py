"""How exchange rates are written in pages."""

from decimal import Decimal

from django import template

register = template.Library()
PLACES = 4


@register.filter
def shortest(rate: Decimal) -> str:
    """`{{ rate|shortest }}`: every digit somebody gave, four places at least so that they stand in line."""
    text = f"{rate.normalize():f}"
    places = len(text.partition(".")[2])
    return text if places >= PLACES else f"{rate:.{PLACES}f}"
