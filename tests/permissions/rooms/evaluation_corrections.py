"""Corrections in the permission table: offered by the office, switched on by whoever may change the case."""

from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.operations.corrections import offer_correction
from mainstay.portfolio.models import Portfolio
from tests.permissions.rows import SIGNED_IN, KeyOf, Room, Row

_FIGURES, _EDIT = (Verb.SEE_FIGURES,), Verb.PROJECT_EDIT
_SENT = {"what": "benefit", "class_by": "theme", "class_value": "Resilience", "factor": "0.9", "cases": 9}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A correction of Networks, and one that is confidential."""
    return _offered(world.networks, "1.16", "Nine projects"), _offered(world.secret, "7.717", "zq7secret projects")


def _offered(place: Portfolio, factor: str, source: str) -> dict[str, Any]:
    terms = {"what": "cost", "class_by": "theme", "class_value": "Resilience", "cases": 9, "source": source}
    made = offer_correction(place, actor=MAINSTAY, factor=Decimal(factor), **terms)
    return {"correction": made.pk}


ROOM = Room(
    pages={
        "corrections": Row(_FIGURES, place="somewhere"),
        "correction_withdrawal": Row(
            None, Verb.CORRECTION_WITHDRAW, arguments={"correction_id": "correction"}, sent={"version": "1"}
        ),
        "case_correction": Row(None, _EDIT, arguments={"case_id": "case", "correction_id": "correction"}),
    },
    arguments={"correction_id": "correction"},
    sent={
        "correction.offer": _SENT | {"portfolio": "NET"},
        "correction.apply": {"correction": KeyOf("correction")},
    },
    otherwise={"correction.apply": _EDIT, "correction.lift": _EDIT},
    reads={"see.corrections": SIGNED_IN, "see.case.corrections": Verb.SEE_FIGURES},
    placed=frozenset({"correction"}),
    furnish=furnish,
)
