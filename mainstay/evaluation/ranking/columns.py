"""What ranking adds to lists of projects: the place under the score model that scored a project last."""

from typing import Any

from mainstay.evaluation.appraisal.columns import LookedUp, table_of
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.ranking.standing import Standing
from mainstay.portfolio.queries import Column, Kind, Reading
from mainstay.portfolio.queries.remember import remembered


def ranks_of(reading: Reading) -> dict[int, int]:
    """The place of every project with one that the person may see, moves by hand included; by project."""
    return remembered(reading, f"ranks of {reading.user.pk}", lambda: _ranks(reading))


def _ranks(reading: Reading) -> dict[int, int]:
    models = ScoreModel.objects.as_of(reading.as_of).visible_to(reading.user).order_by(reading.key)
    found: dict[int, int] = {}
    for model in models:
        standing = Standing(reading.user, model, reading.as_of)
        found |= {one.scored.project_id: one.place for one in standing.placed}
    return found


def _rank(reading: Reading) -> Any:
    return LookedUp(reading.key, table_of(ranks_of(reading)))


RANK = Column("rank", "Rank", Kind.NUMBER, "rank_by_score", read=_rank)
