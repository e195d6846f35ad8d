"""The cast of the permission table: one person for each role, and the world they stand in.

Everybody's role is for the portfolio Networks. What lies outside carries marks that must never reach them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person, deactivate_person
from mainstay.core.operations.tokens import issue_token
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Portfolio, Programme, Project
from mainstay.portfolio.operations.parts import add_dependency, add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.tree import create_portfolio, create_programme
from tests.world import PASSWORD, World, build_world

MARKS = ("zq7outside", "zq7secret", "77123456.78", "77,123,456.78", "77.1m", "zq7milestone")
FIGURES = ("1234567.89", "1,234,567.89", "2345678.91", "2,345,678.91")
OUTSIDERS = ("anonymous", "nobody", "closed")
ROLES = tuple(role.value for role in Role)
EVERYBODY = (*ROLES, *OUTSIDERS)


@dataclass
class Cast:
    """The world with a person for every role."""

    world: World
    inside: dict[str, Any]
    outside: dict[str, Any]

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in."""
        browser = Client()
        if who != "anonymous":
            browser.force_login(Person.objects.get(username=who))
        return browser

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
    for role in Role:
        person = create_person(None, actor=MAINSTAY, username=role.value, name=role.label, password=PASSWORD)
        give_grant(person, actor=MAINSTAY, role=role, path=world.networks.path)
    create_person(None, actor=MAINSTAY, username="nobody", name="No Body", password=PASSWORD)
    closed = create_person(None, actor=MAINSTAY, username="closed", name="Closed Door", password=PASSWORD)
    give_grant(closed, actor=MAINSTAY, role=Role.PMO_DIRECTOR, path="/")
    deactivate_person(closed, actor=MAINSTAY)
    inside = {"project": "PUMPS", "portfolio": "NET", "programme": "SMART"}
    inside |= {"milestone": milestone.pk, "dependency": dependency.pk}
    return Cast(world, inside, _outside(world))


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
    outside = {"project": project.code, "portfolio": elsewhere.code, "programme": programme.code}
    return outside | {"milestone": milestone.pk, "dependency": dependency.pk}
