"""The lanes of the roadmap: what a bar lies in, by portfolio, programme, theme, owner or stage."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mainstay.cockpit.queries.roadmap import Facts, Group, Work
from mainstay.portfolio.queries import Reading

KINDS = {
    "portfolio": "Portfolio",
    "programme": "Programme",
    "theme": "Theme",
    "owner": "Owner",
    "stage": "Stage",
}
USUAL = "portfolio"
EMPTY = {
    "portfolio": "In a portfolio not open to you",
    "programme": "No programme",
    "theme": "No theme",
    "owner": "No owner",
    "stage": "No stage",
}
LAST = (1, "")


@dataclass(frozen=True)
class Lane:
    """One lane: a heading that may lead to a page."""

    key: str
    name: str
    url: str = ""


class Lanes:
    """Puts bars into lanes of one kind, and lanes into an order people expect."""

    def __init__(self, kind: str, facts: Facts, reading: Reading, query: str) -> None:
        self.kind, self.facts, self.reading, self.query = kind, facts, reading, query
        self._work: Callable[[Work], Any] = {
            "portfolio": lambda work: work.portfolio_id,
            "programme": lambda work: work.programme_id,
            "theme": lambda work: work.theme,
            "owner": lambda work: (work.owner_id, work.owner) if work.owner_id else None,
            "stage": lambda work: work.stage_id,
        }[kind]

    def of_work(self, work: Work) -> Any:
        """What a project's lane is known by; none where it has nothing to lie in."""
        found = self._work(work)
        known = {"portfolio": self.reading.portfolios, "programme": self.facts.groups}.get(self.kind)
        return found if found and (known is None or found in known) else None

    def of_group(self, group: Group) -> Any:
        """What a programme's lane is known by; False where lanes of this kind hold no programmes."""
        if self.kind == "programme":
            return group.id
        if self.kind == "portfolio":
            return group.portfolio_id if group.portfolio_id in self.reading.portfolios else None
        if self.kind == "owner":
            return (group.owner_id, group.owner) if group.owner_id else None
        return False

    def order(self, key: Any) -> tuple[int, Any]:
        """Where a lane stands among the others: what holds the rest comes last."""
        if key is None:
            return LAST
        if self.kind == "portfolio":
            return 0, self._places[key]
        if self.kind == "stage":
            return 0, self.reading.stages[key].position
        return 0, self.lane(key).name.casefold()

    @cached_property
    def _places(self) -> dict[int, int]:
        return {pk: place for place, pk in enumerate(self.reading.portfolios)}

    def lane(self, key: Any) -> Lane:
        """The heading."""
        if key is None:
            return Lane("none", EMPTY[self.kind])
        if self.kind == "portfolio":
            found = self.reading.portfolios[key]
            return Lane(found.code, found.name, f"/portfolios/{found.code}/{self.query}")
        if self.kind == "programme":
            group = self.facts.groups[key]
            return Lane(group.code, group.name, f"/programmes/{group.code}/{self.query}")
        if self.kind == "stage":
            stage = self.reading.stages[key]
            return Lane(stage.key, stage.name)
        return Lane(str(key[0]), key[1]) if self.kind == "owner" else Lane(key, key)
