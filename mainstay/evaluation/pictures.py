"""Charts of judging."""

from typing import Any

from mainstay.charts import Figure
from mainstay.charts.dispersion import EvaluatorScore, dispersion
from mainstay.charts.weights_bar import CriterionWeight, weights_bar
from mainstay.evaluation.comparing import Group
from mainstay.evaluation.outcome import Outcome


def dispersion_of(outcome: Outcome, item: Any, shows_names: bool) -> dict[str, Any]:
    """A project to discuss: how far people lie apart, and the reasons they gave."""
    names = {row.pk: row.person.name for row in outcome.people}
    said = [
        row
        for evaluator in outcome.people
        for label in outcome.round.labels
        if (row := outcome.judgements.get((evaluator.pk, item.pk, label)))
    ]
    scores = [EvaluatorScore(row.criterion, names[row.evaluator_id], row.points) for row in said]
    numbers = {name: f"Evaluator {number}" for number, name in enumerate(sorted(set(names.values())), 1)}
    reasons = [
        {"criterion": row.criterion, "who": name if shows_names else "", "points": row.points, "why": row.rationale}
        for row in said
        if row.rationale and (name := names[row.evaluator_id]) in numbers
    ]
    reasons.sort(key=lambda one: (one["criterion"], -one["points"]))
    figure: Figure = dispersion(scores, float(outcome.round.tolerance), blind=not shows_names)
    return {"item": item, "figure": figure, "reasons": reasons}


def weights_of(session: Any, group: Group) -> Figure:
    """The group's weights with the range over its people."""
    labels = [thing["label"] for thing in session.things]
    return weights_bar(
        [CriterionWeight(labels[place], weight, *group.ends(place)) for place, weight in enumerate(group.weights)]
    )
