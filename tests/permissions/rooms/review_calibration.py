"""Calibration in the permission table."""

from mainstay.core.verbs import Verb
from tests.permissions.rows import Room, Row

ROOM = Room(
    pages={
        "calibration": Row((Verb.SEE_FIGURES,), place="somewhere"),
        "calibration_offer": Row(
            None, Verb.CORRECTION_OFFER, place="somewhere", sent={"portfolio": "NET", "class": "Resilience"}
        ),
    },
    reads={"see.calibration": (Verb.SEE_FIGURES,)},
)
