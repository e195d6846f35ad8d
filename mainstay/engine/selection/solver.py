"""What the selection asks of a solver, so that another one can be tried beside HiGHS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Literal, Protocol

from mainstay.engine.selection.program import Floats, Program

Progress = Callable[[float | None, float | None, float | None, float], None]
Ending = Literal["optimal", "feasible", "infeasible", "unknown"]


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: seconds from now on, the relative gap that is good enough, seed, threads, cancelling.

    `progress` is told (incumbent, bound, gap, seconds), each None until it is known; `cancelled` is asked
    again and again and stops the solver when it says yes.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    threads: int = 1
    progress: Progress | None = None
    cancelled: Callable[[], bool] = _never
    _began: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise ValueError(f"seconds must be above zero, not {self.seconds}")
        if not 0 <= self.gap < 1:
            raise ValueError(f"gap must lie from 0 to below 1, not {self.gap}")
        if self.seed < 0 or self.threads < 1:
            raise ValueError("the seed must not be negative and one thread is the least")

    @property
    def elapsed(self) -> float:
        """The seconds since this effort began."""
        return monotonic() - self._began

    @property
    def left(self) -> float:
        """The seconds that are left, never below zero."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def is_over(self) -> bool:
        """Whether time is out or somebody has cancelled."""
        return self.left <= 0 or self.cancelled()

    def at_most(self, seconds: float) -> Effort:
        """The same effort ending no later than so many seconds from now."""
        return replace(self, seconds=min(self.seconds, self.elapsed + seconds))

    def quietly(self) -> Effort:
        """The same effort without telling progress."""
        return replace(self, progress=None)

    def one_thread_less(self) -> Effort:
        """The same effort with a thread left to others, where there is more than one."""
        return replace(self, threads=max(1, self.threads - 1))

    def first_part(self, share: float) -> Effort:
        """The same effort with only a share of its seconds."""
        return replace(self, seconds=self.seconds * share)

    def part(self, share: float) -> Effort:
        """A silent effort that begins now and may take a share of the seconds left, to the last gap."""
        seconds = max(self.left * share, 1e-3)
        return replace(self, seconds=seconds, gap=0.0, progress=None, _began=monotonic())


@dataclass(frozen=True, slots=True)
class Ended:
    """How a solver ended: the best numbers (n,) found, their objective and the proven bound, None if none.

    `steps` is how many steps it took, which is the same on every machine.
    """

    status: Ending
    numbers: Floats | None
    objective: float | None
    bound: float | None
    steps: int = 0


class Solver(Protocol):
    """Something that maximises a program."""

    @property
    def name(self) -> str:
        """Name and version, as the answer states them."""
        ...

    def maximise(self, program: Program, effort: Effort, first: Floats | None = None) -> Ended:
        """The best numbers for the program, beginning from `first` (n,) when it is given."""
        ...
