"""Running work set free in a scenario: what is still to be spent and to come, and what stopping or resting costs.

An upper room knows these figures and registers how they are read, and how work is left once a plan was adopted.
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
Leaver = Callable[[list[tuple[Any, str]], Any, Actor], list[dict[str, Any]]]
_readers: list[Reader] = []
_leavers: list[Leaver] = []


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


def register_leaving(leaver: Leaver) -> Leaver:
    """Let an upper room set free what running work binds, within the operation that adopts a plan."""
    if leaver not in _leavers:
        _leavers.append(leaver)
    return leaver


def leave(work: list[tuple[Any, str]], decision: Any, actor: Actor) -> list[dict[str, Any]]:
    """Stop or put to rest running projects, each with its way; gives what each set free, as the record keeps it."""
    return [told for leaver in _leavers for told in leaver(work, decision, actor)] if work else []
