"""Preparing gate models and putting an edition of one into force."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.gates.terms import clean_applies_to, clean_gates
from mainstay.governance.models import GateEdition, GateModel
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"name", "is_active", "applies_to", "draft"})


@operation(Verb.GATEMODEL_CREATE)
def create_gate_model(portfolio: Portfolio, *, actor: Actor, key: str, name: str, **fields: Any) -> GateModel:
    """Prepare gates for one type of project of a portfolio and everything below it."""
    model = GateModel(portfolio=portfolio, key=key, draft={"gates": []})
    _set(model, fields | {"name": name.strip()})
    return history.create(model)


@operation(Verb.GATEMODEL_EDIT)
def edit_gate_model(
    model: GateModel, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> GateModel:
    """Change which projects a model is for and what its gates will ask; the edition in force stays."""
    _set(model, changes)
    return history.save(model)


@operation(Verb.GATEMODEL_PUBLISH)
def publish_gate_model(
    model: GateModel, *, actor: Actor, note: str = "", expected_version: int | None = None
) -> GateEdition:
    """Put the gates being prepared into force; reviews that are open keep the edition they were opened with."""
    gates = clean_gates(model.draft.get("gates", []))
    if not gates:
        raise ValidationError({"gates": "Write a gate before you publish."})
    before = model.editions.filter(is_current=True).first()
    if before is not None and before.gates == gates:
        raise Impossible(f"Edition {before.number} says the same; there is nothing new to publish.")
    if before is not None:
        before.is_current = False
        history.save(before)
    edition = GateEdition(model=model, number=before.number + 1 if before else 1, gates=gates, note=note.strip())
    edition.published_at = surrounding().now()
    edition.published_by = actor if isinstance(actor, Person) else None
    return history.create(edition)


def _set(model: GateModel, changes: dict[str, Any]) -> None:
    if "applies_to" in changes:
        changes["applies_to"] = clean_applies_to(changes["applies_to"])
    if "draft" in changes:
        changes["draft"] = {"gates": clean_gates((changes["draft"] or {}).get("gates", []))}
    change(model, FIELDS, changes)
