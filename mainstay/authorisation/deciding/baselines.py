"""Two baselines of a project beside each other: what was promised first, what later, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.authorisation.models import Baseline


@dataclass(frozen=True)
class Difference:
    """Something that differs; `kind` is day, money or hours, and a side that has none is None."""

    label: str
    kind: str
    before: Any
    after: Any

    @property
    def between(self) -> Any:
        """Days, money or hours more; None where one side has none."""
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before).days if self.kind == "day" else self.after - self.before


def differences(first: Baseline | None, second: Baseline | None, *, figures: bool) -> list[Difference]:
    """What differs between two baselines: days, milestones, and money and hours where the figures are open."""
    if first is None or second is None or first == second:
        return []
    rows = [*_days(first, second), *(_figures(first, second) if figures else ())]
    return [row for row in rows if row.before != row.after]


def _days(first: Baseline, second: Baseline) -> Iterator[Difference]:
    yield Difference("Start", "day", first.start_date, second.start_date)
    yield Difference("End", "day", first.end_date, second.end_date)
    before, after = _due(first), _due(second)
    for name in before | after:
        yield Difference(name, "day", before.get(name), after.get(name))


def _due(row: Baseline) -> dict[str, date]:
    """Milestones with their days; where a name comes twice, the last counts."""
    return {one["name"]: date.fromisoformat(one["due"]) for one in row.milestones}


def _figures(first: Baseline, second: Baseline) -> Iterator[Difference]:
    for label, key in (("Whole-life cost", "cost"), ("Whole-life benefit", "benefit")):
        yield Difference(label, "money", _amount(first, key), _amount(second, key))
    yield Difference("Hours of demand", "hours", _hours(first), _hours(second))


def _amount(row: Baseline, key: str) -> Decimal | None:
    text = row.figures.get(key)
    return None if text is None else Decimal(text)


def _hours(row: Baseline) -> Decimal:
    return sum((Decimal(entry["hours"]) for entry in row.figures.get("demand", [])), Decimal(0))
