"""What the pages of comparing and merging are sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mainstay.authorisation.comparing.compare import MOST, Line
from mainstay.authorisation.comparing.difference import Difference, Row
from mainstay.authorisation.comparing.settling import LONGEST_REASON, MINE, OTHER, THEIRS, key_of
from mainstay.authorisation.comparing.threeway import Part
from mainstay.authorisation.comparing.wording import PARTS, say
from mainstay.portfolio.views.sent import whole

CHOICE, START, END, REASON, PLAN = "choice", "start", "end", "reason", "plan"


def numbers_in(sent: Iterable[str]) -> list[int]:
    """The numbers of scenarios in an address, each once, at most five."""
    return list(dict.fromkeys(filter(None, map(whole, sent))))[:MOST]


class Question:
    """One conflict as the page asks it: both versions, what was chosen, and what is wrong with that."""

    def __init__(self, row: Row, part: Part, sent: Mapping[str, str], errors: Mapping[str, list[str]]) -> None:
        self.row, self.part, self.key = row, part, key_of(row, part)
        self.label = PARTS[part]
        self.was, self.mine, self.theirs = (
            say(part, state.part(part)) for state in (row.three.base, row.three.here, row.three.there)
        )
        self.choice, self.reason = (sent.get(f"{name}-{self.key}", "") for name in (CHOICE, REASON))
        self.start, self.end = (sent.get(f"{name}-{self.key}", "") for name in (START, END))
        self.errors = errors.get(self.key, [])

    @property
    def takes_another(self) -> bool:
        """Whether a third value is possible."""
        return self.part is Part.DATES

    @property
    def changes(self) -> list[Any]:
        """Who changed it in the plan of record, and when."""
        names = {"start", "end"} if self.part is Part.DATES else {self.part.value}
        return [change for change in self.row.there if change.name in names] or list(self.row.there[:1])

    @property
    def options(self) -> list[tuple[str, str, str]]:
        """What may be chosen: value, label and what it means."""
        both = [(MINE, "Scenario", self.mine), (THEIRS, "Plan of record", self.theirs)]
        return [*both, (OTHER, "Another value", "")] if self.takes_another else both


def questions_of(
    found: Difference, sent: Mapping[str, str], errors: Mapping[str, list[str]] | None = None
) -> list[Question]:
    """Every conflict with what was sent about it."""
    return [Question(row, part, sent, errors or {}) for row, part in found.conflicts]


def settled_in(found: Difference, sent: Mapping[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The choices that were sent, by project and part."""
    settled: dict[str, dict[str, dict[str, Any]]] = {}
    for one in questions_of(found, sent):
        given = {"choice": one.choice, "start": one.start, "end": one.end, "reason": one.reason[:LONGEST_REASON]}
        settled.setdefault(one.row.project.code, {})[one.part.value] = given
    return settled


def plan_out(found: Difference) -> str:
    """The versions of the changed projects as the page carries them."""
    return " ".join(f"{code}={version}" for code, version in found.plan.items())


def plan_in(text: str) -> dict[str, int]:
    """The same as it comes back."""
    pairs = [pair.rpartition("=") for pair in text.split()]
    return {code: whole(version) for code, _, version in pairs if whole(version)}


SORTS = {
    "project": lambda line: line.code,
    "name": lambda line: line.name.casefold(),
    "cost": lambda line: line.cost or 0,
    "agreement": lambda line: line.count_in,
    "start": lambda line: line.cells[0].start or date.max,
}


def ordered(lines: list[Line], sort: str) -> list[Line]:
    """The lines in an order, a dash before its name turning it round; by code where there is no such order."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["project"])
    return sorted(lines, key=key, reverse=sort.startswith("-"))
