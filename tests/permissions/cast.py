"""The cast of the permission table: one person for each role, and the world they stand in.

Everybody's role is for the portfolio Networks. What lies outside carries marks that must never reach them.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client

from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.core.models import Event, Grant, Notice, Person, Run
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.keeping import save_view
from mainstay.core.operations.people import create_person, deactivate_person
from mainstay.core.operations.tokens import issue_token
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.models import Portfolio, Programme, Project, Stage, Transition
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.operations.tree import create_portfolio, create_programme
from mainstay.value.operations import add_currency
from tests.permissions.rooms import ROOMS
from tests.world import PASSWORD, World, build_world

MARKS = ("zq7outside", "zq7secret", "77123456.78", "77,123,456.78", "77.1m", "zq7milestone")
FIGURES = ("1234567.89", "1,234,567.89", "2345678.91", "2,345,678.91")
OUTSIDERS = ("anonymous", "nobody", "closed")
ROLES = tuple(role.value for role in Role)
EVERYBODY = (*ROLES, *OUTSIDERS)
APART = ("portfolio_manager", "project_manager", "auditor", "nobody")
FARTHEST_APART = ("administrator", "portfolio_manager", "project_manager", "requester", "auditor", *OUTSIDERS)


def asked() -> tuple[str, ...]:
    """Whom the table asks: everybody, and on PostgreSQL those whose rights lie farthest apart.

    Rights are the same words on every database; what PostgreSQL could do otherwise are the queries they become.
    """
    return EVERYBODY if connection.vendor == "sqlite" else APART


# What lies outside is closed to every role by where it lies; the widest roles and the narrowest would show a leak.
STRANGERS_OUTSIDE = tuple(who for who in FARTHEST_APART if who not in {"anonymous", "closed"})


@dataclass
class Cast:
    """The world with a person for every role."""

    world: World
    inside: dict[str, Any]
    outside: dict[str, Any]
    browsers: dict[str, Client] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in."""
        if who not in self.browsers:
            self.browsers[who] = Client()
            if who != "anonymous":
                self.browsers[who].force_login(Person.objects.get(username=who))
        return self.browsers[who]

    def token(self, who: str) -> str:
        """A key with every scope for a program of this person."""
        person = Person.objects.get(username=who)
        return issue_token(person, actor=person, name="Test", scopes=["read", "write"])[1]


def gather() -> Cast:
    """Build the world and its people."""
    world = build_world()
    _mark_what_is_outside(world)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("1234567.89"), benefit=Decimal("2345678.91"))
    milestone = add_milestone(world.pumps, actor=MAINSTAY, name="Pumps ordered", due_date="2027-03-31")
    dependency = add_dependency(world.pumps, actor=MAINSTAY, needs=world.meters)
    add_dependency(world.pumps, actor=MAINSTAY, needs=world.heron, kind="finish_to_start", note="A secret part")
    for role in Role:
        person = create_person(None, actor=MAINSTAY, username=role.value, name=role.label, password=PASSWORD)
        give_grant(person, actor=MAINSTAY, role=role, path=world.networks.path)
    create_person(None, actor=MAINSTAY, username="nobody", name="No Body", password=PASSWORD)
    closed = create_person(None, actor=MAINSTAY, username="closed", name="Closed Door", password=PASSWORD)
    give_grant(closed, actor=MAINSTAY, role=Role.PMO_DIRECTOR, path="/")
    _, closed_key = issue_token(closed, actor=closed, name="Test", scopes=["read", "write"])
    deactivate_person(closed, actor=MAINSTAY)
    member = add_member(world.pumps, actor=MAINSTAY, person=world.controller, role=Role.FINANCE)
    event = Event.objects.filter(verb="project.edit", row_id=world.pumps.pk).first()
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="text")
    inside = {"project": "PUMPS", "portfolio": "NET", "programme": "SMART", "member": member.pk, "event": event.pk}
    inside |= {"username": "dora", "grant": Grant.objects.get(person__username="dora").pk}
    inside |= {"stage": "under_evaluation", "field": "region", "way": Transition.objects.get(action="Start").pk}
    add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
    inside |= {"closed_key": closed_key, "currency": "EUR", "nothing": "nothing"}
    inside |= {"milestone": milestone.pk, "dependency": dependency.pk}
    inside |= _chosen(world, world.networks, "Plan for Networks")
    inside |= _of_others(world)
    outside = _outside(world)
    for room in ROOMS:
        if room.furnish:
            more_inside, more_outside = room.furnish(world)
            inside |= more_inside
            outside |= more_outside
    cast = Cast(world, inside, outside)
    for who in EVERYBODY:
        cast.client(who)
    return cast


