"""What the pages about gate models read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.governance.gates.asking import Asked, asked, missing
from mainstay.governance.gates.fields import known_fields
from mainstay.governance.gates.terms import Gate
from mainstay.governance.models import GateEdition, GateModel
from mainstay.portfolio.models import Project, Stage, Transition


def gate_models_for(user: Any, as_of: datetime | None = None) -> Any:
    """The gate models a person may see."""
    return GateModel.objects.as_of(as_of).visible_to(user).select_related("portfolio").order_by("name")


def gate_model_for(user: Any, key: str, as_of: datetime | None = None) -> Any:
    """A gate model the person may see."""
    model = gate_models_for(user, as_of).filter(key=key).first()
    if model is None:
        raise Missing("There is no such gate model, or it is not open to you.")
    return model


def editions_of(models: list[Any], as_of: datetime | None = None) -> dict[int, Any]:
    """The edition in force of each model."""
    ids = [model.row_id for model in models]
    rows = GateEdition.objects.as_of(as_of).filter(model_id__in=ids, is_current=True)
    return {row.model_id: row for row in rows}


def drafted(model: Any) -> list[Gate]:
    """The gates being prepared."""
    return model.draft.get("gates", [])


def stage_names() -> dict[str, str]:
    """The name of each stage by its key."""
    return dict(Stage.objects.values_list("key", "name"))


def unguarded(gates: list[Gate]) -> list[str]:
    """The names of gates that no way of the life cycle asks for: they would hold nobody."""
    ways = Transition.objects.filter(target__key__in=[gate["target"] for gate in gates])
    guarded = [
        (origin, target)
        for origin, target, guards in ways.values_list("origin__key", "target__key", "guards")
        if "gate_passed" in guards
    ]
    return [gate["name"] for gate in gates if not any(_stands_on(gate, *way) for way in guarded)]


def _stands_on(gate: Gate, origin: str, target: str) -> bool:
    return gate["target"] == target and gate["origin"] in ("", origin)


def conditions_in_words(model: Any, user: Any) -> str:
    """Which projects a model is for; an amount only for those who may see figures there."""
    wanted, known = model.applies_to, known_fields()
    words = []
    if "theme" in wanted:
        words.append(f"of the theme {wanted['theme']}")
    if "field" in wanted:
        label = known[wanted["field"]].label if wanted["field"] in known else wanted["field"]
        words.append(f"where {label} is {wanted['value']}")
    if "cost_above" in wanted:
        sees = access.may(user, Verb.SEE_FIGURES, model.portfolio)
        words.append(f"that cost more than {wanted['cost_above']}" if sees else "above a cost")
    return f"Projects {' and '.join(words)}" if words else "All projects"


@dataclass(frozen=True)
class Tried:
    """A gate asked of a project that is not before it yet."""

    gate: Gate
    lines: list[Asked]

    @property
    def missing(self) -> int:
        """How many things are not there."""
        return len(missing(self.lines))


def tried_on(model: Any, user: Any, code: str) -> tuple[Project, list[Tried]]:
    """What the gates being prepared would find missing at a project; figures only where they may be seen."""
    rows = Project.objects.visible_to(user).within(model.portfolio).filter(code=code)
    project = rows.select_related("stage").first()
    if project is None:
        raise Missing(f"There is no project {code} below {model.portfolio} that you may see.")
    sees = access.may(user, Verb.SEE_FIGURES, project)
    found = []
    for gate in drafted(model):
        lines = [line for line in asked(project, gate, {}) if sees or not line.is_figure]
        found.append(Tried(gate, lines))
    return project, found
