"""Putting scored projects in order: what must be done first, then by score, then as people moved them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SIX = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """What ranking needs to know of a score."""

    project_id: int
    code: str
    total: float | None
    mandatory_reason: str = ""
    obstacles: tuple[str, ...] = ()
    edition: int = 1

    @property
    def is_mandatory(self) -> bool:
        """Whether it must be done whatever its score."""
        return bool(self.mandatory_reason)

    @property
    def has_place(self) -> bool:
        """Whether it takes part: what must be done, and what has a total and passes every gate."""
        return self.is_mandatory or (self.total is not None and not self.obstacles)

    @property
    def order(self) -> tuple[bool, bool, float]:
        """The smaller the better; equal scores are equal."""
        return not self.is_mandatory, self.total is None, -round(self.total or 0.0, SIX)


@dataclass(frozen=True, slots=True)
class Placed:
    """A project in its place, counted from 1 among those shown.

    by_score: the place its score alone gives it, shared by equal scores. before: the same without sharing, so that
    a move from `before` to `place` is one. override: the row that moved it, where somebody did.
    """

    scored: Scored
    place: int
    by_score: int
    before: int
    override: Any = None


@dataclass(frozen=True)
class Order:
    """Everything that was scored under a model: those in place, and those that have none."""

    placed: Sequence[Placed]
    without: Sequence[Scored]
    places: Mapping[int, int] = field(default_factory=dict)
    """The place of each project among all there are, whoever may see them."""
    computed: Mapping[int, int] = field(default_factory=dict)
    """The same by score alone."""

    def of(self, project_id: int) -> Placed | None:
        """The place of a project; None where it has none."""
        return next((one for one in self.placed if one.scored.project_id == project_id), None)


def in_order(scores: Iterable[Scored], overrides: Mapping[int, Any], seen: frozenset[int] | None = None) -> Order:
    """The order of scores with overrides by project; told to somebody who may see only some: those, counted anew.

    >>> scores = [Scored(1, "A", 90), Scored(2, "B", 70), Scored(3, "C", 80)]
    >>> [one.scored.code for one in in_order(scores, {}).placed]
    ['A', 'C', 'B']
    """
    ranked = sorted(scores, key=lambda one: (one.order, one.code))
    by_score = [one for one in ranked if one.has_place]
    settled = settle(by_score, overrides)
    shown = settled if seen is None else [one for one in settled if one.project_id in seen]
    computed = by_score if seen is None else [one for one in by_score if one.project_id in seen]
    before = {one.project_id: place for place, one in enumerate(computed, 1)}
    shared: dict[Any, int] = {}
    for place, one in enumerate(computed, 1):
        shared.setdefault(one.order, place)
    return Order(
        [
            Placed(one, place, shared[one.order], before[one.project_id], overrides.get(one.project_id))
            for place, one in enumerate(shown, 1)
        ],
        [one for one in ranked if not one.has_place and (seen is None or one.project_id in seen)],
        {one.project_id: place for place, one in enumerate(settled, 1)},
        {one.project_id: place for place, one in enumerate(by_score, 1)},
    )


def settle(by_score: Sequence[Scored], overrides: Mapping[int, Any]) -> list[Scored]:
    """The order after overrides: each stands where it was moved to, the others fill up as they come.

    What must be done stays before everything else. Of two moved to one place the later one has it.
    """
    musts = [one for one in by_score if one.is_mandatory]
    others = [one for one in by_score if not one.is_mandatory]
    return _moved(musts, overrides, 0) + _moved(others, overrides, len(musts))


def _moved(band: list[Scored], overrides: Mapping[int, Any], above: int) -> list[Scored]:
    held = [(overrides[one.project_id], one) for one in band if one.project_id in overrides]
    rest = [one for one in band if one.project_id not in overrides]
    for row, one in sorted(held, key=lambda pair: (pair[0].position, pair[0].moved_at)):
        rest.insert(max(0, row.position - above - 1), one)
    return rest
