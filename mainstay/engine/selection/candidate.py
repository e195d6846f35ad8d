"""Candidates and their options: the work that may be chosen, in which version and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mainstay.engine.selection.checks import (
    refuse_blank,
    refuse_negatives,
    refuse_nonsense,
    refuse_repeats,
)
from mainstay.engine.selection.error import ProblemError

Forcing = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Option:
    """One version of a candidate: how long it takes, when it may start, what it is worth and uses.

    `values` has one worth for each of `starts`; `use` gives, for each limit id, the amounts in the periods
    counted from the start. Raises `ProblemError` for nonsense in any of them.
    """

    id: str
    duration: int
    starts: tuple[int, ...]
    values: tuple[float, ...]
    use: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if self.duration < 0:
            raise ProblemError("duration", f"{self.duration} must not be negative")
        refuse_nonsense("duration", self.duration)
        self._refuse_bad_starts()
        if len(self.values) != len(self.starts):
            sentence = f"has {len(self.values)} values for {len(self.starts)} starts"
            raise ProblemError("value_by_start", sentence)
        for place, value in enumerate(self.values):
            refuse_nonsense(f"value_by_start[{place}]", value)
        for limit, amounts in self.use.items():
            refuse_negatives(f"use.{limit}", amounts)
        for measure, amount in self.measures.items():
            refuse_nonsense(f"measures.{measure}", amount)

    def _refuse_bad_starts(self) -> None:
        if not self.starts:
            raise ProblemError("starts", "must name at least one period")
        seen: set[int] = set()
        for place, start in enumerate(self.starts):
            if start < 0:
                raise ProblemError(f"starts[{place}]", f"{start} is before the first period 0")
            if start in seen:
                raise ProblemError(f"starts[{place}]", f"the start {start} appears twice")
            seen.add(start)

    def matches(self, where: Mapping[str, str]) -> bool:
        """Whether the option carries every tag asked for."""
        return all(self.tags.get(tag) == wanted for tag, wanted in where.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal or project that may be chosen, with at most one of its options.

    `forced` "in" means exactly one option is chosen, "out" means none is; `reason` says why.
    Raises `ProblemError` without options, for repeated options or another word in `forced`.
    """

    id: str
    options: tuple[Option, ...]
    forced: Forcing | None = None
    reason: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if not self.options:
            raise ProblemError("options", f'the candidate "{self.id}" needs at least one option')
        refuse_repeats("options", [each.id for each in self.options], "option", ".id")
        if self.forced not in (None, "in", "out"):
            raise ProblemError("forced", f'"{self.forced}" must be "in", "out" or null')
