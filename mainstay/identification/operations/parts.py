"""What every operation on a part of a business case does: the writer is asked for, the case counts one version up."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max

from mainstay.core import history
from mainstay.core.system import Actor
from mainstay.identification.case_content import LINES
from mainstay.identification.case_parts import require_writer
from mainstay.identification.models import BusinessCase
from mainstay.identification.models.lines import Line


def bumped(case: BusinessCase) -> BusinessCase:
    """The case one version up, although none of its own fields may have changed."""
    case.version += 1
    return history.save(case)


def writable_case(case: BusinessCase, actor: Actor) -> BusinessCase:
    """The case of a part, held until the end, if the actor may change it."""
    held = BusinessCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require_writer(actor, held)
    return bumped(held)


def next_position(rows: Any) -> int:
    """The place behind the last of the rows."""
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def all_lines(case: BusinessCase) -> Iterator[Line]:
    """Every line of every option."""
    for model, _ in LINES.values():
        yield from model.objects.filter(option__case=case).select_related("option__case")
