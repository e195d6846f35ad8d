"""Whether skills and their certificates hold, run out soon, or have run out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Holding:
    """How a skill stands on a day: the kind and the word of a status, and whether it counts."""

    status: str
    word: str
    counts: bool


def state_of(row: Any, day: date) -> Holding:
    """How a proficiency stands on a day."""
    if row.valid_from and row.valid_from > day:
        return Holding("none", "Not yet valid", False)
    if row.valid_until is None:
        return Holding("good", "Valid", True)
    if row.valid_until < day:
        return Holding("bad", "Run out", False)
    if row.valid_until <= day + SOON:
        return Holding("warn", "Runs out soon", True)
    return Holding("good", "Valid", True)
