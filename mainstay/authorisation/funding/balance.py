"""What is left of an envelope: one formula, read in a constant number of queries for any number of envelopes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from mainstay.authorisation.models import CarryOver, Commitment, Tranche, TrancheState
from mainstay.value.models import Envelope

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """The sums of an envelope, in the currency of its fund."""

    amount: Decimal = NOTHING
    held_back: Decimal = NOTHING
    carried_in: Decimal = NOTHING
    carried_out: Decimal = NOTHING
    promised: Decimal = NOTHING
    returned: Decimal = NOTHING
    released: Decimal = NOTHING

    @property
    def committed(self) -> Decimal:
        """What projects still hold of it: promised less returned."""
        return self.promised - self.returned

    @property
    def waiting(self) -> Decimal:
        """Committed and not released yet."""
        return self.committed - self.released

    @property
    def whole(self) -> Decimal:
        """What may be promised at most: the amount with what came in, less what went out and is held back."""
        return self.amount + self.carried_in - self.carried_out - self.held_back

    @property
    def available(self) -> Decimal:
        """What may still be promised."""
        return self.whole - self.committed

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


def balances(envelopes: Iterable[Any], as_of: datetime | None = None) -> dict[int, Balance]:
    """The balance of each envelope by its number, as known at a moment."""
    rows = list(envelopes)
    ids = [row.row_id for row in rows]
    commitments = Commitment.objects.as_of(as_of).filter(envelope_id__in=ids)
    promised = _sums(commitments, "envelope_id", "amount")
    returned = _sums(commitments, "envelope_id", "returned")
    released = _released(commitments, as_of)
    carried = CarryOver.objects.as_of(as_of)
    came_in = _sums(carried.filter(target_id__in=ids), "target_id", "amount")
    went_out = _sums(carried.filter(origin_id__in=ids), "origin_id", "amount")
    return {
        row.row_id: Balance(
            amount=row.amount,
            held_back=row.held_back,
            carried_in=came_in[row.row_id],
            carried_out=went_out[row.row_id],
            promised=promised[row.row_id],
            returned=returned[row.row_id],
            released=released[row.row_id],
        )
        for row in rows
    }


def balance_of(envelope: Envelope) -> Balance:
    """The balance of one envelope as it is now."""
    return balances([envelope])[envelope.pk]


def promises_of(envelope: Envelope) -> Decimal:
    """What the envelope must cover: what is committed and carried on, less what was carried in."""
    found = balance_of(envelope)
    return found.committed + found.carried_out - found.carried_in


def _sums(rows: Any, by: str, what: str) -> dict[int, Decimal]:
    found = rows.order_by().values(by).annotate(whole=Sum(what)).values_list(by, "whole")
    return defaultdict(lambda: NOTHING, found)


def _released(commitments: Any, as_of: datetime | None) -> dict[int, Decimal]:
    """What is released of each envelope."""
    tranches = Tranche.objects.as_of(as_of).filter(state=TrancheState.RELEASED)
    if as_of is None:
        return _sums(tranches.filter(commitment__in=commitments), "commitment__envelope_id", "amount")
    envelope_of = dict(commitments.values_list("row_id", "envelope_id"))
    sums: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    by_commitment = _sums(tranches.filter(commitment_id__in=list(envelope_of)), "commitment_id", "amount")
    for commitment, amount in by_commitment.items():
        sums[envelope_of[commitment]] += amount
    return sums


def locked(ids: Iterable[int]) -> list[Envelope]:
    """Envelopes as they are now, held until the end; always in one order, so that two never wait in a ring."""
    rows = Envelope.objects.filter(pk__in=sorted(set(ids))).order_by("pk").select_related("fund__portfolio", "year")
    return list(rows.select_for_update(of=("self",)))


def held_of(commitment: Commitment) -> Decimal:
    """What the tranches of a commitment cover that are not returned."""
    rows = commitment.tranches.exclude(state=TrancheState.RETURNED)
    return rows.aggregate(whole=Sum("amount"))["whole"] or NOTHING


def hold_tranches(commitment: Commitment) -> None:
    """Hold the tranches of a commitment until the end, before its envelope, as releasing one does."""
    list(commitment.tranches.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
