"""A programme as its page shows it: its projects, what they add up to, and how they depend on each other."""

from functools import cached_property
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Programme
from mainstay.portfolio.queries import Reading
from mainstay.portfolio.queries.chain import Chain
from mainstay.portfolio.queries.dependencies import Link, links_of
from mainstay.portfolio.queries.tree import RollUp

MOST_SHOWN = 200


class ProgrammePage:
    """One programme for one person, today or as it was known."""

    def __init__(self, code: str, user: Any, as_of: Any = None) -> None:
        self.reading = Reading(user, as_of)
        rows = Programme.objects.as_of(as_of).visible_to(user).select_related("owner")
        self.programme = rows.filter(code=code).first()
        if self.programme is None:
            raise Missing("There is no such programme, or it is not open to you.")
        self.may_edit = as_of is None and access.may(user, Verb.PROGRAMME_EDIT, self.programme)
        self.may_propose = as_of is None and access.may(user, Verb.PROJECT_PROPOSE, self.programme)

    @property
    def portfolio(self) -> Any:
        """Its portfolio, where the person may see it."""
        return self.reading.portfolios.get(self.programme.portfolio_id)

    @cached_property
    def _all(self) -> Any:
        return self.reading.projects().filter(programme_id=self.programme.row_id)

    @cached_property
    def projects(self) -> list[Any]:
        """Its projects, those that start first before the others."""
        rows = self._all.select_related("stage", "owner").order_by("start_date", "code")
        return list(rows[:MOST_SHOWN])

    @cached_property
    def rolled(self) -> RollUp:
        """What its projects add up to."""
        return RollUp.of(self._all)

    @cached_property
    def links(self) -> list[Link]:
        """The dependencies that begin or end in it."""
        found = links_of(self._all, self.reading)
        return Chain(self.reading).with_lateness(found) if found else []

    @property
    def clashes(self) -> list[str]:
        """Where the dates of dependent projects contradict each other."""
        return [link.clash for link in self.links if link.clash]
