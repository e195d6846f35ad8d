"""Nobody decides on a request of their own."""

from mainstay.core.models import Person
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import Request
from mainstay.portfolio.approval import own_cause


def refuse_own(request: Request, actor: Actor, verb: Verb) -> None:
    """Refuse a decision on what the person asked for themselves, saying who can decide."""
    if isinstance(actor, Person) and request.requester_id == actor.pk:
        why = f"{actor} asked for {request.code}"
        raise own_cause(why, verb, request.portfolio, lambda one: one.pk != actor.pk)
