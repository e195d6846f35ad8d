"""A gate model in force, and the pumps that stand before its gate."""

from dataclasses import dataclass
from typing import Any

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.governance.models import GateEdition, GateModel
from mainstay.governance.operations.gates import create_gate_model, publish_gate_model
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project

BUILD = {
    "name": "Ready to build",
    "origin": "authorised",
    "target": "active",
    "criteria": ["The supplier is chosen"],
    "rules": ["risk <= 60", "cost <= 5000000"],
    "evidence": ["Signed contract"],
    "checklist": ["Safety plan read"],
    "fields": ["manager"],
}


@dataclass
class Gated:
    """The world with a gate before Active."""

    world: Any
    model: GateModel
    edition: GateEdition

    @property
    def active(self) -> Stage:
        """The stage behind the gate."""
        return Stage.objects.get(key="active")

    def answers(self) -> dict[str, Any]:
        """Everything the gate asks, answered."""
        gate = self.edition.gates[0]
        yes = {"answer": "yes", "note": ""}
        return {
            "criteria": {gate["criteria"][0]["key"]: yes},
            "checklist": {gate["checklist"][0]["key"]: yes},
            "evidence": {gate["evidence"][0]["key"]: [{"title": "Contract", "url": "https://files.example/1"}]},
        }


def build_gated(world: Any) -> Gated:
    """A model in force for Networks, and the pumps authorised with a manager and dates."""
    model = create_gate_model(world.networks, actor=MAINSTAY, key="works", name="Works", draft={"gates": [BUILD]})
    edition = publish_gate_model(model, actor=MAINSTAY)
    dates = {"start_date": "2027-01-01", "end_date": "2027-12-31"}
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor, manager=world.project_manager, **dates)
    for key in ("under_evaluation", "candidate"):
        advance_project(world.pumps, actor=MAINSTAY, target=Stage.objects.get(key=key))
    authorise_project(world.pumps, actor=MAINSTAY, target=Stage.objects.get(key="authorised"), reason="Chosen")
    return Gated(world, model, edition)


@pytest.fixture
def gated(world: Any) -> Gated:
    """The world with a gate before Active."""
    return build_gated(world)
