"""Who is told when a round or a session opens, is repeated or ends."""

from typing import Any

from django.urls import reverse

from mainstay.core.models import Event
from mainstay.core.operation import on
from mainstay.core.reactions import tell
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Evaluator, PairwiseSession, Participant, ScoringRound
from mainstay.evaluation.rounds import tasks_of


def _until(row: ScoringRound | PairwiseSession) -> str:
    return f", until {row.due_date:%-d %B}" if row.due_date else ""


def _fresh(model: Any, event: Event) -> Any:
    """The rows that the event made."""
    made = model.Version.objects.filter(event=event, version=1).values("row_id")
    return model.objects.filter(pk__in=made)


@on(Verb.ROUND_OPEN)
@on(Verb.ROUND_EDIT)
def tell_invited_evaluators(event: Event) -> None:
    """Evaluators learn how much waits for them."""
    for evaluator in _fresh(Evaluator, event).select_related("round", "person"):
        _tell_evaluator(evaluator, event)


@on(Verb.ROUND_REPEAT)
def tell_of_repeated_round(event: Event) -> None:
    """Evaluators learn what is judged again."""
    for evaluator in Evaluator.objects.filter(round_id=event.row_id).select_related("round", "person"):
        _tell_evaluator(evaluator, event)


def _tell_evaluator(evaluator: Evaluator, event: Event) -> None:
    held = evaluator.round
    left = sum(task.is_waiting for task in tasks_of(evaluator.person, held, evaluator))
    if held.is_open and left:
        again = " again" if held.turn > 1 else ""
        text = f"{left} to score{again}: {held.name}{_until(held)}."
        tell([evaluator.person], text, reverse("judging", args=[held.pk]), event)


@on(Verb.ROUND_FINISH)
def tell_of_finished_round(event: Event) -> None:
    """Evaluators learn that the result is there, with a note for each alone."""
    held = ScoringRound.objects.filter(pk=event.row_id).first()
    if held is not None:
        people = [row.person for row in held.evaluators.select_related("person") if row.person_id != event.person_id]
        tell(people, f"{held.name} is finished; see the result and your own note.", _page(held), event)


def _page(held: ScoringRound) -> str:
    return reverse("scoring_round", args=[held.pk])


@on(Verb.SESSION_OPEN)
def tell_invited_participants(event: Event) -> None:
    """Participants learn that they are asked to compare."""
    for one in _fresh(Participant, event).select_related("session", "person"):
        count = len(one.session.things)
        text = f"{count * (count - 1) // 2} pairs to compare: {one.session.name}{_until(one.session)}."
        tell([one.person], text, reverse("comparing", args=[one.session_id]), event)


@on(Verb.SESSION_PUBLISH)
def tell_of_published_session(event: Event) -> None:
    """Participants learn that the weights count."""
    session = PairwiseSession.objects.filter(pk=event.row_id).first()
    if session is not None:
        people = [row.person for row in session.participants.select_related("person")]
        people = [person for person in people if person.pk != event.person_id]
        text = f"The weights of {session.name} count from now on."
        tell(people, text, reverse("pairwise_session", args=[session.pk]), event)
