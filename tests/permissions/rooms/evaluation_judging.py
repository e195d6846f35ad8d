"""Scoring rounds, pairwise sessions and what surrounds score models, in the permission table.

Everybody whose role lets them judge is invited to the round and the session inside, nobody to those outside.
"""

from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.criteria import judged
from mainstay.evaluation.operations.models import create_model, grant_bypass
from mainstay.evaluation.operations.pairwise import open_session
from mainstay.evaluation.operations.rounds import open_round
from tests.evaluation.judging import person
from tests.permissions.rows import SIGNED_IN, Room, Row

JUDGES = ("evaluator", "board_member", "executive")
LEVELS = ((0, "Not at all"), (100, "Fully"))
_ROUND = {"round_id": "round"}
_SESSION = {"session_id": "session"}
_MODEL = {"model_id": "judged_model"}
_ITEM = _ROUND | {"code": "project"}
_SEEN = (Verb.SEE_JUDGEMENTS, Verb.JUDGEMENT_GIVE)
_SEEN_SESSION = (Verb.SEE_JUDGEMENTS, Verb.PAIR_COMPARE)


def _model(portfolio: Any, mark: str) -> ScoreModel:
    criteria = [judged(f"{name} {mark}", Decimal(50), LEVELS) for name in ("Fit", "Reach")]
    return create_model(portfolio, actor=MAINSTAY, name=f"Judged {mark}", criteria=criteria)


def _held(portfolio: Any, project: Any, people: list[Person], mark: str) -> dict[str, Any]:
    model = _model(portfolio, mark)
    held = open_round(model, actor=MAINSTAY, name=f"Round {mark}", projects=[project], evaluators=people)
    session = open_session(
        portfolio, actor=MAINSTAY, name=f"Session {mark}", participants=people, model=model, note=f"Note {mark}"
    )
    bypass = grant_bypass(project, actor=MAINSTAY, model=model, reason=f"Law {mark}")
    return {"round": held.pk, "session": session.pk, "bypass": bypass.pk, "judged_model": model.pk}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A round and a session in Networks, and both once more in what is confidential."""
    people = list(Person.objects.filter(username__in=JUDGES))
    judge = person(world, "zq7judge", place=world.secret)
    return (
        _held(world.networks, world.pumps, people, "of Networks"),
        _held(world.secret, world.heron, [judge], "zq7secret"),
    )


ROOM = Room(
    pages={
        "score_model_publication": Row(None, Verb.MODEL_PUBLISH, arguments=_MODEL, sent={"reason": "First"}),
        "bypasses": Row(None, Verb.BYPASS_GRANT, arguments=_MODEL, sent={"project": "METERS", "reason": "Law"}),
        "bypass_removal": Row(None, Verb.BYPASS_LIFT, arguments=_MODEL | {"bypass_id": "bypass"}),
        "scoring_rounds": Row(SIGNED_IN),
        "scoring_round_new": Row(Verb.ROUND_OPEN, Verb.ROUND_OPEN, arguments=_MODEL),
        "scoring_round": Row(_SEEN, arguments=_ROUND),
        "scoring_round_edit": Row(Verb.ROUND_EDIT, Verb.ROUND_EDIT, arguments=_ROUND),
        "scoring_round_closing": Row(None, Verb.ROUND_CLOSE, arguments=_ROUND),
        "scoring_round_repetition": Row(None, Verb.ROUND_REPEAT, arguments=_ROUND),
        "scoring_round_finish": Row(None, Verb.ROUND_FINISH, arguments=_ROUND),
        "judging": Row(Verb.JUDGEMENT_GIVE, arguments=_ROUND),
        "judgement": Row(Verb.JUDGEMENT_GIVE, Verb.JUDGEMENT_GIVE, arguments=_ITEM, sent={"level-0": "1"}),
        "recusal": Row(None, Verb.JUDGEMENT_RECUSE, arguments=_ITEM, sent={"reason": "Family"}),
        "pairwise_sessions": Row(SIGNED_IN),
        "pairwise_new": Row(Verb.SESSION_OPEN, Verb.SESSION_OPEN, query="portfolio=NET", sent={"portfolio": "NET"}),
        "pairwise_session": Row(_SEEN_SESSION, arguments=_SESSION),
        "comparing": Row(Verb.PAIR_COMPARE, Verb.PAIR_COMPARE, arguments=_SESSION, sent={"way": "skip"}),
        "pairwise_closing": Row(None, Verb.SESSION_CLOSE, arguments=_SESSION),
        "pairwise_publication": Row(Verb.SESSION_PUBLISH, Verb.SESSION_PUBLISH, arguments=_SESSION),
    },
    arguments={"round_id": "round", "session_id": "session", "bypass_id": "bypass"},
    sent={
        "model.publish": {"note": "First"},
        "bypass.grant": {"project": "METERS", "reason": "Law"},
        "round.open": {"name": "Another", "projects": ["PUMPS"], "evaluators": ["evaluator"]},
        "round.edit": {"note": "Be quick"},
        "judgement.give": {"judgements": [{"criterion": "Fit of Networks", "level": 1}]},
        "judgement.recuse": {"conflict": "Family"},
        "session.open": {"portfolio": "NET", "name": "Another", "participants": ["evaluator"]},
        "pair.compare": {"left": "Fit of Networks", "right": "Reach of Networks", "ratio": 3},
        "session.publish": {"reason": "Agreed"},
    },
    reads={
        "see.round": _SEEN,
        "see.round.progress": _SEEN,
        "see.round.result": _SEEN,
        "see.round.note": _SEEN,
        "see.round.tasks": Verb.JUDGEMENT_GIVE,
        "see.session": _SEEN_SESSION,
        "see.session.group": _SEEN_SESSION,
        "see.session.own": Verb.PAIR_COMPARE,
        "see.session.effect": Verb.SESSION_PUBLISH,
    },
    placed=frozenset({"round", "session", "bypass", "judged_model"}),
    furnish=furnish,
)
