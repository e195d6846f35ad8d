"""What stands above and below the line of a ranked list, added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mainstay.charts import words
from mainstay.core.rank import RankColumn, RankList, RankRow


@dataclass(frozen=True)
class Total:
    """A column on both sides of the line."""

    column: RankColumn
    above: str
    below: str


def totals(ranking: RankList, line: int | None) -> list[Total]:
    """The sums of every column that adds up; without a line, everything stands above it."""
    cut = len(ranking.rows) if line is None else line
    return [
        Total(
            column,
            _written(column, _sum(column, ranking.rows[:cut])),
            _written(column, _sum(column, ranking.rows[cut:])),
        )
        for column in ranking.columns
        if column.adds_up
    ]


def left_words(ranking: RankList, line: int | None, amount: Decimal | None) -> str:
    """What is left of the limit above the line, or by how much must-haves exceed it, and what is not known."""
    if ranking.limit is None:
        return ""
    if line is None or amount is None:
        return f"No cut line: choose a {ranking.limit.label.lower()}."
    column = next(column for column in ranking.columns if column.key == ranking.limit.column)
    above = ranking.rows[:line]
    left = amount - _sum(column, above)
    told = (
        f"{_written(column, abs(left))} left." if left >= 0 else f"Must-haves exceed it by {_written(column, -left)}."
    )
    missing = sum(row.values.get(column.key) is None for row in above)
    return f"{told} {_missing_words(missing)}".strip()


def _missing_words(missing: int) -> str:
    if not missing:
        return ""
    if missing == 1:
        return "1 above the line has no figure and counts nothing."
    return f"{missing:,} above the line have no figure and count nothing."


def _sum(column: RankColumn, rows: Sequence[RankRow]) -> Decimal:
    known = (row.values[column.key] for row in rows if row.values.get(column.key) is not None)
    return sum((Decimal(str(value)) for value in known), Decimal(0))


def _written(column: RankColumn, amount: Decimal) -> str:
    """In full: a sum that decides about a line is not rounded to millions."""
    text = words.number(float(amount), column.places)
    return f"{column.unit} {text}" if column.kind == "money" else f"{text} {column.unit}".strip()
