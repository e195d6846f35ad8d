"""A small world that tests begin with: one tree, five people with their roles, four projects."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Portfolio, Programme, Project
from mainstay.portfolio.operations.projects import propose_project
from mainstay.portfolio.operations.tree import create_portfolio, create_programme
from mainstay.portfolio.standard import set_up

PASSWORD = "correct-horse-battery"


@dataclass
class World:
    """What is in the small world; people are fetched fresh so that their grants are read anew."""

    top: Portfolio
    networks: Portfolio
    secret: Portfolio
    programme: Programme
    pumps: Project
    meters: Project
    depot: Project
    heron: Project

    def person(self, username: str) -> Person:
        """Somebody, as they are now."""
        return Person.objects.get(username=username)

    @property
    def sponsor(self) -> Person:
        """Grace, sponsor of everything open."""
        return self.person("grace")

    @property
    def portfolio_manager(self) -> Person:
        """Amara, portfolio manager of Networks."""
        return self.person("amara")

    @property
    def project_manager(self) -> Person:
        """Jonas, project manager of the pumps only."""
        return self.person("jonas")

    @property
    def controller(self) -> Person:
        """Mei, finance for everything open."""
        return self.person("mei")

    @property
    def stranger(self) -> Person:
        """Tom, who holds no grant."""
        return self.person("tom")

    @property
    def administrator(self) -> Person:
        """Ada, administrator."""
        return self.person("ada")

    @property
    def director(self) -> Person:
        """Dora, PMO director, who also sees what is confidential."""
        return self.person("dora")


PEOPLE = (
    ("grace", "Grace Okafor", Role.SPONSOR, "top"),
    ("amara", "Amara Diallo", Role.PORTFOLIO_MANAGER, "networks"),
    ("jonas", "Jonas Weber", Role.PROJECT_MANAGER, "pumps"),
    ("mei", "Mei Tanaka", Role.FINANCE, "top"),
    ("tom", "Tom Stranger", None, ""),
    ("ada", "Ada Admin", Role.ADMINISTRATOR, "root"),
    ("dora", "Dora Director", Role.PMO_DIRECTOR, "root"),
)


def build_world() -> World:
    """Lay down the small world in an empty database."""
    set_up()
    top = create_portfolio(None, actor=MAINSTAY, name="Northmoor", code="NM")
    networks = create_portfolio(top, actor=MAINSTAY, name="Networks", code="NET")
    secret = create_portfolio(top, actor=MAINSTAY, name="Undisclosed", code="UND", is_confidential=True)
    programme = create_programme(networks, actor=MAINSTAY, name="Smart network", code="SMART")
    pumps = _project(networks, "PUMPS", "Replace the pumps", "1200000.00", "2000000.00", 30, programme=programme)
    meters = _project(networks, "METERS", "Smart meters", "800000.00", "1500000.00", 60)
    depot = _project(top, "DEPOT", "New depot", "400000.00", "450000.00", 10)
    heron = _project(secret, "HERON", "Project Heron", "9999999.00", "12345678.00", 80)
    world = World(top, networks, secret, programme, pumps, meters, depot, heron)
    for username, name, role, place in PEOPLE:
        person = create_person(None, actor=MAINSTAY, username=username, name=name, password=PASSWORD)
        if role:
            path = "/" if place == "root" else getattr(world, place).path
            give_grant(person, actor=MAINSTAY, role=role, path=path)
    return world


def _project(portfolio: Portfolio, code: str, name: str, cost: str, benefit: str, risk: int, **more: Any) -> Project:
    return propose_project(
        portfolio,
        actor=MAINSTAY,
        code=code,
        name=name,
        cost=Decimal(cost),
        benefit=Decimal(benefit),
        risk=risk,
        theme="Resilience",
        **more,
    )
