"""Scoring the projects of a portfolio."""

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Score, ScoreModel
from mainstay.evaluation.scoring import Scored, judge_by, projects_to_judge


@operation(Verb.PROJECTS_SCORE)
def score_projects(model: ScoreModel, *, actor: Actor) -> int:
    """Score every project below the model's portfolio; gives the number of scores that changed."""
    access.require(actor, Verb.SEE_FIGURES, model.portfolio)
    if model.is_changed_since_published:
        raise Impossible(f"Edition {model.edition} of {model.name} is not published yet; publish it, then score.")
    scored = judge_by(model, projects_to_judge(model.portfolio, actor))
    known = {score.project_id: score for score in Score.objects.filter(model=model)}
    old = [_set(known[one.project.pk], one, model) for one in scored if one.project.pk in known]
    new = [_set(Score(project=one.project, model=model), one, model) for one in scored if one.project.pk not in known]
    history.create_many(new)
    return len(new) + history.save_many(old)


def _set(score: Score, scored: Scored, model: ScoreModel) -> Score:
    score.total, score.rated_share, score.parts = scored.total, scored.rated_share, scored.parts()
    score.mandatory_reason, score.obstacles = scored.mandatory_reason, scored.obstacles
    score.edition, score.project_version = model.edition, scored.project.version
    return score
