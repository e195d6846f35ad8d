"""How evidence is written in the fields of a page."""

from typing import Any

from django import template

from mainstay.authorisation.gates.forms import links_out

register = template.Library()


@register.filter
def as_lines(links: Any) -> str:
    """`{{ line.links|as_lines }}`: links one a line, each with its title before a bar."""
    return links_out(links)
