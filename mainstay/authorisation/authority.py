"""Who may decide what: never one's own cause, never beyond what was delegated."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.authorisation.sentences import money
from mainstay.core.errors import Forbidden
from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.governance.boards.queries import every_delegation, own_delegations
from mainstay.governance.models import Board, Delegation
from mainstay.portfolio.approval import conflict_with, conflicts_with, limit, own_cause, own_project
from mainstay.portfolio.models import Project
from mainstay.value.queries import rates_on


def conflict_of(person: Any, *, project: Any = None, scenario: Any = None, review: Any = None) -> str:
    """Why this is a person's own cause; nothing where it is not."""
    found = [conflict_with(project, person)] if project is not None else []
    if review is not None and review.asked_by_id == person.pk:
        found.append(f"brought {review.project.name} before the gate")
    if scenario is not None and scenario.owner_id == person.pk:
        found.append(f"owns the scenario {scenario.name}")
    why = " and ".join(filter(None, found))
    return f"{person} {why}" if why else ""


def refuse_own_cause(actor: Actor, verb: Verb, **subject: Any) -> None:
    """Refuse a decision on one's own cause and say who can; `subject` as for `conflict_of`."""
    if isinstance(actor, Person) and (why := conflict_of(actor, **subject)):
        scenario = subject.get("scenario")
        placed = scenario.portfolio if scenario is not None else subject["project"]
        raise own_cause(why, verb, placed, lambda one: not conflict_of(one, **subject))


def why_beyond(
    project: Project,
    amount: Decimal | None,
    currency: str,
    *,
    person: Any = None,
    board: Any = None,
    written: list[Delegation] | None = None,
    what: str = "",
) -> str:
    """Why an amount for a project lies beyond what a board or a person may decide; nothing where it does not.

    what: what the amount is, in the words of the refusal; by default what the project costs.
    """
    own, are_written = own_delegations(project, person=person, board=board, written=written)
    holder = board.name if board is not None else str(person)
    if not are_written or any(row.up_to is None for row in own):
        return ""
    if not own:
        return f"Nothing is delegated to {holder} for {project.name}."
    if amount is None:
        return f"The cost of {project.name} is not known, and {holder} decides {_widest(own)} only."
    if any(_reaches(row, amount, currency) for row in own):
        return ""
    told = what or f"{project.name} costs {money(amount, currency)}"
    return f"{told}; {holder} decides {_widest(own)}."


def _widest(rows: Iterable[Delegation]) -> str:
    return max(rows, key=lambda row: row.up_to or 0).limit_words


def _reaches(row: Delegation, amount: Decimal, currency: str) -> bool:
    if currency == row.currency:
        return row.up_to is not None and amount <= row.up_to
    rates = rates_on(timezone.localdate(), {currency, row.currency})
    converted = rates.convert({currency: amount}, row.currency)
    return converted.is_whole and row.up_to is not None and converted.amount <= row.up_to


def refuse_unauthorised_any(actor: Actor, projects: Sequence[Project], verb: Verb) -> None:
    """Refuse a decision that commits to several projects, where one is the actor's own or beyond their limit."""
    if not isinstance(actor, Person) or not projects:
        return
    own = conflicts_with(projects, actor)
    if first := next((project for project in projects if project.pk in own), None):
        raise own_project(first, actor, own[first.pk], verb)
    written = every_delegation()
    for project in projects:
        if why := why_beyond(project, project.cost, project.currency, person=actor, written=written):
            raise Forbidden(why)


@limit
def beyond_delegation(project: Project, person: Person) -> str:
    """Why a project costs more than was delegated to a person; nothing where it does not."""
    return why_beyond(project, project.cost, project.currency, person=person)


def refuse_unauthorised(
    actor: Actor,
    project: Project,
    amount: Decimal | None = None,
    currency: str = "",
    *,
    board: Board | None = None,
    review: Any = None,
    verb: Verb = Verb.PROJECT_AUTHORISE,
) -> None:
    """Refuse a decision on one's own cause or beyond what is delegated; a board's limit counts where it decides."""
    refuse_own_cause(actor, verb, project=project, review=review)
    if board is None and not isinstance(actor, Person):
        return
    known = project.cost if amount is None else amount
    if why := why_beyond(project, known, currency or project.currency, person=actor, board=board):
        raise Forbidden(why)
