"""What the pages of evaluation read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core.errors import Missing
from mainstay.evaluation.models import Criterion, Score, ScoreModel
from mainstay.evaluation.scoring import Scored, judge, projects_to_judge
from mainstay.portfolio.models import Project


@dataclass(frozen=True)
class Ranked:
    """A score in its place of a list, and whether judging again would find something else."""

    place: int | None
    score: Any
    project: Any
    is_outdated: bool


def model_for(user: Any, model_id: int, as_of: datetime | None = None) -> Any:
    """A score model the person may see, as known at a moment."""
    rows = ScoreModel.objects.as_of(as_of).visible_to(user).identified_by([model_id])
    if (model := rows.select_related("portfolio").first()) is None:
        raise Missing("There is no such score model, or it is not open to you.")
    return model


def criteria_of(model: Any, as_of: datetime | None = None) -> Any:
    """The criteria of a model, as known at a moment."""
    return Criterion.objects.as_of(as_of).filter(model_id=model.row_id).order_by("position")


def ranking(user: Any, model: Any, as_of: datetime | None = None) -> list[Ranked]:
    """The scores under a model the person may see, best first; equal totals share a place, no total has none."""
    rows = Score.objects.as_of(as_of).visible_to(user).filter(model_id=model.row_id)
    scores = list(rows.select_related("project__stage").defer("project__description").order_by("project__code"))
    scores.sort(key=lambda score: (score.total is None, -(score.total or 0)))
    first_places: dict[float, int] = {}
    for place, score in enumerate(scores, 1):
        first_places.setdefault(score.total, place)
    now = {} if as_of else _judged_now(user, model)
    return [
        Ranked(
            None if score.total is None else first_places[score.total],
            score,
            score.project,
            _is_outdated(score, model, now),
        )
        for score in scores
    ]


def _judged_now(user: Any, model: ScoreModel) -> dict[int, list[dict[str, Any]]]:
    """The parts each project would have if it were judged now."""
    scored = judge(criteria_of(model), projects_to_judge(model.portfolio, user), model.portfolio.currency)
    return _parts(scored)


def _parts(scored: list[Scored]) -> dict[int, list[dict[str, Any]]]:
    return {one.project.pk: one.parts() for one in scored}


def _is_outdated(score: Any, model: Any, now: dict[int, list[dict[str, Any]]]) -> bool:
    return score.edition != model.edition or now.get(score.project_id, score.parts) != score.parts


def scores_of(user: Any, code: str, as_of: datetime | None = None) -> tuple[Project, list[Ranked]]:
    """A project the person may see and its scores under the models they may see."""
    project = Project.objects.readable_by(user).filter(code=code).select_related("stage").first()
    if project is None:
        raise Missing("There is no such project, or it is not open to you.")
    models = ScoreModel.objects.visible_to(user).select_related("portfolio").in_bulk()
    scores = Score.objects.as_of(as_of).visible_to(user).filter(project=project, model__in=models)
    told = []
    for score in scores.select_related("model").order_by("model__name"):
        model = models[score.model_id]
        now = {} if as_of else _parts(judge(criteria_of(model), [project], model.portfolio.currency))
        told.append(Ranked(None, score, project, _is_outdated(score, model, now)))
    return project, told
