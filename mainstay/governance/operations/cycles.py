"""Preparing planning cycles and taking them through their states."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"name", "start_date", "end_date", "intake_until", "decision_date", "note"})


@operation(Verb.CYCLE_CREATE)
def create_cycle(portfolio: Portfolio, *, actor: Actor, **fields: Any) -> Cycle:
    """Prepare a round of choosing for a portfolio."""
    cycle = Cycle(portfolio=portfolio)
    change(cycle, FIELDS, fields)
    return history.create(cycle)


@operation(Verb.CYCLE_EDIT)
def edit_cycle(
    cycle: Cycle, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Cycle:
    """Change the name, the dates or the note of a cycle."""
    change(cycle, FIELDS, changes)
    return history.save(cycle)


@operation(Verb.CYCLE_ADVANCE)
def advance_cycle(
    cycle: Cycle, *, actor: Actor, back: bool = False, expected_version: int | None = None, reason: str = ""
) -> Cycle:
    """Take a cycle to its next state, or one state back with the reason."""
    if back and not reason.strip():
        raise ValidationError({"reason": "Say why the cycle goes back."})
    target = cycle.state_before if back else cycle.state_after
    if target is None:
        raise Impossible(f"{cycle.name} is {cycle.get_state_display().lower()}; there is no state {_where(back)} it.")
    cycle.state = target
    return history.save(cycle)


def _where(back: bool) -> str:
    return "before" if back else "after"
