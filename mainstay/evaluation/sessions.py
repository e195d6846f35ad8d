"""What the pages of pairwise sessions read."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import Grant, Person
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Comparison, PairwiseSession, Participant, SessionState
from mainstay.strategy.models import Driver

COMPARING_ROLES = tuple(role for role in Role if Verb.PAIR_COMPARE in role.verbs)


@dataclass(frozen=True)
class Done:
    """How far one participant is; never what they said."""

    participant: Any
    answered: int
    total: int


def sessions_for(user: Any, as_of: datetime | None = None) -> Any:
    """The pairwise sessions a person may see, the latest first."""
    rows = PairwiseSession.objects.as_of(as_of).visible_to(user)
    rows = rows.select_related("portfolio", "cycle", "model", "moderator")
    return rows.order_by("-row_id" if as_of else "-pk")


def session_for(user: Any, session_id: int, as_of: datetime | None = None) -> Any:
    """A pairwise session the person may see, as known at a moment."""
    session = sessions_for(user, as_of).identified_by([session_id]).first()
    if session is None:
        raise Missing("There is no such pairwise session, or it is not open to you.")
    return session


def participant_for(user: Any, session: Any) -> Any:
    """The participant a person is; Missing where they are not invited."""
    participant = invited(user, session)
    if participant is None:
        raise Missing("There is no such session, or you are not invited to it.")
    return participant


def invited(user: Any, session: Any) -> Any:
    """The participant a person is in a session, or None."""
    if user.pk is None:
        return None
    return Participant.objects.filter(session_id=session.row_id, person_id=user.pk).first()


def participants_of(session: Any) -> list[Any]:
    """Everybody invited, by name."""
    rows = Participant.objects.filter(session_id=session.row_id).select_related("person")
    return list(rows.order_by("person__name"))


def pairs_in(session: Any) -> int:
    """How many pairs there are to compare."""
    count = len(session.things)
    return count * (count - 1) // 2


def done_by(session: Any) -> list[Done]:
    """How many pairs each participant answered or skipped, by name."""
    rows = Comparison.objects.filter(participant__session_id=session.row_id)
    given = Counter(rows.order_by().values_list("participant_id", flat=True))
    return [Done(one, given[one.pk], pairs_in(session)) for one in participants_of(session)]


def waiting_for(user: Any) -> list[tuple[Any, int]]:
    """The open sessions in which a person has pairs left, with their number."""
    if not access.may_somewhere(user, Verb.PAIR_COMPARE):
        return []
    mine = Participant.objects.filter(person_id=user.pk, session__state=SessionState.OPEN).select_related("session")
    left = [(one.session, pairs_in(one.session) - one.comparisons.count()) for one in mine]
    return [(session, count) for session, count in left if count > 0]


def session_before(session: Any) -> Any:
    """The session published before this one about the same model or the same portfolio's drivers, or None."""
    rows = PairwiseSession.objects.filter(state=SessionState.PUBLISHED, subject=session.subject)
    rows = rows.filter(portfolio_id=session.portfolio_id, model_id=session.model_id, pk__lt=session.row_id)
    return rows.order_by("-pk").first()


def weights_today(session: Any) -> dict[str, Decimal]:
    """What counts today, in percent by key: the weights of the criteria or of the drivers."""
    if session.model_id:
        return dict(session.model.criteria.filter(label__in=session.keys).values_list("label", "weight"))
    return dict(Driver.objects.filter(code__in=session.keys).values_list("code", "weight"))


def likely_participants(portfolio: Any) -> Any:
    """People who may compare in a portfolio, by name."""
    grants = Grant.objects.in_force().filter(role__in=COMPARING_ROLES).values_list("person_id", "path")
    known = {person for person, path in grants if portfolio.path.startswith(path)}
    people = Person.objects.active().filter(pk__in=known).order_by("name")
    may = [person.pk for person in people if access.may(person, Verb.PAIR_COMPARE, portfolio)]
    return people.filter(pk__in=may)
