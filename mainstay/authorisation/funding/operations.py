"""Promising money to projects, dividing, releasing and returning it, and carrying it over.

Whoever promises or takes holds the envelope first, so that what many do at once never adds up to more than it holds.
The order is always the same: the row the operation is about, its tranches, then envelopes by their number.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.funding import rules
from mainstay.authorisation.funding.balance import balance_of, held_of, hold_tranches, locked
from mainstay.authorisation.models import CarryOver, Commitment, Decision, Tranche, TrancheState
from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.value.models import Envelope, Fund

NOTHING = Decimal(0)


@operation(Verb.FUNDING_COMMIT)
def commit_funding(
    project: Project,
    *,
    actor: Actor,
    envelope: Envelope,
    amount: Decimal,
    note: str = "",
    decision: Decision | None = None,
    reason: str = "",
) -> Commitment:
    """Promise a project money of an envelope; refused where the envelope does not hold it."""
    (held,) = locked([envelope.pk])
    access.require(actor, Verb.FUNDING_COMMIT, held.fund.portfolio)
    rules.refuse_wrong_fund(project, held)
    rules.refuse_too_much(held, amount)
    made = Commitment(project=project, envelope=held, amount=amount, note=note.strip(), decision=decision)
    return history.create(made)


@operation(Verb.FUNDING_DIVIDE)
def divide_commitment(
    commitment: Commitment,
    *,
    actor: Actor,
    tranches: Sequence[Mapping[str, Any]],
    expected_version: int | None = None,
    reason: str = "",
) -> list[Tranche]:
    """Divide what is not released of a commitment into tranches, each with its stage; the earlier division goes."""
    hold_tranches(commitment)
    kept = list(commitment.tranches.exclude(state=TrancheState.HELD))
    held = sum((row.amount for row in kept if row.state == TrancheState.RELEASED), NOTHING)
    rules.refuse_wrong_division(commitment, held, tranches)
    for row in commitment.tranches.filter(state=TrancheState.HELD):
        history.remove(row)
    first = max((row.number for row in kept), default=0) + 1
    made = [
        history.create(Tranche(commitment=commitment, number=number, **fields))
        for number, fields in enumerate(tranches, first)
    ]
    history.save_whole(commitment)
    return made


@operation(Verb.FUNDING_RELEASE)
def release_tranche(
    tranche: Tranche, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> Tranche:
    """Let a project spend a tranche: its stage is reached, nothing blocks, and another hand promised it."""
    locked([tranche.commitment.envelope_id])
    rules.refuse_unreleasable(tranche)
    rules.refuse_own_hand(tranche, actor)
    tranche.state, tranche.released_at = TrancheState.RELEASED, surrounding().now()
    tranche.released_by = actor if isinstance(actor, Person) else None
    return history.save(tranche)


@operation(Verb.FUNDING_RETURN)
def return_funding(
    commitment: Commitment,
    *,
    actor: Actor,
    reason: str,
    amount: Decimal | None = None,
    tranche: Tranche | None = None,
    expected_version: int | None = None,
) -> Commitment:
    """Give money back to its envelope: an amount not released yet, or a whole tranche."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the money goes back."})
    return returned(commitment, amount=amount, tranche=tranche)


def returned(commitment: Commitment, *, amount: Decimal | None = None, tranche: Tranche | None = None) -> Commitment:
    """Give money back to its envelope within the operation that calls, as stopping a project does."""
    hold_tranches(commitment)
    locked([commitment.envelope_id])
    if tranche is not None:
        amount = _give_back(commitment, tranche)
    elif amount is None or amount <= 0:
        raise ValidationError({"amount": "Say how much goes back."})
    else:
        rules.refuse_returning(commitment, amount)
    commitment.returned += amount
    _trim(commitment)
    return history.save(commitment)


def _give_back(commitment: Commitment, tranche: Tranche) -> Decimal:
    fresh = commitment.tranches.filter(pk=tranche.pk).exclude(state=TrancheState.RETURNED).first()
    if fresh is None:
        raise Impossible("This tranche was returned already.")
    fresh.state = TrancheState.RETURNED
    history.save(fresh)
    return fresh.amount


def _trim(commitment: Commitment) -> None:
    """Let the tranches still held fit into what is left, the last one first."""
    over = held_of(commitment) - commitment.held
    for row in commitment.tranches.filter(state=TrancheState.HELD).order_by("-number"):
        if over <= 0:
            return
        cut = min(over, row.amount)
        over -= cut
        if cut == row.amount:
            row.state = TrancheState.RETURNED
        else:
            row.amount -= cut
        history.save(row)


@operation(Verb.FUNDING_CARRY)
def carry_over(
    fund: Fund,
    *,
    actor: Actor,
    origin: Envelope,
    target: Envelope,
    amount: Decimal,
    reason: str,
) -> CarryOver:
    """Take what is left of a fund's envelope into another of its years."""
    rows = {row.pk: row for row in locked([origin.pk, target.pk]) if row.fund_id == fund.pk}
    if len(rows) != 2:
        raise ValidationError({"target": "Choose two years of this fund."})
    rules.refuse_closed_year(rows[target.pk])
    left = balance_of(rows[origin.pk]).available
    if amount > left:
        raise Impossible(
            f"{origin.year} of {fund} has {rules.words(left, origin)} left; no more can be carried over."
        )
    made = CarryOver(origin=rows[origin.pk], target=rows[target.pk], amount=amount, reason=reason.strip())
    made.carried_at = surrounding().now()
    return history.create(made)
