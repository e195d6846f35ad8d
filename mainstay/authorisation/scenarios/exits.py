"""Running work set free in a scenario: what is still to be spent and to come, and what stopping or resting costs.

An upper room knows these figures and registers how they are read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.core.system import Actor

CONTINUE, PAUSE, STOP = "Continue", "Pause", "Stop"
REST_MONTHS = 6


@dataclass(frozen=True)
class Exit:
    """Figures of running work from today on, money in the currency of the project.

    cost, benefit: still to be spent and still to come; None where not known. stop_cost, salvage: what stopping costs,
    and what stays. pause_cost: of a month at rest.
    """

    cost: float
    benefit: float | None
    stop_cost: float = 0.0
    salvage: float = 0.0
    pause_cost: float = 0.0


Reader = Callable[[list[Any], Actor], Mapping[int, Exit]]
_readers: list[Reader] = []


def register_exits(reader: Reader) -> Reader:
    """Let an upper room tell the figures of running projects, by their numbers."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def exits_of(projects: list[Any], actor: Actor) -> dict[int, Exit]:
    """The figures of those of the projects that run."""
    found: dict[int, Exit] = {}
    for reader in _readers:
        found |= reader(projects, actor)
    return found
