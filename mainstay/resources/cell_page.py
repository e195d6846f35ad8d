"""One cell of the heat map: who and what causes it, and ways out."""

from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.http import HttpRequest
from django.urls import reverse

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.resources.forms.capacity import HeatForm
from mainstay.resources.heat_cells import WORDS, Cell, cells_of
from mainstay.resources.heat_page import MODELS, NONE, UNNAMED
from mainstay.resources.models import SourcingOption
from mainstay.resources.proposals import Proposal, proposals
from mainstay.resources.queries.causes import Causes
from mainstay.resources.queries.heat import KINDS, By, Question
from mainstay.resources.queries.pieces import widened

MOST_SHOWN = 60


class CellPage:
    """A cell as one person may see it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        self.form = HeatForm(request.GET, user=request.user)
        asked = self.form.asked
        day = _day(request.GET.get("at", ""))
        first, last = widened(day, day, asked.unit)
        self.question = Question(asked.by, asked.unit, first, last, **self.form.ids)
        self.row, self.name, self.key = self._row(request.GET.get("row", ""))
        self.causes = Causes(self.question, self.row, self.user, self.as_of)

    def _row(self, key: str) -> tuple[int, str, str]:
        """Id, name and key of the row, if the reader may see it."""
        by = self.question.by
        if key == NONE:
            return 0, UNNAMED[by], key
        rows = MODELS[by].objects.as_of(self.as_of).visible_to(self.user)
        row = rows.filter(key=key).first()
        if row is None:
            raise Missing("There is no such row, or it is not open to you.")
        return row.row_id, row.name, key

    @cached_property
    def cell(self) -> Cell | None:
        """The figures; none where nothing is asked and nobody is there."""
        found = np.flatnonzero(self.causes.heat.keys == self.row)
        return cells_of(self.causes.heat, int(found[0]), "load")[0] if len(found) else None

    @property
    def period(self) -> str:
        """The time in words."""
        first, unit = self.question.first, self.question.unit
        if unit == "week":
            return f"week of {first:%-d %B %Y}"
        return f"{first:%B %Y}" if unit == "month" else f"Q{(first.month - 1) // 3 + 1} {first.year}"

    @property
    def title(self) -> str:
        """Row and time."""
        return f"{self.name}, {self.period}"

    @property
    def finding(self) -> str:
        """The cell in a sentence."""
        cell = self.cell
        if cell is None:
            return "Nothing is asked of anybody here."
        projects = {one.booking.project_id for one in self.causes.bookings}
        asked = f"{words.number(cell.demand)} hours are asked of {words.number(cell.supply)}"
        over = sum(1 for one in self.causes.workers if one.over)
        told = [f"{asked}, by {len(projects)} project{'s' * (len(projects) != 1)}"] if projects else [asked]
        told += (
            [f"{over} of {len(self.causes.workers)} people overbooked"]
            if over and self.question.by is not By.PERSON
            else []
        )
        return "; ".join(told) + "."

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Demand taken apart."""
        return [(WORDS[kind], hours) for kind, hours in zip(KINDS, self.cell.parts, strict=True)] if self.cell else []

    @property
    def bookings(self) -> list[Any]:
        """The largest bookings."""
        return self.causes.bookings[:MOST_SHOWN]

    @property
    def left_out(self) -> int:
        """How many bookings are not shown."""
        return self.causes.count - len(self.bookings)

    @property
    def workers(self) -> list[Any]:
        """The people, the most overbooked first."""
        return self.causes.workers[:MOST_SHOWN]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Ways out; none on a past date or where nobody is overbooked."""
        return proposals(self.causes, self.user) if self.as_of is None else []

    @property
    def may_book(self) -> bool:
        """Whether the reader may change any booking at all."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.BOOKING_EDIT)

    @cached_property
    def sourcing(self) -> list[Any]:
        """Ways to get more of this role or skill, for whoever may see what they cost."""
        if self.question.by not in (By.ROLE, By.SKILL) or not self.row:
            return []
        rows = SourcingOption.objects.as_of(self.as_of).visible_to(self.user)
        return list(rows.filter(**{f"{self.question.by.value}_id": self.row}).order_by("lead_weeks"))

    @property
    def may_ask(self) -> bool:
        """Whether the reader may ask for people anywhere."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.STAFFING_ASK)

    @property
    def address(self) -> str:
        """This page again."""
        return f"{reverse('capacity_cell')}?{self.request.GET.urlencode()}"

    @property
    def back(self) -> str:
        """The heat map it was opened from."""
        asked = self.request.GET.copy()
        for name in ("row", "at"):
            asked.pop(name, None)
        return f"{reverse('capacity')}?{asked.urlencode()}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Missing("There is no such time.") from None
