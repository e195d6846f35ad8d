"""A dashboard as its page shows it: the parts below the questions they answer, and a sentence that sums them up."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mainstay.cockpit.dashboards.arrangement import ROLES, Arrangement, own_role
from mainstay.cockpit.dashboards.showing import Shown, Stage, nouns_of
from mainstay.core.roles import Role
from mainstay.portfolio.dashboard import Part, Question, Sight, parts_for

USUAL: dict[Role, dict[str, str]] = {Role.PROJECT_MANAGER: {"manager": "me"}}
"""What a dashboard looks at while nobody says otherwise."""
OPTIONS = ("value", "plan")


def sight_of(request: Any, role: Role | None = None, options: Mapping[str, str] | None = None, **named: str) -> Sight:
    """What an address of a dashboard looks at; `named` and `options` where the page itself says them."""
    options = options or {name: request.GET[name][:20] for name in OPTIONS if request.GET.get(name)}
    return Sight.asked(request, USUAL.get(role) if role else None, named, options)


class Board:
    """Parts on a page, below their questions."""

    def __init__(self, sight: Sight, groups: list[tuple[Question, list[Part]]]) -> None:
        self.sight, self.groups = sight, groups
        self.parts = [part for _, parts in groups for part in parts]

    @cached_property
    def shown(self) -> dict[str, Shown]:
        """The parts by key."""
        return {one.key: one for one in Stage(self.sight, self.parts).shown()}

    @property
    def by_question(self) -> list[tuple[Question, list[Shown]]]:
        """The parts below the questions they help to answer."""
        return [(question, [self.shown[part.key] for part in parts]) for question, parts in self.groups]

    @property
    def finding(self) -> str:
        """What the parts say together, at most one clause for each question."""
        clauses = []
        for _, parts in self.groups:
            said = [self.shown[part.key].headline for part in parts if self.shown[part.key].headline]
            clauses += said[:1]
        text = "; ".join(clauses)
        return f"{text[:1].upper()}{text[1:]}." if text else "Nothing can be said yet: there is no work to look at."

    @property
    def topics(self) -> str:
        """What the page wants to be told of while it is open; the past does not change."""
        return " ".join(sorted(nouns_of(self.parts))) if self.sight.is_today else ""

    def changed(self, known: Iterable[str]) -> list[Shown]:
        """The parts that an open page does not show as they are now."""
        seen = set(known)
        return [one for one in self.shown.values() if one.known not in seen]


class PortfolioBoard(Board):
    """The parts on the page of a portfolio, the same for everybody."""

    KEYS = (
        "figures",
        "health",
        "stages",
        "confidence",
        "ends",
        "trend",
        "below",
        "programmes",
        "value_risk",
        "themes",
    )

    def __init__(self, request: Any, portfolio: Any) -> None:
        sight = sight_of(request, portfolio=portfolio.code)
        known = parts_for(request.user)
        parts = [known[key] for key in self.KEYS if key in known]
        super().__init__(sight, grouped(parts))
        self.here = f"{request.path}{sight.address()}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count yet."""
        return not self.shown["figures"].headline

    @property
    def by_question(self) -> list[tuple[Question, list[Shown]]]:
        """The parts below their questions; without any project only the portfolios and programmes there are."""
        if not self.is_empty:
            return super().by_question
        return [(question, [one for one in parts if one.key == "below"]) for question, parts in super().by_question][
            :1
        ]


def grouped(parts: Iterable[Part]) -> list[tuple[Question, list[Part]]]:
    """Parts below the questions they help to answer; questions without parts are left out."""
    parts = list(parts)
    found = [(question, [part for part in parts if part.question is question]) for question in Question]
    return [(question, inside) for question, inside in found if inside]


class DashboardPage(Board):
    """The dashboard of a role, as one person arranged it."""

    def __init__(self, request: Any, role: Role) -> None:
        self.request, self.role = request, role
        self.arrangement = Arrangement.of(request.user, role)
        super().__init__(sight_of(request, role), grouped(self.arrangement.parts))

    @property
    def title(self) -> str:
        """Whose dashboard it is."""
        return f"{ROLES[self.role]} dashboard"

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The dashboards of all roles, one's own first."""
        own = own_role(self.request.user)
        named = [own, *(role for role in ROLES if role is not own)]
        return [
            {"label": ROLES[role], "url": self._address("dashboard", role), "active": role is self.role}
            for role in named
        ]

    @property
    def here(self) -> str:
        """The address of this page."""
        return self._address("dashboard", self.role)

    @property
    def arranging_url(self) -> str:
        """Where it is arranged."""
        return self._address("dashboard_arranging", self.role)

    def _address(self, route: str, role: Role) -> str:
        pairs = [(name, value) for name, value in self.request.GET.items() if name != "known"]
        query = f"?{urlencode(pairs)}" if pairs else ""
        return reverse(route, args=[role.value]) + query
