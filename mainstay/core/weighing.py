"""Weights of criteria that are tried out in the page: what `{% weights weighing %}` shows and what its form sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.core.exceptions import ValidationError

from mainstay.core.rank import RankLimit

WHOLE = Decimal(100)
NEARLY = Decimal("0.05")


@dataclass(frozen=True)
class WeighedCriterion:
    """A criterion and its share of the whole, in percent."""

    key: str
    label: str
    weight: Decimal
    help: str = ""


@dataclass(frozen=True)
class WeighedRow:
    """A project: its points from 0 to 100 by criterion (None: no rating) and what it takes of the limit."""

    key: str
    name: str
    points: Sequence[float | None]
    code: str = ""
    url: str = ""
    amount: Decimal | None = None
    is_must: bool = False


@dataclass(frozen=True)
class Weighing:
    """Criteria and projects whose order is computed while weights are moved.

    `limit` draws the line through `amount` (its column is only a word here), `action` takes the weights as
    `weight-<key>`; without it weights are only tried out.
    """

    name: str
    label: str
    criteria: Sequence[WeighedCriterion]
    rows: Sequence[WeighedRow]
    limit: RankLimit | None = None
    unit: str = ""
    action: str = ""
    verb: str = "Save these weights"
    version: int | None = None

    def __post_init__(self) -> None:
        if any(len(row.points) != len(self.criteria) for row in self.rows):
            raise ValueError("Every row has one rating for each criterion.")

    @cached_property
    def order(self) -> list[tuple[WeighedRow, float | None]]:
        """The rows with their totals, must-haves first, then best first, equal totals as they came."""
        shares = [float(criterion.weight) for criterion in self.criteria]
        judged = [(row, total(row.points, shares)) for row in self.rows]
        return sorted(judged, key=lambda pair: (not pair[0].is_must, pair[1] is None, -(pair[1] or 0)))

    @cached_property
    def line(self) -> int | None:
        """How many rows fit into the limit, as a ranked list draws its line."""
        if self.limit is None or self.limit.amount is None:
            return None
        left = self.limit.amount
        for place, (row, _) in enumerate(self.order):
            left -= row.amount or Decimal(0)
            if left < 0 and not row.is_must:
                return place
        return len(self.rows)


def total(points: Sequence[float | None], weights: Sequence[float]) -> float | None:
    """The weighted mean of the ratings there are; None where there is none with any weight.

    >>> total([80, None, 20], [50, 25, 25])
    60.0
    """
    rated = [(point, weight) for point, weight in zip(points, weights, strict=True) if point is not None]
    whole = sum(weight for _, weight in rated)
    return sum(point * weight for point, weight in rated) / whole if whole > 0 else None


def read_weights(sent: Mapping[str, str], keys: Sequence[str]) -> dict[str, Decimal]:
    """The weights that a form sent, by criterion key; ValidationError where they make no whole."""
    weights, wrong = {}, {}
    for key in keys:
        try:
            weights[key] = Decimal(sent.get(f"weight-{key}", "").strip())
            is_one = 0 <= weights[key] <= WHOLE
        except InvalidOperation:
            is_one = False
        if not is_one:
            wrong[key] = "A weight is a number from 0 to 100."
    if wrong:
        raise ValidationError(wrong)
    if abs(sum(weights.values()) - WHOLE) > NEARLY:
        raise ValidationError(f"The weights add up to {sum(weights.values()):f}; they have to add up to 100.")
    return weights
