"""Who may decide what: never one's own cause, never beyond what was delegated."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.authorisation.sentences import money
from mainstay.core.errors import Forbidden
from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.governance.boards.queries import own_delegations
from mainstay.governance.models import Board, Delegation
from mainstay.portfolio.models import Project
from mainstay.value.queries import rates_on


def conflict_of(person: Any, *, project: Any = None, scenario: Any = None, review: Any = None) -> str:
    """Why this is a person's own cause; nothing where it is not."""
    ties = []
    if project is not None:
        ties += [(project.owner_id, "owns"), (project.manager_id, "manages"), (project.proposed_by_id, "proposed")]
    found = [f"{word} {project.name}" for key, word in ties if key == person.pk]
    if review is not None and review.asked_by_id == person.pk:
        found.append(f"brought {review.project.name} before the gate")
    if scenario is not None and scenario.owner_id == person.pk:
        found.append(f"owns the scenario {scenario.name}")
    return f"{person} {' and '.join(found)}" if found else ""


def why_beyond(
    project: Project, amount: Decimal | None, currency: str, *, person: Any = None, board: Any = None
) -> str:
    """Why an amount for a project lies beyond what a board or a person may decide; nothing where it does not."""
    own, are_written = own_delegations(project, person=person, board=board)
    holder = board.name if board is not None else str(person)
    if not are_written or any(row.up_to is None for row in own):
        return ""
    if not own:
        return f"Nothing is delegated to {holder} for {project.name}."
    if amount is None:
        return f"The cost of {project.name} is not known, and {holder} decides {_widest(own)} only."
    if any(_reaches(row, amount, currency) for row in own):
        return ""
    return f"{project.name} costs {money(amount, currency)}; {holder} decides {_widest(own)}."


def _widest(rows: Iterable[Delegation]) -> str:
    return max(rows, key=lambda row: row.up_to or 0).limit_words


def _reaches(row: Delegation, amount: Decimal, currency: str) -> bool:
    rates = rates_on(timezone.localdate(), {currency, row.currency})
    converted = rates.convert({currency: amount}, row.currency)
    return converted.is_whole and row.up_to is not None and converted.amount <= row.up_to


def refuse_unauthorised(
    actor: Actor,
    project: Project,
    amount: Decimal | None = None,
    currency: str = "",
    *,
    board: Board | None = None,
    review: Any = None,
) -> None:
    """Refuse a decision on one's own cause or beyond what is delegated; a board's limit counts where it decides."""
    if isinstance(actor, Person) and (why := conflict_of(actor, project=project, review=review)):
        raise Forbidden(f"Nobody decides on their own cause: {why}.")
    if board is None and not isinstance(actor, Person):
        return
    known = project.cost if amount is None else amount
    if why := why_beyond(project, known, currency or project.currency, person=actor, board=board):
        raise Forbidden(why)