def _chosen(world: World, portfolio: Portfolio, name: str) -> dict[str, Any]:
    """A score model, a solved selection and the decision on it, in a portfolio."""
    candidate = Stage.objects.get(key="candidate")
    for project in Project.objects.filter(portfolio=portfolio):
        advance_project(project, actor=MAINSTAY, target=candidate)
    risk = Wanted("Risk", "risk", worst=Decimal(100), best=Decimal(0), weight=Decimal(100))
    model = create_model(portfolio, actor=MAINSTAY, name=f"Model: {name}", criteria=[risk])
    score_projects(model, actor=MAINSTAY)
    selection, decided = (
        prepare_selection(portfolio, actor=MAINSTAY, name=title, maximise="benefit", budget=Decimal(budget))
        for title, budget in ((name, 90_000_000), (f"{name}, decided", 1))
    )
    for one in (selection, decided):
        solve_now(one, actor=world.director, seconds=5)
    decision = adopt_selection(decided, actor=world.director)
    return {"model": model.pk, "selection": selection.pk, "decision": decision.pk}


def _of_others(world: World) -> dict[str, Any]:
    """What belongs to a person who is not in the table."""
    other = world.administrator
    token, _ = issue_token(other, actor=other, name="zq7token", scopes=["read"])
    view = save_view(None, actor=other, page="projects", name="zq7view", query="sort=name")
    run = Run.objects.create(kind="import", title="zq7run", person=other)
    notice = Notice.objects.create(person=other, text="zq7notice")
    return {"token": token.pk, "view": view.pk, "run": run.pk, "notice": notice.pk}


def _mark_what_is_outside(world: World) -> None:
    money = {"cost": Decimal("77123456.78"), "benefit": Decimal("77123456.78")}
    edit_project(world.depot, actor=MAINSTAY, name="Depot zq7outside", theme="zq7outside", **money)
    edit_project(world.heron, actor=MAINSTAY, name="Heron zq7secret", theme="zq7secret", **money)
    add_milestone(world.heron, actor=MAINSTAY, name="zq7milestone", due_date="2027-01-31")


def _outside(world: World) -> dict[str, Any]:
    elsewhere: Portfolio = create_portfolio(world.top, actor=MAINSTAY, name="Elsewhere zq7outside", code="ELSE")
    programme: Programme = create_programme(elsewhere, actor=MAINSTAY, name="Far zq7outside", code="FAR")
    project: Project = world.depot
    milestone = add_milestone(project, actor=MAINSTAY, name="zq7milestone", due_date="2027-02-28")
    dependency = add_dependency(project, actor=MAINSTAY, needs=world.heron)
    member = add_member(project, actor=MAINSTAY, person=world.controller, role=Role.FINANCE)
    event = Event.objects.filter(verb="project.edit", row_id=project.pk).first()
    hidden = _chosen(world, world.secret, "zq7plan")
    places = {"project": project.code, "portfolio": elsewhere.code, "programme": programme.code}
    parts = {"milestone": milestone.pk, "dependency": dependency.pk, "member": member.pk}
    return hidden | places | parts | {"event": event.pk, "stage": "under_evaluation"}
