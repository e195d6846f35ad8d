"""What waits for a decision of one person: every room says what waits in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to decide: its kind, what it is, what is known of it, its day, and where it is decided."""

    kind: str
    text: str
    detail: str
    url: str
    day: date | None = None


Asking = Callable[[Any], Iterable[Waiting]]
_asking: list[tuple[Asking, frozenset[str]]] = []


def add_waiting(asking: Asking, nouns: frozenset[str]) -> None:
    """Let a room say what waits for somebody: only what they may decide and what is not their own cause.

    nouns: the kinds of rows whose change moves the answer.
    """
    if asking not in {known for known, _ in _asking}:
        _asking.append((asking, nouns))


def waiting_for(user: Any) -> list[Waiting]:
    """Everything that waits for a decision of this person, room by room."""
    return [one for asking, _ in _asking for one in asking(user)]


def nouns_of_waiting() -> frozenset[str]:
    """Every kind of row whose change moves what waits."""
    return frozenset(noun for _, nouns in _asking for noun in nouns)
