"""What money may not do: each rule is a sentence somebody can act on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.funding.balance import balance_of
from mainstay.authorisation.models import Commitment, Condition, Tranche, TrancheState
from mainstay.core import access
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import conflict_with
from mainstay.portfolio.models import Phase, Project
from mainstay.value.models import Envelope

MOST_TRANCHES = 24
TRANCHE_FIELDS = frozenset({"title", "amount", "gate", "due_date"})


def words(amount: Decimal, envelope: Any) -> str:
    """An amount with the currency of its fund."""
    return f"{envelope.fund.currency} {amount:,.2f}"


def serves(envelope_portfolio: Any, project: Any) -> bool:
    """Whether money of a portfolio may go to a project: it lies below, and within the same confidential part."""
    return project.path.startswith(envelope_portfolio.path) and project.seal == envelope_portfolio.seal


def refuse_wrong_fund(project: Project, envelope: Envelope) -> None:
    """A fund pays for the projects below its portfolio, while it is open and the year is."""
    fund = envelope.fund
    if not serves(fund.portfolio, project):
        # Else the sums of the fund would tell what a confidential project costs.
        raise Impossible(
            f"{fund} pays for projects of {fund.portfolio} only; a confidential part needs a fund of its own."
        )
    if not fund.is_open:
        raise Impossible(f"{fund} is closed for commitments.")
    refuse_closed_year(envelope)
    if project.stage.phase in {Phase.DROPPED, Phase.FINISHED}:
        raise Impossible(f"{project} is {project.stage.name.lower()}; it takes no more money.")


def refuse_closed_year(envelope: Envelope) -> None:
    """A closed year takes no new promise and no carry-over."""
    if envelope.year.is_closed:
        raise Impossible(f"{envelope.year} is closed; choose a later year.")


def refuse_too_much(envelope: Envelope, amount: Decimal) -> None:
    """The envelope, which the caller holds, covers every promise made from it."""
    left = balance_of(envelope).available
    if amount > left:
        asked = words(amount, envelope)
        raise Impossible(f"{envelope} has {words(left, envelope)} left, not {asked}; nothing was committed.")


def refuse_wrong_division(commitment: Commitment, released: Decimal, tranches: Sequence[Mapping[str, Any]]) -> None:
    """Tranches are at most what the project holds and has not been given."""
    if len(tranches) > MOST_TRANCHES:
        raise ValidationError({"tranches": f"At most {MOST_TRANCHES} tranches."})
    if any(fields.keys() - TRANCHE_FIELDS or "amount" not in fields for fields in tranches):
        raise ValidationError({"tranches": "A tranche has an amount, a title, a stage and a date."})
    whole, room = sum((fields["amount"] for fields in tranches), Decimal(0)), commitment.held - released
    if whole > room:
        asked, left = words(whole, commitment.envelope), words(room, commitment.envelope)
        raise ValidationError({"tranches": f"The tranches come to {asked}; {left} can be divided."})


def refuse_returning(commitment: Commitment, amount: Decimal) -> None:
    """Released money goes back by the tranche, everything else by the amount."""
    released = sum((row.amount for row in commitment.tranches.filter(state=TrancheState.RELEASED)), Decimal(0))
    room = commitment.held - released
    if amount > room:
        left = words(room, commitment.envelope)
        raise Impossible(f"{left} are not released yet; return a released tranche as a whole.")


def what_holds(tranche: Tranche, blocking: Mapping[int, int] | None = None) -> str:
    """Why a tranche may not be released now; nothing where it may.

    `blocking`: the number of conditions that block each project, where they were counted already.
    """
    project = tranche.commitment.project
    if tranche.state != TrancheState.HELD:
        return f"It is {tranche.get_state_display().lower()} already."
    if project.stage.phase not in {Phase.COMMITTED, Phase.FINISHED}:
        return f"{project} is {project.stage.name.lower()}; money is released once it is authorised."
    if tranche.gate is not None and project.stage.position < tranche.gate.position:
        return f"{project} has not entered {tranche.gate} yet; it is {project.stage.name.lower()}."
    counted = blocking_conditions([project.pk]) if blocking is None else blocking
    if count := counted.get(project.pk, 0):
        return f"{count} {'condition blocks' if count == 1 else 'conditions block'} it until met."
    return ""


def blocking_conditions(projects: Sequence[int]) -> dict[int, int]:
    """How many conditions block each of the projects."""
    rows = Condition.objects.in_force().filter(project__in=projects, blocks=True, met_at=None).order_by()
    counted: dict[int, int] = {}
    for pk in rows.values_list("project_id", flat=True):
        counted[pk] = counted.get(pk, 0) + 1
    return counted


def refuse_unreleasable(tranche: Tranche) -> None:
    """Money is released when its stage is reached and nothing blocks."""
    if sentence := what_holds(tranche):
        raise Impossible(f"Tranche {tranche.number} was not released. {sentence}")


def refuse_own_hand(tranche: Tranche, actor: Actor) -> None:
    """Four eyes: who promised the money or runs the project does not release it."""
    access.require(actor, Verb.FUNDING_RELEASE, tranche.commitment.envelope.fund.portfolio)
    if not isinstance(actor, Person):
        return
    if why := conflict_with(tranche.commitment.project, actor):
        raise Forbidden(f"{actor} {why}; somebody else releases its money.")
    if actor.pk == promised_by(tranche.commitment):
        raise Forbidden("You committed this money; somebody else releases it.")


def promised_by(commitment: Commitment) -> int | None:
    """Who made the commitment; None where it was Mainstay itself."""
    first = Commitment.Version.objects.filter(row_id=commitment.pk).order_by("version_id")
    return first.values_list("event__person_id", flat=True).first()
