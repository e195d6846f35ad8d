"""What people's judgements came to: the results of finished rounds, by project and criterion."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mainstay.evaluation.models import Bypass, RoundItem, RoundState, ScoringRound

Results = Mapping[int, Mapping[str, Mapping[str, Any]]]


def finished_rounds(model_id: int, as_of: datetime | None = None) -> dict[int, str]:
    """The finished rounds of a model with their names, the latest first."""
    rows = ScoringRound.objects.as_of(as_of).filter(model_id=model_id, state=RoundState.FINISHED)
    found = sorted(((row.row_id, row.name) for row in rows), reverse=True)
    return dict(found)


def results_of(model_id: int, as_of: datetime | None = None, projects: Iterable[int] | None = None) -> Results:
    """For each project the result of each judged criterion in the latest finished round that judged it."""
    return {pk: told[0] for pk, told in series_of(model_id, as_of, projects).items()}


def series_of(
    model_id: int, as_of: datetime | None = None, projects: Iterable[int] | None = None
) -> dict[int, list[dict[str, Any]]]:
    """For each project the results of every finished round that judged it, the latest first."""
    rounds = finished_rounds(model_id, as_of)
    if not rounds:
        return {}
    rows = RoundItem.objects.as_of(as_of).filter(round_id__in=rounds)
    if projects is not None:
        rows = rows.filter(project_id__in=list(projects))
    found: dict[int, list[dict[str, Any]]] = {}
    told = rows.order_by("-round_id").values_list("project_id", "round_id", "result")
    for project_id, round_id, result in told:
        if result:
            named = {label: {**one, "round": rounds[round_id]} for label, one in result.items()}
            found.setdefault(project_id, []).append(named)
    return found


def bypasses_of(model_id: int, as_of: datetime | None = None) -> dict[int, str]:
    """The projects that must be done whatever they score under a model, with the reason."""
    rows = Bypass.objects.as_of(as_of).filter(model_id=model_id)
    return dict(rows.values_list("project_id", "reason"))
