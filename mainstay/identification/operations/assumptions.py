"""The assumptions of a business case."""

from typing import Any

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import Assumption, BusinessCase
from mainstay.identification.operations.parts import next_position, writable_case
from mainstay.portfolio.operations.tree import change

ASSUMPTION_FIELDS = frozenset({"text", "owner", "evidence", "belief", "check_by"})


@operation(Verb.ASSUMPTION_ADD)
def add_assumption(case: BusinessCase, *, actor: Actor, reason: str = "", **fields: Any) -> Assumption:
    """Write down what the case takes for true."""
    case = writable_case(case, actor)
    assumption = Assumption(case=case, position=next_position(case.assumptions))
    change(assumption, ASSUMPTION_FIELDS, fields)
    return history.create(assumption)


@operation(Verb.ASSUMPTION_EDIT)
def edit_assumption(
    assumption: Assumption, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Assumption:
    """Change an assumption, its evidence or whether it held."""
    assumption.case = writable_case(assumption.case, actor)
    change(assumption, ASSUMPTION_FIELDS, changes)
    return history.save(assumption)


@operation(Verb.ASSUMPTION_REMOVE)
def remove_assumption(assumption: Assumption, *, actor: Actor, reason: str = "") -> None:
    """Take an assumption away."""
    assumption.case = writable_case(assumption.case, actor)
    history.remove(assumption)
