"""The risks of a business case, threats and opportunities alike."""

from typing import Any

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import BusinessCase, Risk
from mainstay.identification.operations.parts import next_position, writable_case
from mainstay.portfolio.operations.tree import change

RISK_FIELDS = frozenset(
    {
        "kind", "name", "cause", "effect", "owner", "probability", "impact", "response", "plan",
        "residual_probability", "residual_impact", "is_closed",
    }
)  # fmt: skip


@operation(Verb.RISK_ADD)
def add_risk(case: BusinessCase, *, actor: Actor, reason: str = "", **fields: Any) -> Risk:
    """Write down what may go otherwise, how likely it is and what it would cost or bring."""
    case = writable_case(case, actor)
    risk = Risk(case=case, position=next_position(case.risks))
    change(risk, RISK_FIELDS, fields)
    return history.create(risk)


@operation(Verb.RISK_EDIT)
def edit_risk(
    risk: Risk, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Risk:
    """Change a risk, its response or what remains of it."""
    risk.case = writable_case(risk.case, actor)
    change(risk, RISK_FIELDS, changes)
    return history.save(risk)


@operation(Verb.RISK_REMOVE)
def remove_risk(risk: Risk, *, actor: Actor, reason: str = "") -> None:
    """Take a risk away."""
    risk.case = writable_case(risk.case, actor)
    history.remove(risk)
