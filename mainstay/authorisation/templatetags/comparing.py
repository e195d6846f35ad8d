"""Differences of plans in templates."""

from collections.abc import Sequence
from typing import Any

from django import template

from mainstay.authorisation.comparing.difference import Change
from mainstay.authorisation.comparing.telling import sentence_of
from mainstay.authorisation.comparing.wording import say

register = template.Library()


@register.filter
def in_a_sentence(change: Change) -> str:
    """A change of the plan of record in words."""
    return sentence_of(change)


@register.filter
def as_value(value: Any) -> str:
    """A value of a plan in words, also where its field is not known."""
    return say("is_in" if isinstance(value, bool) else "", value) if value is not None else "no date"


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    """The value at a place."""
    return values[place]
