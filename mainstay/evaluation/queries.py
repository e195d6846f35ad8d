"""What the pages of evaluation read of score models and scores."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mainstay.core.errors import Missing
from mainstay.core.models.row import FOREVER
from mainstay.evaluation.judged import series_of
from mainstay.evaluation.models import Bypass, Criterion, Score, ScoreModel
from mainstay.evaluation.scoring import Scored, judge_by, projects_to_judge
from mainstay.portfolio.models import Project

SAME = 1e-6


@dataclass(frozen=True)
class Ranked:
    """A score in its place of a list, and whether judging again would find something else."""

    place: int | None
    score: Any
    project: Any
    is_outdated: bool
    card: tuple["Line", ...] = ()
    recomputed: float | None = None

    @property
    def recomputes(self) -> bool:
        """Whether the stored total comes out again from what was known when it was made."""
        both = self.score.total, self.recomputed
        return both == (None, None) or (None not in both and abs(both[0] - both[1]) < SAME)


@dataclass(frozen=True)
class Line:
    """A line of a scorecard: the criterion, what it gave, what its anchor says, and the change since last time."""

    criterion: Any
    part: dict[str, Any]
    trend: float | None = None
    former_round: str = ""
    levels: list[dict[str, Any]] = field(default_factory=list)


def model_for(user: Any, model_id: int, as_of: datetime | None = None) -> Any:
    """A score model the person may see, as known at a moment."""
    rows = ScoreModel.objects.as_of(as_of).visible_to(user).identified_by([model_id])
    if (model := rows.select_related("portfolio", "cycle").first()) is None:
        raise Missing("There is no such score model, or it is not open to you.")
    return model


def criteria_of(model: Any, as_of: datetime | None = None) -> Any:
    """The criteria of a model, as known at a moment."""
    return Criterion.objects.as_of(as_of).filter(model_id=model.row_id).order_by("position")


def bypasses_for(user: Any, model: Any, as_of: datetime | None = None) -> Any:
    """The projects of a model that must be done whatever their score, as far as the person may see them."""
    rows = Bypass.objects.as_of(as_of).visible_to(user).filter(model_id=model.row_id)
    return rows.select_related("project").order_by("project__code")


def editions_of(model: Any) -> list[Any]:
    """The published editions of a model, the latest first, each with who published it, when and with which note."""
    rows = ScoreModel.Version.objects.filter(row_id=model.row_id, published_edition__gt=0)
    found: dict[int, Any] = {}
    for row in rows.select_related("event").order_by("version_id"):
        if row.published_edition == row.edition:
            found.setdefault(row.edition, row)
    return sorted(found.values(), key=lambda row: -row.edition)


def ranking(user: Any, model: Any, as_of: datetime | None = None) -> list[Ranked]:
    """The scores under a model the person may see: what must be done, then best first, then what fails a gate.

    Equal totals share a place; without a total, or where a gate is failed, there is none.
    """
    rows = Score.objects.as_of(as_of).visible_to(user).filter(model_id=model.row_id)
    scores = list(rows.select_related("project__stage").defer("project__description").order_by("project__code"))
    scores.sort(key=_order)
    first_places: dict[Any, int] = {}
    for place, score in enumerate(scores, 1):
        first_places.setdefault(_order(score), place)
    now = {} if as_of else _judged_now(user, model)
    return [
        Ranked(
            first_places[_order(score)] if _has_place(score) else None,
            score,
            score.project,
            _is_outdated(score, model, now),
        )
        for score in scores
    ]


def _order(score: Any) -> tuple[bool, bool, bool, float]:
    return not score.is_mandatory, not score.is_eligible, score.total is None, -(score.total or 0)


def _has_place(score: Any) -> bool:
    return score.is_mandatory or (score.is_eligible and score.total is not None)


def _judged_now(user: Any, model: ScoreModel) -> dict[int, Scored]:
    """Each project as it would be judged now."""
    return {one.project.row_id: one for one in judge_by(model, projects_to_judge(model.portfolio, user))}


def _is_outdated(score: Any, model: Any, now: dict[int, Scored]) -> bool:
    """Whether another edition holds by now, or judging again would give something else."""
    if model.is_changed_since_published:
        return bool(score.edition != model.published_edition)
    if score.edition != model.edition:
        return True
    one = now.get(score.project_id)
    kept = score.parts, score.mandatory_reason, list(score.obstacles or [])
    return one is not None and (one.parts(), one.mandatory_reason, one.obstacles) != kept


def scores_of(user: Any, code: str, as_of: datetime | None = None) -> tuple[Project, list[Ranked]]:
    """A project the person may see and its scorecards under the models they may see."""
    project = Project.objects.readable_by(user).filter(code=code).select_related("stage").first()
    if project is None:
        raise Missing("There is no such project, or it is not open to you.")
    models = ScoreModel.objects.as_of(as_of).visible_to(user).select_related("portfolio")
    known = {model.row_id: model for model in models}
    scores = Score.objects.as_of(as_of).visible_to(user).filter(project=project, model__in=known.keys())
    return project, [
        _scorecard(user, project, score, known[score.model_id], as_of)
        for score in scores.select_related("model").order_by("model__name")
    ]


def _scorecard(user: Any, project: Project, score: Any, model: Any, as_of: datetime | None) -> Ranked:
    now = {} if as_of else {project.pk: judge_by(model, [project])[0]}
    moment = made_at(score)
    lines = _lines(model, project, score, moment)
    again = recomputed(user, score, model, moment)
    return Ranked(None, score, project, _is_outdated(score, model, now), tuple(lines), again)


def made_at(score: Any) -> datetime | None:
    """When a score became what it is."""
    if isinstance(score, Score.Version):
        return score.known_from
    version = Score.Version.objects.filter(row_id=score.pk, known_to=FOREVER).first()
    return version.known_from if version else None


def recomputed(user: Any, score: Any, model: Any, moment: datetime | None) -> float | None:
    """The total computed anew from the project, the criteria and the judgements as they were known at that moment."""
    rows = Project.objects.as_of(moment).readable_by(user).identified_by([score.project_id])
    judged = judge_by(model, list(rows), moment)
    return judged[0].total if judged else None


def _lines(model: Any, project: Project, score: Any, moment: datetime | None) -> list[Line]:
    """The parts of a score beside the criteria they were made with."""
    criteria = {criterion.label: criterion for criterion in criteria_of(model, moment)}
    series = series_of(model.row_id, moment, [project.pk]).get(project.pk, [])
    lines = []
    for part in score.parts or []:
        criterion = criteria.get(part["label"])
        trend, former = _trend(series, part["label"])
        lines.append(Line(criterion, part, trend, former, list(getattr(criterion, "levels", None) or [])))
    return lines


def _trend(series: list[dict[str, Any]], label: str) -> tuple[float | None, str]:
    """How many points a judged criterion moved since the round before, and which round that was."""
    told = [results[label] for results in series if label in results]
    if len(told) < 2:
        return None, ""
    return round(told[0]["points"] - told[1]["points"], 1), told[1]["round"]
