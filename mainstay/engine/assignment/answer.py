"""The answer: who works where, how good that provably is, and what nobody does and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible"]
Reason = Literal["nobody_has_it", "nobody_free", "not_worth_it"]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A person on a need, with the hours (periods,) that are given to it beside what is booked."""

    person: str
    need: str
    hours: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Hours of a need that nobody gives in a period (its number), and why.

    "nobody_has_it": nobody has the skill at the level, then and at the sites allowed. "nobody_free": those who have
    it have no hours left or are on as many projects as they may be. "not_worth_it": somebody could, but costs or
    joining exceed what the hours are worth.
    """

    need: str
    period: int
    hours: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal, with the bound that no assignment can pass.

    objective: worth less cost of all hours assigned, less what joining costs, in the unit of costs. status: "optimal"
    when nothing better exists, else "feasible". covered: the part of the hours wanted (less what is booked) that is
    given, 1 where nothing is wanted. seconds: what it took.
    """

    status: Status
    objective: float
    bound: float
    seconds: float
    seed: int
    assigned: tuple[Assigned, ...]
    unfilled: tuple[Unfilled, ...]
    covered: float

    @property
    def gap(self) -> float:
        """(bound - objective) / bound, the part of the best that may be missing at most; 0 for a bound of 0."""
        return max(0.0, (self.bound - self.objective) / self.bound) if self.bound > 0 else 0.0
