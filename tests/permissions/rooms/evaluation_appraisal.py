"""Appraisals, risks by portfolio and discount rates in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.operations.discount import set_discount
from tests.permissions.rows import SIGNED_IN, Room, Row

_FIGURES = (Verb.SEE_FIGURES,)


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A rate of Networks, and one that is confidential."""
    set_discount(world.networks, actor=MAINSTAY, from_date=date(2020, 1, 1), rate=Decimal(6))
    set_discount(world.secret, actor=MAINSTAY, from_date=date(2020, 1, 1), rate=Decimal("7.717"))
    return {}, {}


ROOM = Room(
    pages={
        "appraisals": Row(_FIGURES, place="somewhere"),
        "case_appraisal": Row(_FIGURES, arguments={"case_id": "case"}),
        "risks": Row(_FIGURES, place="somewhere"),
        "discount_rates": Row(_FIGURES, Verb.DISCOUNT_SET, place="somewhere"),
    },
    sent={"discount.set": {"portfolio": "NET", "from_date": "2027-01-01", "rate": "6"}},
    reads={"see.case.appraisal": Verb.SEE_FIGURES, "see.appraisals": SIGNED_IN, "see.risk.matrix": SIGNED_IN},
    furnish=furnish,
)
