"""Bringing in a list: all its rows or none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mainstay.core import history
from mainstay.core.errors import Stale
from mainstay.core.models import Row
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb

if TYPE_CHECKING:
    from mainstay.core.exchange.planning import Plan

BATCH = 500


@operation(Verb.ROWS_IMPORT)
def import_rows(target: Any, *, actor: Actor, plan: "Plan", reason: str = "") -> int:
    """Write the new and changed rows of a checked list; gives their number. A row changed meanwhile refuses all."""
    _refuse_outdated(plan)
    rows = [changed.row for changed in plan.changed]
    history.create_many(plan.new)
    changed = history.save_many(rows)
    _count_up([*plan.new, *rows])
    return len(plan.new) + changed


def _count_up(rows: Sequence[Row]) -> None:
    """Whoever works on the whole of which a row is a part learns that it changed."""
    for whole in {one.pk: one for row in rows if (one := row.whole) is not None}.values():
        whole.version += 1
        history.save(whole)


def _refuse_outdated(plan: "Plan") -> None:
    read_at = {changed.row.pk: changed for changed in plan.changed}
    ids = list(read_at)
    for start in range(0, len(ids), BATCH):
        rows = type(plan.changed[0].row)._default_manager.filter(pk__in=ids[start : start + BATCH])
        for pk, version in rows.values_list("pk", "version"):
            changed = read_at.pop(pk)
            if changed.version != version:
                raise Stale(changed.row.noun, changed.version, version, [])
    if read_at:
        gone = next(iter(read_at.values()))
        raise Stale(gone.row.noun, gone.version, gone.version, [])
