"""Pairwise sessions: inviting, answering, closing, and letting the outcome become weights."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible, Missing
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.comparing import Group, shares_by_key, standings_of
from mainstay.evaluation.models import (
    Compared,
    Comparison,
    PairwiseSession,
    Participant,
    ScoreModel,
    SessionState,
    Together,
)
from mainstay.evaluation.operations.models import new_edition
from mainstay.evaluation.operations.scores import score_projects
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Portfolio
from mainstay.strategy.models import Driver
from mainstay.strategy.operations.drivers import weigh_drivers
from mainstay.strategy.queries.drivers import drivers_in_use

LEAST_THINGS, MOST_THINGS, MOST_PARTICIPANTS = 2, 15, 50
SMALLEST, LARGEST = 1 / 9, 9.0
NEAR = 1e-9


@operation(Verb.SESSION_OPEN)
def open_session(
    portfolio: Portfolio,
    *,
    actor: Actor,
    name: str,
    participants: Sequence[Person],
    model: ScoreModel | None = None,
    due_date: date | None = None,
    note: str = "",
    cycle: Cycle | None = None,
    together: str = Together.JUDGEMENTS,
) -> PairwiseSession:
    """Invite people to compare the criteria of a score model in pairs, or without a model the strategy's drivers."""
    if model is not None and model.portfolio_id != portfolio.pk:
        raise ValidationError({"model": f"{model.name} belongs to another portfolio."})
    things = _criteria(model) if model else _drivers(actor, portfolio)
    if not LEAST_THINGS <= len(things) <= MOST_THINGS:
        raise ValidationError(
            {"model": f"There are {len(things)} to compare; it takes {LEAST_THINGS} to {MOST_THINGS}."}
        )
    session = PairwiseSession(portfolio=portfolio, model=model, things=things, name=name.strip(), note=note.strip())
    session.subject = Compared.CRITERIA if model else Compared.DRIVERS
    session.cycle, session.due_date, session.together = cycle or getattr(model, "cycle", None), due_date, together
    session.moderator = actor if isinstance(actor, Person) else None
    history.about(history.create(session))
    _invite(session, participants)
    return session


def _criteria(model: ScoreModel) -> list[dict[str, Any]]:
    rows = model.criteria.filter(weight__gt=0).order_by("position")
    return [{"key": row.label, "label": row.label, "help": row.question} for row in rows]


def _drivers(actor: Actor, portfolio: Portfolio) -> list[dict[str, Any]]:
    rows = drivers_in_use(actor, portfolio)
    return [{"key": row.code, "label": row.name, "help": row.description[:300]} for row in rows]


def _invite(session: PairwiseSession, people: Sequence[Person]) -> None:
    if not 1 <= len(people) <= MOST_PARTICIPANTS:
        raise ValidationError({"participants": f"Invite 1 to {MOST_PARTICIPANTS} people."})
    for person in Person.objects.active().filter(pk__in=[one.pk for one in people]).order_by("pk"):
        if not access.may(person, Verb.PAIR_COMPARE, session.portfolio):
            told = f"{person} may not compare in {session.portfolio.name}; give them the role of an executive there."
            raise ValidationError({"participants": told})
        history.create(Participant(session=session, person=person))


@operation(Verb.PAIR_COMPARE)
def compare_pair(participant: Participant, *, actor: Actor, left: str, right: str, ratio: float | None) -> Comparison:
    """Say how many times more the left one counts than the right one; without a ratio the pair is skipped."""
    if actor.pk is None or participant.person_id != actor.pk:
        raise Missing("There is no such session, or you are not invited to it.")
    session = PairwiseSession.objects.select_for_update(of=("self",)).get(pk=participant.session_id)
    if not session.is_open:
        raise Impossible(f"{session.name} is closed; nobody answers any more.")
    places = {key: place for place, key in enumerate(session.keys)}
    if left not in places or right not in places or left == right:
        raise ValidationError({"left": "These two are not compared in this session."})
    if ratio is not None and not SMALLEST - NEAR <= ratio <= LARGEST + NEAR:
        raise ValidationError({"ratio": "The answer lies between 1/9 and 9."})
    if places[left] > places[right]:
        left, right, ratio = right, left, None if ratio is None else 1 / ratio
    row = participant.comparisons.filter(left=left, right=right).first()
    if row is None:
        return history.create(Comparison(participant=participant, left=left, right=right, ratio=ratio))
    row.ratio = ratio
    return history.save(row)


@operation(Verb.SESSION_CLOSE)
def close_session(
    session: PairwiseSession, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> PairwiseSession:
    """End the blind part: nobody answers any more, and what the group says may be told."""
    if not session.is_open:
        raise Impossible(f"{session.name} is {session.get_state_display().lower()} already.")
    session.state = SessionState.CLOSED
    return history.save(session)


@operation(Verb.SESSION_PUBLISH)
def publish_session(
    session: PairwiseSession,
    *,
    actor: Actor,
    reason: str,
    together: str = "",
    expected_version: int | None = None,
) -> PairwiseSession:
    """Let the group's weights count: as a new edition of the score model, or as the weights of the drivers."""
    if session.state != SessionState.CLOSED:
        raise Impossible(f"{session.name} is {session.get_state_display().lower()}; close it, then publish it once.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why these weights shall count from now on."})
    session.together = together or session.together
    group = Group(session, list(standings_of(session, session.participants.all()).values()))
    if not group.is_ready:
        raise Impossible("The answers give no weights yet: too few pairs were compared.")
    if session.model_id:
        weights = _weigh_criteria(session, group.weights, reason, actor)
    else:
        weights = _weigh_drivers(session, group.weights, reason, actor)
    session.weights = {key: str(weight) for key, weight in weights.items()}
    session.state = SessionState.PUBLISHED
    return history.about(history.save(session))


def _weigh_criteria(
    session: PairwiseSession, weights: Sequence[float], reason: str, actor: Actor
) -> dict[str, Decimal]:
    model = ScoreModel.objects.select_for_update(of=("self",)).get(pk=session.model_id)
    if model.is_changed_since_published:
        raise Impossible(f"{model.name} has changes that are not published; publish them first.")
    rows = {row.label: row for row in model.criteria.filter(weight__gt=0)}
    if rows.keys() != set(session.keys):
        raise Impossible(f"The criteria of {model.name} are others than those compared; open a new session.")
    found = dict(shares_by_key(session, weights, sum((row.weight for row in rows.values()), Decimal())))
    changed = [label for label in found if rows[label].weight != found[label]]
    for label in changed:
        rows[label].weight = found[label]
        history.save(rows[label])
    if changed:
        new_edition(model)
    model.published_edition, model.edition_note = model.edition, f"{session.name}: {reason.strip()}"[:500]
    session.published_edition = history.save(model).edition
    if access.may(actor, Verb.PROJECTS_SCORE, model.portfolio) and model.scores.exists():
        score_projects(model, actor=actor)
    return found


def _weigh_drivers(
    session: PairwiseSession, weights: Sequence[float], reason: str, actor: Actor
) -> dict[str, Decimal]:
    found = dict(shares_by_key(session, weights))
    rows = list(Driver.objects.filter(code__in=found))
    if len(rows) != len(found):
        raise Impossible("Some of these drivers no longer exist; open a new session.")
    weigh_drivers(rows, actor=actor, weights={row.pk: found[row.code] for row in rows}, reason=reason)
    return found
