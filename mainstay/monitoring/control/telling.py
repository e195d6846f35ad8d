"""Who is told when work is stopped, paused or goes on: its people, those who wait for it, and teams set free."""

from collections import defaultdict
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from mainstay.authorisation.models import Decision
from mainstay.charts import words
from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.reactions import tell
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.identification.models import Request
from mainstay.monitoring.control.release import Release
from mainstay.portfolio.models import Dependency, DependencyKind, Member, Project
from mainstay.resources.models import Team
from mainstay.resources.notices import managers_of


def tell_stopped(project: Project, release: Release, decision: Decision, actor: Actor) -> None:
    """Its people learn of it and of what remains to be done."""
    what = f"{project.name} was stopped: {decision.note} What remains to close it is on its list of actions."
    _tell_people(project, what, actor, page="project_raid")
    _tell_takers(project, f"{project.name}, which others need, was stopped", actor)
    _tell_teams(release, actor)


def tell_left(project: Project, release: Release, actor: Actor) -> None:
    """Those who wait for a project that a plan stopped; its own people learn from the plan."""
    _tell_takers(project, f"{project.name}, which others need, was stopped", actor)
    _tell_teams(release, actor)


def tell_paused(project: Project, release: Release, decision: Decision, actor: Actor) -> None:
    """Its people learn for how long it rests."""
    span = words.counted(release.months, "month")
    _tell_people(project, f"{project.name} rests for {span} from {release.on:%-d %b %Y} on: {_why(decision)}", actor)
    _tell_takers(project, f"{project.name}, which others need, rests for {span}", actor)
    _tell_teams(release, actor)


def tell_resumed(project: Project, day: Any, decision: Decision, actor: Actor) -> None:
    """Its people learn that it goes on."""
    _tell_people(project, f"{project.name} goes on from {day:%-d %b %Y}: {decision.note}", actor)


def _tell_people(project: Project, text: str, actor: Actor, page: str = "project") -> None:
    """Owner, manager, members, whoever proposed it, and whoever asked for it, as far as they may see it."""
    ids = {project.owner_id, project.manager_id, project.proposed_by_id}
    ids |= set(Member.objects.filter(project=project).values_list("person_id", flat=True))
    ids |= set(Request.objects.filter(project=project).values_list("requester_id", flat=True))
    _leave(_seeing(ids, project), text, reverse(page, args=[project.code]), actor)


def _tell_takers(project: Project, text: str, actor: Actor) -> None:
    """Owners and managers of projects that need this one, where they may know of it."""
    rows = Dependency.objects.filter(needs=project).exclude(kind=DependencyKind.EXCLUDES).select_related("project")
    for taker in {row.project_id: row.project for row in rows}.values():
        people = _seeing({taker.owner_id, taker.manager_id}, project)
        _leave(people, f"{text}; {taker.name} depends on it.", reverse("project", args=[taker.code]), actor)


def _why(decision: Decision) -> str:
    """The reason on record; of a plan nobody gave one for, its name."""
    return decision.note or f"the plan “{decision.title}” was adopted."


def _tell_teams(release: Release, actor: Actor) -> None:
    """Whoever manages the people set free; the project is not named, which they may not know."""
    free: dict[int, Any] = defaultdict(float)
    teams: dict[int, Team] = {}
    for sign, rows in ((1, release.bookings.before), (-1, release.bookings.after)):
        for row in rows:
            teams[row.resource.team_id] = row.resource.team
            free[row.resource.team_id] += sign * float(row.hours)
    for pk, team in teams.items():
        people = [team.manager] if team.manager is not None else managers_of(team)
        text = f"{words.number(free[pk])} booked hours of {team} are free again from {release.on:%-d %b %Y} on."
        _leave(people, text, reverse("capacity"), actor)


def _seeing(ids: set[int | None], project: Project) -> list[Person]:
    rows: QuerySet[Person] = Person.objects.filter(pk__in=ids - {None}, is_active=True)
    return [person for person in rows if access.may(person, Verb.SEE_REGISTER, project)]


def _leave(people: list[Person], text: str, url: str, actor: Actor) -> None:
    told = [person for person in people if person.pk != actor.pk and person.is_active]
    if told:
        transaction.on_commit(partial(tell, told, text, url))
