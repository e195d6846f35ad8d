"""What an address asks a page of strategy about: whose, as known when, in which portfolio, counting which work."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.errors import Missing, Unreadable
from mainstay.core.verbs import Verb
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.views.sent import asked_for
from mainstay.strategy.queries import Alignment, Strategy
from mainstay.strategy.queries.work import COUNTED, USUAL, Work

EM_SPACE = "\N{EM SPACE}"


class Asked:
    """The parameters that all pages of strategy share."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.reading = Reading(request.user, request.as_of)
        self.counted = asked_for(request, "work") or USUAL
        if self.counted not in COUNTED:
            raise Unreadable("Work is counted as committed, open or all.")

    @cached_property
    def portfolio(self) -> Any:
        """The portfolio asked for, or none."""
        code = asked_for(self.request, "portfolio")
        found = next((row for row in self.reading.portfolios.values() if row.code == code), None)
        if code and found is None:
            raise Missing("There is no such portfolio, or it is not open to you.")
        return found

    @property
    def portfolios(self) -> list[tuple[str, str]]:
        """The portfolios one can narrow to, as a tree."""
        return [(row.code, EM_SPACE * row.depth + row.name) for row in self.reading.portfolios.values()]

    @property
    def ways(self) -> list[tuple[str, str]]:
        """How work can be counted."""
        return [(key, label) for key, (label, _) in COUNTED.items()]

    @cached_property
    def strategy(self) -> Strategy:
        """The goals with what they need to be judged by."""
        return Strategy(self.reading, self.portfolio, self.counted)

    @cached_property
    def figures(self) -> Alignment:
        """The figures of the strategy."""
        return Alignment(self.strategy)

    @property
    def work(self) -> Work:
        """The projects that count."""
        return Work(self.reading, self.portfolio, self.counted)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that are not the usual ones."""
        told = {
            "portfolio": self.portfolio.code if self.portfolio else "",
            "work": self.counted if self.counted != USUAL else "",
            "as_of": self.request.GET.get("as_of", "") if self.request.as_of else "",
        }
        return [(name, value) for name, value in told.items() if value]

    @property
    def query(self) -> str:
        """The same question for another page."""
        return f"?{urlencode(self.kept)}" if self.kept else ""

    @property
    def more(self) -> str:
        """The same question, with room for more behind it."""
        return f"?{urlencode(self.kept)}&" if self.kept else "?"

    def may(self, verb: Verb, place: Any = None) -> bool:
        """Whether the person may do this at a place; nothing can be done in the past."""
        return self.reading.as_of is None and access.may(self.reading.user, verb, place)

    def may_somewhere(self, verb: Verb) -> bool:
        """Whether the person may do this anywhere; nothing can be done in the past."""
        return self.reading.as_of is None and access.may_somewhere(self.reading.user, verb)
