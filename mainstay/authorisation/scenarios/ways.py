"""The ways a project can go in a scenario, and what it offers with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mainstay.portfolio.models import Phase

Amounts = tuple[float, ...]
WHOLE = "whole"


@dataclass(frozen=True)
class Way:
    """An option of a project: money, how much of it is investment, and hours of roles by period; and its worth.

    late: how many periods later than planned it brings its worth.
    """

    name: str
    cost: Amounts
    capital: Amounts
    roles: Mapping[str, Amounts]
    value: float
    late: int = 0

    @property
    def duration(self) -> int:
        """How many periods it takes."""
        return max(1, len(self.cost))


@dataclass(frozen=True)
class Offer:
    """A project that takes part. start: the period its dates say; ways: the preferred one first.

    stop: what not choosing it costs and leaves, where running work is set free; None: nothing.
    """

    id: int
    code: str
    name: str
    theme: str
    phase: str
    start: int
    is_dated: bool
    ways: tuple[Way, ...]
    uses: Mapping[str, float] = field(default_factory=dict)
    stop: Way | None = None

    @property
    def is_committed(self) -> bool:
        """Whether it is in the plan of record."""
        return self.phase == Phase.COMMITTED

    @property
    def has_begun(self) -> bool:
        """Whether it began before the time planned, so that nobody can move its start."""
        return self.stop is not None or (self.is_dated and self.start < 0)

    def way(self, name: str) -> Way:
        """An option by its name, stopping among them; the preferred one where there is none of that name."""
        every = self.ways if self.stop is None else (*self.ways, self.stop)
        return next((way for way in every if way.name == name), self.ways[0])
