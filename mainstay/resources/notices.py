"""Who is told when a staffing request moves on: the project that asked, or those who manage the team asked."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from mainstay.core import access
from mainstay.core.access import ROOT
from mainstay.core.models import Grant, Person
from mainstay.core.reactions import tell
from mainstay.core.roles import Role
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.resources.models import StaffingRequest, Team

MOST_TOLD = 20


def tell_project(request: StaffingRequest, actor: Actor, what: str) -> None:
    """Leave a notice for whoever asked and for the project's manager."""
    people = {one.pk: one for one in (request.asked_by, request.project.manager) if one is not None}
    _tell(request, list(people.values()), actor, what)


def tell_team(request: StaffingRequest, actor: Actor, what: str) -> None:
    """Leave a notice for the manager of the team asked, or for those who may offer there while nobody is named."""
    team = request.team
    people = [team.manager] if team.manager is not None else managers_of(team)
    _tell(request, people, actor, what)


def managers_of(team: Team) -> list[Person]:
    """Those who manage people in the portfolio of a team."""
    roles = [role.value for role in Role if role is Role.RESOURCE_MANAGER]
    place = team.portfolio
    keys = place.path.strip("/").split("/")
    paths = [ROOT] + ["/" + "/".join(keys[: depth + 1]) + "/" for depth in range(len(keys))]
    held = Grant.objects.in_force().filter(role__in=roles, path__in=paths, person__is_active=True)
    if place.seal:
        unsealing = [role.value for role in Role if Verb.SEE_CONFIDENTIAL in role.verbs]
        held = held.filter(Q(path__startswith=place.seal) | Q(role__in=unsealing))
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name")[:MOST_TOLD])


def _tell(request: StaffingRequest, people: list[Person], actor: Actor, what: str) -> None:
    """Everybody but the actor; the project is named to those who may know of it."""
    address = reverse("staffing_request", args=[request.pk])
    for person in people:
        if person.pk == actor.pk or not person.is_active:
            continue
        known = access.may(person, Verb.SEE_REGISTER, request.project)
        of = f" of {request.project.code}" if known else ""
        transaction.on_commit(partial(tell, [person], f"Staffing{of}, {request.role}: {what}", address))
