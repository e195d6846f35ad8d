"""What others changed in a scoring round since a version: its own fields, and who judges."""

from typing import Any

from mainstay.core.errors import FieldChange
from mainstay.core.operation import changes_since, last_change_of, last_moment_of
from mainstay.evaluation.models import Evaluator

EVALUATORS = "evaluators"


def round_changes(held: Any, version: int, reader: Any) -> list[FieldChange]:
    """Every difference, with who changed the round last and when; its people are one of them."""
    own, then = changes_since(held, version, reader), last_moment_of(held, version)
    was, now = (people_of(held, then) if then else []), people_of(held)
    if not was or was == now:
        return own
    return [*own, FieldChange(EVALUATORS, "Evaluators", was, now, *last_change_of(held))]


def people_of(held: Any, as_of: Any = None) -> list[int]:
    """Who judges in the round, in the order of their names."""
    rows = Evaluator.objects.as_of(as_of).filter(round_id=held.pk)
    return list(rows.order_by("person__name").values_list("person_id", flat=True))
