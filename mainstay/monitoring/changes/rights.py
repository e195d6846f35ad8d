"""Who may decide a change: not whoever asked for it or whose project it is, and within what is delegated to them."""

from decimal import Decimal
from typing import Any

from mainstay.authorisation.authority import conflict_of, why_beyond
from mainstay.authorisation.sentences import money
from mainstay.core.errors import Forbidden
from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import ChangeRequest
from mainstay.portfolio.approval import own_cause, people_who_may


def amount_of(row: ChangeRequest) -> Decimal:
    """What a change has to be delegated for: what it adds to the cost or takes from the benefit, the larger."""
    return max(row.cost_effect, -row.benefit_effect, Decimal(0))


def why_own(row: ChangeRequest, person: Person) -> str:
    """Why a change is a person's own cause; nothing where it is not."""
    if row.asked_by_id == person.pk:
        return f"{person} asked for this change"
    return conflict_of(person, project=row.project)


def why_not(row: ChangeRequest, person: Person) -> str:
    """Why a change lies beyond what is delegated to a person; nothing where it does not."""
    amount, project = amount_of(row), row.project
    what = f"The change comes to {money(amount, project.currency)}"
    return why_beyond(project, amount, project.currency, person=person, what=what)


def refuse_undelegated(row: ChangeRequest, actor: Actor) -> None:
    """Refuse a decision on one's own cause, saying who can, or beyond what is delegated."""
    if not isinstance(actor, Person):
        return
    if why := why_own(row, actor):
        raise own_cause(why, Verb.CHANGEREQUEST_DECIDE, row.project, lambda one: not why_own(row, one))
    if why := why_not(row, actor):
        raise Forbidden(why)


def deciders(row: ChangeRequest) -> list[Person]:
    """Everybody who may decide a change."""
    able: Any = people_who_may(Verb.CHANGEREQUEST_DECIDE, row.project)
    return [one for one in able if not why_own(row, one) and not why_not(row, one)]
