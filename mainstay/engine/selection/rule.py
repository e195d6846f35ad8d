"""Rules between candidates: what must, may and must not be chosen together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from mainstay.engine.selection.checks import (
    refuse_blank,
    refuse_negative,
    refuse_nonsense,
    refuse_repeats,
    refuse_unordered,
)
from mainstay.engine.selection.error import ProblemError


@dataclass(frozen=True, slots=True)
class Requires:
    """One candidate may be chosen only if another is."""

    id: str
    candidate: str
    needs: str
    kind: ClassVar[str] = "requires"

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if self.candidate == self.needs:
            raise ProblemError("needs", f'the candidate "{self.needs}" cannot need itself')

    def places(self) -> tuple[tuple[str, str], ...]:
        """The candidates named, each with the field that names it."""
        return (("candidate", self.candidate), ("needs", self.needs))


@dataclass(frozen=True, slots=True)
class FinishToStart:
    """When both are chosen, `after` starts no earlier than `before` has ended and `lag` periods have passed."""

    id: str
    before: str
    after: str
    lag: int = 0
    kind: ClassVar[str] = "finish_to_start"

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        refuse_nonsense("lag", self.lag)
        if self.before == self.after:
            raise ProblemError("after", f'the candidate "{self.after}" cannot follow itself')

    def places(self) -> tuple[tuple[str, str], ...]:
        """The candidates named, each with the field that names it."""
        return (("before", self.before), ("after", self.after))


@dataclass(frozen=True, slots=True)
class _Together:
    """What the rules over a list of candidates have in common."""

    id: str
    candidates: tuple[str, ...]

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if not self.candidates:
            raise ProblemError("candidates", "must name at least one candidate")
        refuse_repeats("candidates", self.candidates, "candidate")

    def places(self) -> tuple[tuple[str, str], ...]:
        """The candidates named, each with the field that names it."""
        return tuple((f"candidates[{n}]", each) for n, each in enumerate(self.candidates))


@dataclass(frozen=True, slots=True)
class AtMostOne(_Together):
    """No two of these candidates may be chosen together."""

    kind: ClassVar[str] = "at_most_one"


@dataclass(frozen=True, slots=True)
class AllOrNone(_Together):
    """Either all of these candidates are chosen or none is."""

    kind: ClassVar[str] = "all_or_none"


@dataclass(frozen=True, slots=True)
class Bonus(_Together):
    """A value, possibly negative, that comes on top when all of these candidates are chosen."""

    value: float
    kind: ClassVar[str] = "bonus"

    def __post_init__(self) -> None:
        _Together.__post_init__(self)
        refuse_nonsense("value", self.value)


@dataclass(frozen=True, slots=True)
class Saving(_Together):
    """An amount of a total limit that is given back when all of these candidates are chosen."""

    limit: str
    amount: float
    kind: ClassVar[str] = "saving"

    def __post_init__(self) -> None:
        _Together.__post_init__(self)
        refuse_negative("amount", self.amount)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a limit's use that options with certain tags take stays between `low` and `high` (0 to 1).

    The use is the use of the options alone, before any saving is given back.
    """

    id: str
    of: str
    where: Mapping[str, str] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    kind: ClassVar[str] = "share"

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        if not self.where:
            raise ProblemError("where", "must name at least one tag")
        refuse_unordered("", self.low, self.high)
        for name, number in (("min", self.low), ("max", self.high)):
            if number is not None and not 0 <= number <= 1:
                raise ProblemError(name, f"{number:g} must lie between 0 and 1")

    def places(self) -> tuple[tuple[str, str], ...]:
        """A share names no candidate."""
        return ()


@dataclass(frozen=True, slots=True)
class MeasureBounds:
    """The sum of a measure over the chosen options stays between `low` and `high`."""

    id: str
    measure: str
    low: float | None = None
    high: float | None = None
    kind: ClassVar[str] = "measure"

    def __post_init__(self) -> None:
        refuse_blank("id", self.id)
        refuse_blank("measure", self.measure)
        refuse_unordered("", self.low, self.high)

    def places(self) -> tuple[tuple[str, str], ...]:
        """Bounds on a measure name no candidate."""
        return ()


Rule = Requires | FinishToStart | AtMostOne | AllOrNone | Share | MeasureBounds | Bonus | Saving
