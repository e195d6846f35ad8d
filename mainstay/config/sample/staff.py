"""The people of the sample: one log-in for each role, project owners, and the rest of the house."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from mainstay.config.sample import facts
from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY

# Shown on the sign-in page of the demonstration, and only there.
PASSWORD = "mainstay-demo"
SEED = 1931
EVERYWHERE = {Role.ADMINISTRATOR, Role.PMO_DIRECTOR, Role.RESOURCE_MANAGER, Role.AUDITOR}


@dataclass(frozen=True)
class Login:
    """A log-in shown on the sign-in page of the demonstration."""

    name: str
    role: Role
    username: str
    job_title: str
    place: str


def logins() -> list[Login]:
    """One for each role."""
    rows = facts.read("people.toml")["role"]
    return [
        Login(row["name"], Role(row["role"]), row["username"], row["job_title"], row.get("place", "")) for row in rows
    ]


class Staff:
    """Everybody in the house, found by sign-in name."""

    def __init__(self) -> None:
        self.known: dict[str, Person] = {}
        self.managers: list[str] = []
        self.owners: dict[tuple[str, str], str] = {("DIGITAL", "Customer trust"): "grace"}

    def __getitem__(self, username: str) -> Person:
        """Somebody with the grants they hold by now."""
        person = self.known[username]
        person._held = None
        return person

    def create(self) -> None:
        """Let everybody in; only the log-ins of the roles have a password."""
        told = facts.read("people.toml")
        for login in logins():
            self._add(login.name, login.job_title, login.username, PASSWORD)
        for owner in told["owner"]:
            username = self._add(owner["name"], owner["job_title"])
            self.owners |= {(owner["portfolio"], theme): username for theme in owner["themes"]}
        names = _names(told["names"])
        for job, count in told["jobs"].items():
            added = [self._add(next(names), job) for _ in range(count)]
            self.managers += added if "roject manager" in job else []

    def _add(self, name: str, job_title: str, username: str = "", password: str = "") -> str:
        username = username or name.lower().replace("'", "").replace(" ", ".")
        email = f"{username}@northmoor.example"
        self.known[username] = create_person(
            None, actor=MAINSTAY, username=username, name=name, email=email, job_title=job_title, password=password
        )
        return username

    def give_roles(self, places: dict[str, str]) -> None:
        """Give each log-in its role, and owners the sponsor's; places are paths by code."""
        top = places["NORTHMOOR"]
        for login in logins():
            path = "/" if login.role in EVERYWHERE else places[login.place] if login.place else top
            if login.role is not Role.PROJECT_MANAGER:
                give_grant(self[login.username], actor=MAINSTAY, role=login.role, path=path)
        give_grant(self["edward"], actor=MAINSTAY, role=Role.SPONSOR, path=places["HERON"], reason="Named circle")
        give_grant(self["helen"], actor=MAINSTAY, role=Role.BOARD_MEMBER, path=places["HERON"], reason="Named circle")
        for owner in sorted(set(self.owners.values())):
            give_grant(self[owner], actor=MAINSTAY, role=Role.SPONSOR, path=top)

    def owner_of(self, portfolio: str, theme: str) -> str:
        """Who answers for a theme in a portfolio; the chief executive for what is confidential."""
        return self.owners.get((portfolio, theme), "edward")


def _names(told: dict[str, list[str]]) -> Iterator[str]:
    chance = random.Random(SEED)  # noqa: S311  (names, not secrets)
    pairs = [f"{first} {last}" for first in told["first"] for last in told["last"]]
    return iter(chance.sample(pairs, 200))
