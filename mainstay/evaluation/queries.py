"""What the pages of evaluation read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.core.errors import Missing
from mainstay.evaluation.models import Criterion, Score, ScoreModel
from mainstay.portfolio.models import Project


@dataclass(frozen=True)
class Ranked:
    """A score in its place of a list, and whether it still speaks of the project and the model as they are."""

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


def ranking(user: Any, model: Any, as_of: datetime | None = None) -> list[Ranked]:
    """The scores under a model the person may see, best first; equal totals share a place, no total has none."""
    rows = Score.objects.as_of(as_of).visible_to(user).filter(model_id=model.row_id)
    scores = list(rows.select_related("project__stage").order_by("project__code"))
    scores.sort(key=lambda score: (score.total is None, -(score.total or 0)))
    totals = [score.total for score in scores]
    return [
        Ranked(
            None if score.total is None else totals.index(score.total) + 1, score, score.project, _old(score, model)
        )
        for score in scores
    ]


def _old(score: Any, model: Any) -> bool:
    return score.edition != model.edition or score.project_version != score.project.version


def scores_of(user: Any, code: str) -> tuple[Any, list[Any]]:
    """A project the person may see and its scores under the models they may see."""
    project = Project.objects.visible_to(user).filter(code=code).select_related("stage").first()
    if project is None:
        raise Missing("There is no such project, or it is not open to you.")
    scores = Score.objects.visible_to(user).filter(project=project).select_related("model")
    models = ScoreModel.objects.visible_to(user).values("pk")
    return project, list(scores.filter(model__in=models).order_by("model__name"))


def criteria_of(model: Any, as_of: datetime | None = None) -> Any:
    """The criteria of a model, as known at a moment."""
    return Criterion.objects.as_of(as_of).filter(model_id=model.row_id).order_by("position")
