"""What waiting costs within a plan: chosen work that begins later than where it would bring most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mainstay.engine import selection as engine


@dataclass(frozen=True)
class Waits:
    """A chosen candidate that begins `periods` after its best start and brings `lost` less for it."""

    code: str
    name: str
    periods: int
    lost: float


def waits_of(problem: engine.Problem, answer: Mapping[str, Any]) -> list[Waits]:
    """Every chosen candidate that begins later than the best start of its option, what loses most first."""
    found = [_wait(problem.candidate(choice["candidate"]), choice) for choice in answer["chosen"]]
    return sorted((one for one in found if one.lost > 0 and one.periods > 0), key=lambda one: (-one.lost, one.code))


def _wait(candidate: engine.Candidate, choice: Mapping[str, Any]) -> Waits:
    option = next(each for each in candidate.options if each.id == choice["option"])
    value_at = dict(zip(option.starts, option.values, strict=True))
    best = max(option.starts, key=lambda start: (value_at[start], -start))
    lost = value_at[best] - value_at[choice["start"]]
    return Waits(candidate.id, candidate.name or candidate.id, choice["start"] - best, lost)
