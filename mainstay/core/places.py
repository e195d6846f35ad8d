"""Names of the places grants are given for; the room that owns the tree says what they are called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mainstay.core.access import ROOT

WHOLE = "Everything"


@dataclass(frozen=True)
class Place:
    """A row of the tree as a choice: its path, its name, how deep it lies, and its seal."""

    path: str
    label: str
    depth: int = 0
    seal: str = ""


Source = Callable[[Any], Iterable[Place]]
_sources: list[Source] = []


def register_places(source: Source) -> Source:
    """Let a room name the places it owns, for a person, among those they may see."""
    if source not in _sources:
        _sources.append(source)
    return source


def places(person: Any) -> list[Place]:
    """Every place the person may see, outermost first."""
    return [Place(ROOT, WHOLE), *(place for source in _sources for place in source(person))]


def names_of(person: Any) -> dict[str, str]:
    """Each path with the name of its place."""
    return {place.path: place.label for place in places(person)}
