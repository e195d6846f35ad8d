"""The three-way comparison of a line of a plan: how it was at the branch, how it is here, how it is there.

Pure functions over frozen values. Source: diff3 (Khanna, Kunal, Pierce, 2007), with a project's dates as one part,
because a start of one side with the end of the other is a duration that nobody planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

Dates = tuple[date | None, date | None]


class How(StrEnum):
    """What came of comparing a value at the branch with its two sides."""

    UNCHANGED = "unchanged"
    HERE = "changed here"
    THERE = "changed there"
    SAME = "same change"
    CONFLICT = "conflict"


class Part(StrEnum):
    """What is merged as one: whether a project is in, its option, and its dates together."""

    IS_IN = "is_in"
    OPTION = "option"
    DATES = "dates"


@dataclass(frozen=True)
class State:
    """How a project stands in a plan: in or out, in which option, from which day to which."""

    is_in: bool = False
    option: str = ""
    start: date | None = None
    end: date | None = None

    def part(self, part: Part) -> Any:
        """The value of a part; dates are a pair."""
        return self.dates if part is Part.DATES else getattr(self, part.value)

    def having(self, part: Part, value: Any) -> "State":
        """The same with another value of a part."""
        if part is Part.DATES:
            return replace(self, start=value[0], end=value[1])
        return replace(self, **{part.value: value})

    @property
    def dates(self) -> Dates:
        """From when to when."""
        return (self.start, self.end)


@dataclass(frozen=True)
class Three:
    """A line in three states: `base` at the branch, `here` in the scenario, `there` in the plan of record now.

    `is_held`: somebody settled by hand here that it is in or out, which counts as a change though nothing differs.
    """

    base: State
    here: State
    there: State
    is_held: bool = False

    def how(self, name: str) -> How:
        """What came of one field: `is_in`, `option`, `start`, `end`."""
        return _how(*(getattr(state, name) for state in (self.base, self.here, self.there)))

    def of_part(self, part: Part) -> How:
        """What came of a part; taking a project out is at odds with planning it anew on the other side."""
        if part is Part.IS_IN and self.here.is_in != self.there.is_in and (self._is_held_up() or self._is_torn()):
            return How.CONFLICT
        return _how(*(state.part(part) for state in (self.base, self.here, self.there)))

    def _is_held_up(self) -> bool:
        """Whether the plan of record changed what somebody holds by hand here."""
        return self.is_held and self.here.is_in == self.base.is_in

    def _is_torn(self) -> bool:
        """Whether one side took the project out, and the other kept it with another option or other dates."""
        if not self.base.is_in:
            return False
        kept = self.here if self.here.is_in else self.there
        return kept != self.base

    @property
    def conflicts(self) -> tuple[Part, ...]:
        """The parts somebody has to settle."""
        return tuple(part for part in Part if self.of_part(part) is How.CONFLICT)

    @property
    def changed_here(self) -> tuple[str, ...]:
        """The fields in which the scenario differs from the branch."""
        return _differing(self.base, self.here)

    @property
    def changed_there(self) -> tuple[str, ...]:
        """The fields in which the plan of record differs from the branch."""
        return _differing(self.base, self.there)

    def merged(self, settled: Mapping[Part, Any] | None = None) -> State:
        """Both sides brought together; `settled` holds the value of each conflict, KeyError where it does not."""
        state = self.base
        for part in Part:
            state = state.having(part, self._value(part, settled or {}))
        return state

    def _value(self, part: Part, settled: Mapping[Part, Any]) -> Any:
        how = self.of_part(part)
        if how is How.CONFLICT:
            return settled[part]
        return (self.here if how in {How.HERE, How.SAME} else self.there).part(part)


def _how(base: Any, here: Any, there: Any) -> How:
    if here == there:
        return How.UNCHANGED if here == base else How.SAME
    if here == base:
        return How.THERE
    return How.HERE if there == base else How.CONFLICT


def _differing(one: State, other: State) -> tuple[str, ...]:
    return tuple(each.name for each in fields(State) if getattr(one, each.name) != getattr(other, each.name))
