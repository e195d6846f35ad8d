"""Ranked lists, matrices, sensitivity and the check of a model in the permission table: figures, all of them."""

from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.ranking import override_rank
from tests.permissions.rows import Room, Row

_FIGURES = (Verb.SEE_FIGURES,)
_MODEL = {"model_id": "model"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The pumps moved by hand in Networks, and Heron where nobody may look."""
    return {"override": _moved(world.networks, world.pumps, "for Networks")}, {
        "override": _moved(world.secret, world.heron, "zq7secret")
    }


def _moved(portfolio: Any, project: Any, mark: str) -> int:
    model = ScoreModel.objects.get(portfolio=portfolio, scores__project=project)
    return override_rank(project, actor=MAINSTAY, model=model, position=1, reason=f"Moved {mark}").pk


ROOM = Room(
    pages={
        "ranking": Row(_FIGURES, place="somewhere"),
        "matrix": Row(_FIGURES, place="somewhere"),
        "sensitivity": Row(_FIGURES, place="somewhere"),
        "ranking_news": Row(_FIGURES, arguments=_MODEL),
        "score_model_check": Row(_FIGURES, arguments=_MODEL),
        "rank_overrides": Row(
            None, Verb.RANK_OVERRIDE, arguments=_MODEL, sent={"row": "METERS", "position": "1", "reason": "Law"}
        ),
        "rank_restoration": Row(None, Verb.RANK_RESTORE, arguments=_MODEL, sent={"row": "PUMPS"}),
        "rank_confirmation": Row(None, Verb.RANK_OVERRIDE, arguments=_MODEL, sent={"row": "PUMPS"}),
        "sensitivity_weights": Row(None, Verb.MODEL_EDIT, arguments=_MODEL, sent={"weight-c0": "100"}),
    },
    arguments={"override_id": "override"},
    sent={"rank.override": {"project": "METERS", "position": 1, "reason": "Law"}},
    reads=dict.fromkeys(("see.ranking", "see.sensitivity", "see.matrix", "see.model.check"), Verb.SEE_FIGURES),
    placed=frozenset({"override"}),
    furnish=furnish,
)
