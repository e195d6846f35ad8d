"""What other weights would do to today's ranking, before anything is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from mainstay.evaluation.judged import bypasses_of, results_of
from mainstay.evaluation.scoring import Scored, judge, projects_to_judge

USUAL_LINE = 10


@dataclass(frozen=True)
class Move:
    """A project with its place and total under today's weights and under the others."""

    project: Any
    before: int | None
    after: int | None
    total_before: float | None
    total_after: float | None
    line: int

    @property
    def moved(self) -> int:
        """Places won; negative where it loses some."""
        return (self.before or 0) - (self.after or 0) if self.before and self.after else 0

    @property
    def crosses(self) -> str:
        """Whether it comes above the line or falls below it: `in`, `out` or nothing."""
        was, will = _above(self.before, self.line), _above(self.after, self.line)
        return "" if was == will else "in" if will else "out"


def _above(place: int | None, line: int) -> bool:
    return place is not None and place <= line


def effect_of(user: Any, model: Any, weights: Mapping[str, Decimal], line: int = USUAL_LINE) -> list[Move]:
    """Every project judged now with today's weights and with others for some criteria; best first as it would be."""
    criteria = list(model.criteria.order_by("position"))
    others = [_weighed(criterion, weights.get(criterion.label, criterion.weight)) for criterion in criteria]
    projects = projects_to_judge(model.portfolio, user)
    known = (results_of(model.row_id), bypasses_of(model.row_id))
    currency = model.portfolio.currency
    before, after = (judge(rows, projects, currency, *known) for rows in (criteria, others))
    places_before, places_after = places(before), places(after)
    moves = [
        Move(was.project, places_before[row], places_after[row], was.total, will.total, line)
        for row, (was, will) in enumerate(zip(before, after, strict=True))
    ]
    return sorted(moves, key=lambda one: (one.after is None, one.after or 0, one.project.code))


def _weighed(criterion: Any, weight: Decimal) -> Any:
    """The same criterion with another weight."""
    names = ("label", "source", "worst", "best", "is_judged", "is_gate", "threshold")
    return SimpleNamespace(weight=weight, **{name: getattr(criterion, name) for name in names})


def places(scored: Sequence[Scored]) -> list[int | None]:
    """The place of each project: what must be done first, then by total; without a place what fails a gate."""

    def order(one: Scored) -> tuple[bool, float]:
        return not one.mandatory_reason, -round(one.total or 0, 6)

    ranked = [one for one in scored if one.mandatory_reason or (one.total is not None and not one.obstacles)]
    first: dict[tuple[bool, float], int] = {}
    for place, one in enumerate(sorted(ranked, key=order), 1):
        first.setdefault(order(one), place)
    kept = {id(one) for one in ranked}
    return [first[order(one)] if id(one) in kept else None for one in scored]
