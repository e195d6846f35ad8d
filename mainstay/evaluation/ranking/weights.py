"""Other weights for the criteria of a model: read from sliders, and as the model takes them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mainstay.core.rank import RankLimit
from mainstay.core.weighing import WeighedCriterion, WeighedRow, Weighing, read_weights
from mainstay.evaluation.models import Criterion
from mainstay.evaluation.operations.criteria import ALL, Level, Wanted
from mainstay.evaluation.ranking.sensitivity import Firmness

NAME = "weights"
HUNDREDTH = Decimal("0.01")


def weighing_of(firm: Firmness, action: str = "", query: str = "") -> Weighing:
    """The sliders for a ranking; with an address its weights can be sent on."""
    shares = weights_of(firm.criteria)
    criteria = [
        WeighedCriterion(key_of(row), row.label, shares[row.label], row.question or row.best_words)
        for row in firm.criteria
    ]
    limit = RankLimit(firm.limit.key, firm.budget or Decimal(0), firm.limit.label) if firm.limit else None
    return Weighing(
        NAME,
        f"Weights of {firm.model.name}",
        criteria,
        [_row(firm, row, query) for row in range(len(firm.projects))],
        limit,
        firm.limit.unit if firm.limit else "",
        action=action,
        verb="See what these weights would change",
        version=firm.model.version if action else None,
    )


def _row(firm: Firmness, row: int, query: str) -> WeighedRow:
    project, points = firm.projects[row], firm.measures.points(firm.projects[row].row_id)
    amount = firm.amounts[row]
    return WeighedRow(
        project.code,
        project.name,
        [points.get(criterion.label) for criterion in firm.criteria],
        project.code,
        f"/projects/{project.code}/{query}",
        None if amount is None else Decimal(str(amount)),
        firm.placed[row].scored.is_mandatory,
    )


def key_of(criterion: Any) -> str:
    """What a criterion is called in the form of the sliders."""
    return f"c{criterion.position}"


def weights_of(criteria: Sequence[Any]) -> dict[str, Decimal]:
    """The weights of criteria as percentages, by label."""
    whole = sum((row.weight for row in criteria), Decimal())
    return {row.label: (row.weight * ALL / whole).quantize(HUNDREDTH) for row in criteria}


def sent_weights(sent: Mapping[str, str], criteria: Sequence[Criterion]) -> dict[str, Decimal]:
    """The weights a form sent, by label, adding up to 100 exactly; ValidationError where they make no whole."""
    keys = {key_of(row): row.label for row in criteria}
    weights = {keys[key]: weight for key, weight in read_weights(sent, list(keys)).items()}
    return whole(weights)


def whole(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The weights to two places; what rounding left over goes to the greatest."""
    rounded = {label: weight.quantize(HUNDREDTH) for label, weight in weights.items()}
    greatest = max(rounded, key=lambda label: rounded[label])
    rounded[greatest] += ALL - sum(rounded.values())
    return rounded


def reweighed(criteria: Sequence[Criterion], weights: Mapping[str, Decimal]) -> list[Wanted]:
    """Every criterion as it stands, with other weights for those that are named."""
    return [
        Wanted(
            label=row.label,
            source=row.source,
            worst=row.worst,
            best=row.best,
            weight=weights.get(row.label, row.weight),
            worst_words=row.worst_words,
            best_words=row.best_words,
            kind=row.kind,
            way=row.way,
            question=row.question,
            levels=tuple(Level(Decimal(str(level["points"])), level["words"]) for level in row.levels),
            is_gate=row.is_gate,
            threshold=row.threshold,
        )
        for row in criteria
    ]
