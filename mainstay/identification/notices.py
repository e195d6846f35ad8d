"""Who is told when a request moves on: the requester, its officer, or everybody who triages there."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from mainstay.core.access import ROOT
from mainstay.core.models import Grant, Person
from mainstay.core.reactions import tell
from mainstay.core.roles import Role
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import Request
from mainstay.portfolio.models import Portfolio

MOST_TOLD = 20


def tell_requester(request: Request, actor: Actor, what: str) -> None:
    """Leave a notice for whoever asked, unless they did it themselves."""
    _tell(request, [request.requester], actor, what)


def tell_officer(request: Request, actor: Actor, what: str) -> None:
    """Leave a notice for the officer, or for those who triage there while nobody is named."""
    people = [request.officer] if request.officer is not None else triagers(request.portfolio)
    _tell(request, people, actor, what)


def triagers(portfolio: Portfolio) -> list[Person]:
    """Those who may be named officer of a request in a portfolio."""
    roles = [role.value for role in Role if Verb.REQUEST_ASSIGN in role.verbs]
    keys = portfolio.path.strip("/").split("/")
    paths = [ROOT] + ["/" + "/".join(keys[: depth + 1]) + "/" for depth in range(len(keys))]
    held = Grant.objects.in_force().filter(role__in=roles, path__in=paths, person__is_active=True)
    if portfolio.seal:
        unsealing = [role.value for role in Role if Verb.SEE_CONFIDENTIAL in role.verbs]
        held = held.filter(Q(path__startswith=portfolio.seal) | Q(role__in=unsealing))
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name")[:MOST_TOLD])


def _tell(request: Request, people: list[Person], actor: Actor, what: str) -> None:
    others = [person for person in people if person.pk != actor.pk]
    text = f"{request.code} {request.title or 'without a title'} {what}."
    address = reverse("request", args=[request.code])
    transaction.on_commit(partial(tell, others, text, address))
