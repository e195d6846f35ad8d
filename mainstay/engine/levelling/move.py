"""A move: something small that can be done about an overload, with its whole effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["split", "shift_booking", "replace", "shift_project", "borrow", "contract"]

KINDS: tuple[Kind, ...] = ("split", "shift_booking", "replace", "shift_project", "borrow", "contract")
OF_ONE_KIND = 0.01  # what the next kind weighs more
PRICE_OF_A_MOVE = 1e-6  # weight of a unit of cost, so that cost only decides between equals


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that changes: hours booked of a person in a period (its number), before and after."""

    person: str
    period: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be accepted or refused alone.

    kind: "split" moves hours of a booking to other periods of its window, "shift_booking" and "shift_project" move
    all hours by a number of periods (`by`, below zero is earlier), "replace" hands hours over to somebody of the same
    site, "borrow" to somebody of another site, "contract" buys them. bookings: those touched. to: who takes over.
    hours: handed over, moved or bought. removes: the hours of overload it takes away. changes: the cells that
    change; none becomes overloaded, and none that is gets worse. cost: in the unit of people's costs; below zero
    saves. weight: how much it disturbs: 1, and up to 1 more for the project's priority.
    """

    kind: Kind
    project: str
    bookings: tuple[str, ...]
    hours: float
    removes: float
    changes: tuple[Change, ...]
    cost: float
    weight: float
    by: int = 0
    to: str | None = None


def weight_of(kind: Kind, priority: float, highest: float, cost: float) -> float:
    """1 for any move, up to 1 for priority, and little for the kind and the cost to decide between equals.

    >>> round(weight_of("split", 3, 4, 0), 2), round(weight_of("contract", 0, 4, 1000), 3)
    (1.75, 1.051)
    """
    share = priority / highest if highest > 0 else 0.0
    return 1.0 + share + OF_ONE_KIND * KINDS.index(kind) + PRICE_OF_A_MOVE * max(-1e4, min(cost, 1e6))
