"""Creating, changing and publishing score models, and naming projects that must be done whatever their score."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Bypass, Criterion, ScoreModel
from mainstay.evaluation.operations.criteria import (
    ALL,
    MOST_CRITERIA,
    Wanted,
    judged,
    refuse_nonsense,
    replace_criteria,
    set_criterion,
)
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio, Project

__all__ = [
    "ALL",
    "MOST_CRITERIA",
    "Wanted",
    "create_model",
    "edit_model",
    "grant_bypass",
    "judged",
    "lift_bypass",
    "publish_model",
]
LATEST: Any = object()


@operation(Verb.MODEL_CREATE)
def create_model(
    portfolio: Portfolio,
    *,
    actor: Actor,
    name: str,
    criteria: Sequence[Wanted],
    description: str = "",
    cycle: Cycle | None = None,
) -> ScoreModel:
    """Write down what a good project is in a portfolio."""
    refuse_nonsense(criteria)
    _refuse_other_cycle(portfolio, cycle)
    model = ScoreModel(portfolio=portfolio, cycle=cycle, name=name.strip(), description=description.strip())
    history.about(history.create(model))
    for position, wanted in enumerate(criteria):
        history.create(set_criterion(Criterion(model=model), wanted, position))
    return model


@operation(Verb.MODEL_EDIT)
def edit_model(
    model: ScoreModel,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    name: str | None = None,
    description: str | None = None,
    criteria: Sequence[Wanted] | None = None,
    cycle: Cycle | None = LATEST,
) -> ScoreModel:
    """Change a score model; other criteria make a new edition, and the scores of the former one show as outdated."""
    model.name = model.name if name is None else name.strip()
    model.description = model.description if description is None else description.strip()
    if cycle is not LATEST:
        _refuse_other_cycle(model.portfolio, cycle)
        model.cycle = cycle
    if criteria is not None and replace_criteria(model, criteria):
        new_edition(model)
    return history.save_whole(model)


def new_edition(model: ScoreModel) -> None:
    """Count up; several changes before the next publication are one edition."""
    if not model.is_changed_since_published:
        model.edition += 1
    model.edition_note = ""


@operation(Verb.MODEL_PUBLISH)
def publish_model(
    model: ScoreModel, *, actor: Actor, note: str, expected_version: int | None = None, reason: str = ""
) -> ScoreModel:
    """Let the criteria stand as they are now; from then on a change makes a new edition that is published anew."""
    if model.is_published:
        raise Impossible(f"Edition {model.edition} of {model.name} is published already.")
    if not note.strip():
        raise ValidationError({"note": "Say in a sentence what this edition is or what it changes."})
    model.published_edition, model.edition_note = model.edition, note.strip()
    return history.save(model)


@operation(Verb.BYPASS_GRANT)
def grant_bypass(project: Project, *, actor: Actor, model: ScoreModel, reason: str) -> Bypass:
    """Say that a project must be done whatever it scores under a model, and why; saying it again mends the reason."""
    access.require(actor, Verb.MODEL_EDIT, model.portfolio)
    if not project.path.startswith(model.portfolio.path):
        raise ValidationError({"project": f"{project.name} does not belong to {model.portfolio.name}."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why it must be done: a law, a promise, safety."})
    known = Bypass.objects.filter(model=model, project=project).first()
    if known is None:
        return history.create(Bypass(model=model, project=project, reason=reason.strip()))
    known.reason = reason.strip()
    return history.save(known)


@operation(Verb.BYPASS_LIFT)
def lift_bypass(bypass: Bypass, *, actor: Actor, reason: str = "") -> None:
    """Let a project be ranked by its score again."""
    access.require(actor, Verb.MODEL_EDIT, bypass.model.portfolio)
    history.remove(bypass)


def _refuse_other_cycle(portfolio: Portfolio, cycle: Cycle | None) -> None:
    if cycle is not None and not portfolio.path.startswith(cycle.portfolio.path):
        raise ValidationError({"cycle": f"The cycle {cycle.name} belongs to another portfolio."})
