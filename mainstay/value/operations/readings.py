"""Recording what came of benefits, with evidence, and verifying it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core import access, history
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.value.models import Benefit, BenefitReading, Confidence


@dataclass(frozen=True)
class Read:
    """What came in a month, in the currency or unit of the benefit, and by what one sees it."""

    month: date
    amount: Decimal
    evidence: str = ""
    link: str = ""
    confidence: str = Confidence.MEDIUM


@operation(Verb.READINGS_RECORD)
def record_readings(
    benefit: Benefit, *, actor: Actor, readings: Sequence[Read], reason: str = ""
) -> list[BenefitReading]:
    """Say what came in months that have begun: whoever owns the benefit, or may change it. A month told again is
    corrected, and must be verified anew."""
    if actor.pk != benefit.owner_id:
        access.require(actor, Verb.BENEFIT_EDIT, benefit.project)
    known = {row.month: row for row in benefit.readings.all()}
    changed = []
    for read in readings:
        _refuse_unfit(read)
        row = known.get(read.month.replace(day=1)) or BenefitReading(benefit=benefit, month=read.month)
        if row.pk is None or _differs(row, read):
            changed.append(_written(row, read, actor))
    history.about(benefit)
    return changed


@operation(Verb.READING_REMOVE)
def remove_reading(
    reading: BenefitReading, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> None:
    """Take a reading back; one that finance has verified stays."""
    if reading.verified_at is not None:
        raise Impossible("Finance has verified this reading; record the month again to correct it.")
    history.remove(reading)


@operation(Verb.READINGS_VERIFY)
def verify_readings(
    benefit: Benefit, *, actor: Actor, months: Sequence[date], reason: str = ""
) -> list[BenefitReading]:
    """Confirm from the books what was read; never by whoever recorded it."""
    wanted = {month.replace(day=1) for month in months}
    rows = list(benefit.readings.filter(month__in=wanted, verified_at=None).order_by("month"))
    if len(rows) < len(wanted):
        raise Impossible("Not every month named waits to be verified.")
    if any(row.recorded_by_id == actor.pk for row in rows) or benefit.owner_id == actor.pk:
        raise Forbidden("Nobody verifies what they recorded or answer for.")
    for row in rows:
        row.verified_by_id, row.verified_at = actor.pk, surrounding().now()
    history.save_many(rows)
    history.about(benefit)
    return rows


def _refuse_unfit(read: Read) -> None:
    if read.month.replace(day=1) > timezone.localdate(surrounding().now()):
        raise ValidationError({"month": f"{read.month:%B %Y} has not begun yet."})
    if not read.evidence.strip():
        raise ValidationError({"evidence": "Say by what one sees that it came."})


def _differs(row: BenefitReading, read: Read) -> bool:
    told = (row.amount, row.evidence, row.link, row.confidence)
    return told != (read.amount, read.evidence.strip(), read.link, read.confidence)


def _written(row: BenefitReading, read: Read, actor: Actor) -> BenefitReading:
    row.amount, row.evidence, row.link, row.confidence = (
        read.amount,
        read.evidence.strip(),
        read.link,
        read.confidence,
    )
    row.recorded_by_id, row.verified_by_id, row.verified_at = actor.pk, None, None
    return history.create(row) if row.pk is None else history.save(row)
