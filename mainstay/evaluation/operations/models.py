"""Creating and changing score models."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Criterion, ScoreModel
from mainstay.evaluation.sources import known_sources
from mainstay.portfolio.models import Portfolio

MOST_CRITERIA = 30
ALL = Decimal(100)


@dataclass(frozen=True)
class Wanted:
    """A criterion as somebody wants it: what counts, what earns nothing, what earns all, and how much it weighs."""

    label: str
    source: str
    worst: Decimal
    best: Decimal
    weight: Decimal
    worst_words: str = ""
    best_words: str = ""


@operation(Verb.MODEL_CREATE)
def create_model(
    portfolio: Portfolio, *, actor: Actor, name: str, criteria: Sequence[Wanted], description: str = ""
) -> ScoreModel:
    """Write down what a good project is in a portfolio."""
    _refuse_nonsense(criteria)
    model = history.create(ScoreModel(portfolio=portfolio, name=name.strip(), description=description.strip()))
    for position, wanted in enumerate(criteria):
        history.create(_set(Criterion(model=model), wanted, position))
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
) -> ScoreModel:
    """Change a score model; other criteria make a new edition, and the scores of the former one show as outdated."""
    model.name = model.name if name is None else name.strip()
    model.description = model.description if description is None else description.strip()
    if criteria is not None and _replace(model, criteria):
        model.edition += 1
    return history.save(model)


def _replace(model: ScoreModel, criteria: Sequence[Wanted]) -> bool:
    """Make the criteria as wanted, keeping those with the same label; whether anything changed."""
    _refuse_nonsense(criteria)
    known = {criterion.label: criterion for criterion in model.criteria.all()}
    versions = {criterion.pk: criterion.version for criterion in known.values()}
    gone = known.keys() - {wanted.label.strip() for wanted in criteria}
    for label in gone:
        history.remove(known[label])
    changed = bool(gone)
    for position, wanted in enumerate(criteria):
        row = _set(known.get(wanted.label.strip()) or Criterion(model=model), wanted, position)
        row = history.save(row) if row.pk else history.create(row)
        changed |= versions.get(row.pk) != row.version
    return changed


def _set(row: Criterion, wanted: Wanted, position: int) -> Criterion:
    row.label, row.source, row.position = wanted.label.strip(), wanted.source, position
    row.worst, row.best, row.weight = (
        _four(wanted.worst),
        _four(wanted.best),
        wanted.weight.quantize(Decimal("0.01")),
    )
    row.worst_words, row.best_words = wanted.worst_words.strip(), wanted.best_words.strip()
    return row


def _four(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.0001"))


def _refuse_nonsense(criteria: Sequence[Wanted]) -> None:
    sources = known_sources()
    labels = [wanted.label.strip() for wanted in criteria]
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise ValidationError({"criteria": f"A score model has 1 to {MOST_CRITERIA} criteria."})
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise ValidationError({"criteria": f"The criterion {twice} stands there twice."})
    if unknown := next((wanted for wanted in criteria if wanted.source not in sources), None):
        raise ValidationError({"criteria": f"{unknown.label} is judged by a field that does not exist."})
    if (total := sum((wanted.weight for wanted in criteria), Decimal())) != ALL:
        raise ValidationError({"criteria": f"The weights add up to {total.normalize():f}%; make them 100%."})
