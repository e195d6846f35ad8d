"""Benefits and their readings in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.value.operations import Read, add_benefit, record_readings
from tests.permissions.rows import Room, Row

FIGURE, HIDDEN = Decimal("1234567.89"), Decimal("77123456.78")
_PROJECT, _ONE = {"code": "project"}, {"benefit_id": "benefit"}
_NEW = {"name": "Less power", "kind": "cashable", "target": "1000", "profile": "steady", "first_month": "2026-01",
        "waiting": "0", "months": "12", "attribution": "100"}  # fmt: skip
_READ = {"month": "2026-02", "amount": "5", "evidence": "Bill", "confidence": "high"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A benefit with a reading, in Networks and where it is secret."""
    return _promised(world.pumps, "Less power", FIGURE), _promised(world.heron, "Less zq7secret", HIDDEN)


def _promised(project: Project, name: str, target: Decimal) -> dict[str, Any]:
    made = add_benefit(project, actor=MAINSTAY, name=name, target=target, first_month=date(2026, 1, 1))
    other = add_benefit(project, actor=MAINSTAY, name=f"{name} too", target=target, first_month=date(2026, 1, 1))
    (row,) = record_readings(made, actor=MAINSTAY, readings=[Read(date(2026, 1, 1), target, f"Bill of {name}")])
    return {"benefit": made.pk, "unread": other.pk, "benefit_reading": row.pk}


ROOM = Room(
    pages={
        "benefits": Row(Verb.SEE_FIGURES),
        "project_benefits": Row(Verb.SEE_FIGURES, arguments=_PROJECT),
        "benefit_new": Row(Verb.BENEFIT_ADD, Verb.BENEFIT_ADD, arguments=_PROJECT, sent=_NEW),
        "benefit": Row(Verb.SEE_FIGURES, arguments=_ONE),
        "benefit_edit": Row(Verb.BENEFIT_EDIT, Verb.BENEFIT_EDIT, arguments=_ONE, sent=_NEW | {"version": "1"}),
        "benefit_removal": Row(None, Verb.BENEFIT_REMOVE, arguments={"benefit_id": "unread"}),
        "benefit_reading_removal": Row(None, Verb.READING_REMOVE, arguments=_ONE | {"reading_id": "benefit_reading"}),
        "benefit_reminders": Row(None, Verb.READINGS_REMIND, place="somewhere"),
        "benefit_needs": Row(None, Verb.BENEFITNEEDS_SET, arguments=_ONE),
        "benefit_readings": Row(None, Verb.BENEFIT_EDIT, arguments=_ONE, sent=_READ),
        "benefit_verification": Row(None, Verb.READINGS_VERIFY, arguments=_ONE, sent={"month": "2026-01-01"}),
    },
    arguments={"benefit_id": "benefit", "reading_id": "benefit_reading"},
    sent={
        "benefit.add": {"name": "Less power", "target": "1000", "first_month": "2026-01-01"},
        "benefit.edit": {"note": "Agreed"},
        "benefitneeds.set": {"needed": []},
        "readings.record": {"readings": [{"month": "2026-02-01", "amount": "5", "evidence": "Bill"}]},
        "readings.verify": {"months": ["2026-01-01"]},
    },
    otherwise={"readings.record": Verb.BENEFIT_EDIT},
    reads={"see.benefit": Verb.SEE_FIGURES},
    placed=frozenset({"benefit", "unread", "benefit_reading"}),
    furnish=furnish,
)
