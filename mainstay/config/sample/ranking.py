"""Projects the sample's people put elsewhere than their score does, each with the reason of the board."""

from functools import partial

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.scores import NAME
from mainstay.config.sample.staff import Staff
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.ranking import override_rank
from mainstay.evaluation.ranking.standing import Standing
from mainstay.portfolio.models import Project

MOVED = -12
# Day after the last scoring, who moves, from which place by score, to which place, and why.
MOVES = (
    (0, "amara", 14, 6, "the river authority expects a start before the bathing season"),
    (1, "priya", 4, 9, "the supplier cannot deliver before next autumn and others can begin now"),
    (3, "amara", 22, 12, "it shares its crews with the works next door, so both cost less together"),
)


def enter(staff: Staff, diary: Diary) -> None:
    """Write the moves into the diary."""
    for day, who, origin, target, reason in MOVES:
        diary.enter(MOVED + day, partial(_move, staff, who, origin, target, reason), hour=15)


def _move(staff: Staff, who: str, origin: int, target: int, reason: str) -> None:
    """Moves what stands there by its score, unless it must be done or the list is too short."""
    model, actor = ScoreModel.objects.get(name=NAME), staff[who]
    standing = Standing(actor, model)
    musts = sum(one.scored.is_mandatory for one in standing.placed)
    found = next((one for one in standing.placed if one.before == origin + musts), None)
    if found is None:
        return
    project = Project.objects.get(pk=found.scored.project_id)
    override_rank(project, actor=actor, model=model, position=target + musts, reason=reason)
