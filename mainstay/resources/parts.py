"""What the page of a person is made of beside its facts: parts that other files of this room add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Part:
    """A part of the page: its template, and what gives the `page` it shows (None: it is not shown)."""

    template: str
    fill: Callable[[HttpRequest, Any], dict[str, Any] | None]


_parts: list[Part] = []


def add_part(template: str, fill: Callable[[HttpRequest, Any], dict[str, Any] | None]) -> None:
    """Put a part on the page of a person, after its facts; called when the room is ready."""
    if template not in {part.template for part in _parts}:
        _parts.append(Part(template, fill))


def parts_of(request: HttpRequest, resource: Any) -> list[tuple[str, dict[str, Any]]]:
    """The parts of somebody's page, each with what fills it."""
    filled = ((part.template, part.fill(request, resource)) for part in _parts)
    return [(template, context) for template, context in filled if context is not None]
