"""Which parts stand on somebody's dashboard, and in which order."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.models import SavedView
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Part, parts_for, standard

PAGE = "dashboard"
ROLES = {
    Role.EXECUTIVE: "Executive",
    Role.PORTFOLIO_MANAGER: "Portfolio manager",
    Role.PROGRAMME_MANAGER: "Programme manager",
    Role.PROJECT_MANAGER: "Project manager",
    Role.RESOURCE_MANAGER: "Resource manager",
    Role.FINANCE: "Finance",
    Role.PMO_DIRECTOR: "Project office",
}
NEAREST = {
    Role.BOARD_MEMBER: Role.EXECUTIVE,
    Role.SPONSOR: Role.EXECUTIVE,
    Role.AUDITOR: Role.EXECUTIVE,
    Role.ADMINISTRATOR: Role.PMO_DIRECTOR,
}
"""Whose dashboard somebody gets first who holds none of the roles that have one."""
MOVES = ("up", "down", "add", "remove")


def role_named(text: str) -> Role:
    """A role that has a dashboard."""
    found = next((role for role in ROLES if role.value == text), None)
    if found is None:
        raise Missing("There is no such dashboard.")
    return found


def own_role(user: Any) -> Role:
    """The role whose dashboard somebody gets first."""
    held = {grant.role for grant in access.held_by(user)}
    held |= {NEAREST[role] for role in held if role in NEAREST}
    return next((role for role in ROLES if role in held), Role.EXECUTIVE)


@dataclass(frozen=True)
class Arrangement:
    """The parts of one person's dashboard, those of one question after another."""

    role: Role
    known: dict[str, Part]
    keys: tuple[str, ...]
    is_own: bool

    @classmethod
    def of(cls, user: Any, role: Role) -> Self:
        """As the person arranged it, or as it stands from the start."""
        known = parts_for(user)
        view = SavedView.objects.filter(person=user, page=PAGE, name=role.value).first()
        if view is None:
            return cls(role, known, tuple(standard(role, user)), is_own=False)
        keys = parse_qs(view.query).get("parts", [""])[0].split(",")
        return cls(role, known, tuple(key for key in dict.fromkeys(keys) if key in known), is_own=True)

    @property
    def parts(self) -> list[Part]:
        """The parts that stand on it."""
        return [self.known[key] for key in self.keys]

    @property
    def others(self) -> list[Part]:
        """The parts that could be added."""
        return [part for key, part in self.known.items() if key not in self.keys]

    @property
    def query(self) -> str:
        """The arrangement as it is kept."""
        return urlencode({"parts": ",".join(self.keys)})

    def moved(self, key: str, move: str) -> "Arrangement":
        """With one part added, taken away, or one place further up or down among those of its question."""
        if key not in self.known or (key in self.keys) == (move == "add"):
            return self
        if move == "add":
            return self._with((*self.keys, key))
        if move == "remove":
            return self._with(tuple(one for one in self.keys if one != key))
        return self._with(self._swapped(key, -1 if move == "up" else 1))

    def _swapped(self, key: str, step: int) -> tuple[str, ...]:
        beside = [one for one in self.keys if self.known[one].question is self.known[key].question]
        place = beside.index(key) + step
        if not 0 <= place < len(beside):
            return self.keys
        other = beside[place]
        swap = {key: other, other: key}
        return tuple(swap.get(one, one) for one in self.keys)

    def _with(self, keys: tuple[str, ...]) -> "Arrangement":
        return Arrangement(self.role, self.known, keys, is_own=True)
