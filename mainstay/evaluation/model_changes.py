"""What others changed in a score model since a version: its own fields and its criteria as a whole, in words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mainstay.core.errors import FieldChange
from mainstay.core.operation import changes_since, last_change_of, last_moment_of
from mainstay.evaluation.queries import criteria_of

CRITERIA = "criteria"
TOLD = (
    "label", "kind", "way", "source", "question", "worst", "worst_words", "best", "best_words", "weight", "is_gate",
    "threshold", "levels",
)  # fmt: skip


def model_changes(model: Any, version: int, reader: Any) -> list[FieldChange]:
    """Every difference, with who changed the model last and when; the criteria are one of them."""
    own = changes_since(model, version, reader)
    was, now = criteria_at(model, version), list(criteria_of(model))
    if not was or values_of(was) == values_of(now):
        return own
    return [*own, FieldChange(CRITERIA, "Criteria", said(was), said(now), *last_change_of(model))]


def criteria_at(model: Any, version: int) -> list[Any]:
    """The criteria as they were while the model had that version."""
    then = last_moment_of(model, version)
    return list(criteria_of(model, then)) if then else []


def values_of(criteria: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Everything that can be changed in criteria, to compare them."""
    return [tuple(getattr(one, name) for name in TOLD) for one in criteria]


def said(criteria: Iterable[Any]) -> str:
    """Criteria in words: each with its weight and what it goes by."""
    return "; ".join(f"{one.label}, {_plain(one.weight)}%, {_scale(one)}" for one in criteria)


def _scale(one: Any) -> str:
    """From what earns nothing to what earns all, and what a gate asks for."""
    gate = f", at least {_plain(one.threshold)}" if one.is_gate and one.threshold is not None else ""
    levels = ", ".join(f"{level['points']:g} {level['words']}" for level in one.levels)
    return (levels or f"{one.source} from {_plain(one.worst)} to {_plain(one.best)}") + gate


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
