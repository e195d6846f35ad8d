"""A small team that tests of resources begin with."""

from dataclasses import dataclass
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Calendar, Resource, Role, Site, Skill, Team
from mainstay.resources.operations.places import add_site, create_calendar
from mainstay.resources.operations.resources import add_resource
from mainstay.resources.operations.teams import create_team
from mainstay.resources.operations.vocabulary import add_role, add_skill


@dataclass
class Staff:
    """A team of Networks with one person, and what it stands on."""

    team: Team
    role: Role
    skill: Skill
    calendar: Calendar
    site: Site
    anna: Resource

    def add(self, name: str, **fields: Any) -> Resource:
        """Another one of the team."""
        return add_resource(self.team, actor=MAINSTAY, name=name, role=self.role, **fields)


def hire(world: Any, country: str = "GB", region: str = "ENG") -> Staff:
    """A calendar, a site, a role, a skill, a team of Networks, and Anna in it."""
    calendar = create_calendar(None, actor=MAINSTAY, name="England", country=country, region=region)
    site = add_site(None, actor=MAINSTAY, name="Northmoor", calendar=calendar)
    role = add_role(None, actor=MAINSTAY, name="UX designer")
    skill = add_skill(None, actor=MAINSTAY, name="Prototyping")
    team = create_team(world.networks, actor=MAINSTAY, name="Design")
    anna = add_resource(team, actor=MAINSTAY, name="Anna Berg", role=role, site=site)
    return Staff(team, role, skill, calendar, site, anna)
