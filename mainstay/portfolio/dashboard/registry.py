"""The parts dashboards are put together from; every room adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mainstay.core import access
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard.content import Content
from mainstay.portfolio.dashboard.sight import Sight


class Question(StrEnum):
    """What a part helps to answer."""

    COURSE = "course"
    VALUE = "value"
    CHANGE = "change"
    DECISION = "decision"

    @property
    def text(self) -> str:
        """The question as it stands above its parts."""
        return QUESTIONS[self]


QUESTIONS = {
    Question.COURSE: "Are we on course?",
    Question.VALUE: "Where is value at risk?",
    Question.CHANGE: "What changed since last month?",
    Question.DECISION: "What needs my decision?",
}


@dataclass(frozen=True)
class Part:
    """A part of dashboards: what it shows, for whom it stands there from the start, and what it depends on.

    nouns: the kinds of rows (Django's model names) whose change moves it; open pages fetch it again then. verb: who
    may use it anywhere (None: everybody signed in). is_personal: it differs from person to person, not only by what
    they may see. is_anywhere: rows outside of what is looked at move it, too, such as the people of other teams.
    roles: on whose dashboard it stands from the start, in order of `position`.
    """

    key: str
    title: str
    question: Question
    fill: Callable[[Sight], Content]
    nouns: frozenset[str]
    definition: str
    roles: tuple[Role, ...] = ()
    verb: Verb | None = Verb.SEE_REGISTER
    is_personal: bool = False
    is_anywhere: bool = False
    is_wide: bool = False
    position: int = 50
    further: Callable[[], frozenset[str]] = frozenset
    """Further kinds of rows that move it, known only when every room is ready."""

    @property
    def moved_by(self) -> frozenset[str]:
        """Every kind of row whose change moves it."""
        return self.nouns | self.further()

    def opens(self, user: Any) -> bool:
        """Whether somebody may use it."""
        return self.verb is None or access.may_somewhere(user, self.verb)


_parts: dict[str, Part] = {}
PLACES = frozenset({"project", "portfolio", "programme", "stage"})
"""What every sum over projects depends on."""


def add_parts(*parts: Part) -> None:
    """Let a room add parts to the dashboards."""
    for part in parts:
        _parts[part.key] = part


def parts_for(user: Any) -> dict[str, Part]:
    """The parts somebody may use, in their usual order below their questions."""
    order = list(Question)
    usual = sorted(_parts.values(), key=lambda part: (order.index(part.question), part.position, part.key))
    return {part.key: part for part in usual if part.opens(user)}


def standard(role: Role, user: Any) -> list[str]:
    """The parts that stand on the dashboard of a role from the start, as far as somebody may use them."""
    return [key for key, part in parts_for(user).items() if role in part.roles]
