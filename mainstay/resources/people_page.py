"""The list of people as one person asked for it."""

from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mainstay.core import access
from mainstay.core.exchange import FORMATS
from mainstay.core.verbs import Verb
from mainstay.resources.forms.people import PeopleFilterForm
from mainstay.resources.models import ResourceKind
from mainstay.resources.queries import people

PAGE_ROWS = 100
MOST_SKILLS = 4


class PeoplePage:
    """People, placeholders and groups, found by team, role, skill, site and day."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user, self.as_of = request, request.user, request.as_of
        self.filter = PeopleFilterForm(request.GET, user=request.user)
        self.sort = request.GET.get("sort", "")[:20]

    @property
    def today(self) -> date:
        """The day for which skills and absences are told."""
        return timezone.localdate(self.as_of) if self.as_of else timezone.localdate()

    @cached_property
    def rows(self) -> Any:
        """Everybody who meets the filters, in the order asked for."""
        asked, rows = self.filter.value, people.people(self.user, self.as_of)
        for name in ("team", "role", "site"):
            if (chosen := asked(name)) is not None:
                rows = rows.filter(**{f"{name}_id": chosen.pk})
        if kind := asked("kind"):
            rows = rows.filter(kind=kind)
        for word in (asked("q") or "").split()[:5]:
            rows = rows.filter(name__icontains=word)
        if (skill := asked("skill")) is not None:
            rows = people.with_skill(rows, skill, asked("level"), self.filter.day or self.today, self.as_of)
        if self.filter.day:
            rows = rows.identified_by(people.there_on(rows, self.filter.day, self.as_of))
        return people.ordered(rows, self.sort)

    @cached_property
    def page(self) -> Page[Any]:
        """One page of them."""
        return Paginator(self.rows, PAGE_ROWS).get_page(self.request.GET.get("page"))

    @cached_property
    def lines(self) -> list[tuple[Any, list[Any], int]]:
        """Each with their best skills, and how many more they have."""
        rows = list(self.page)
        skills = people.skills_of([row.row_id for row in rows], self.today, self.as_of)
        return [
            (row, skills[row.row_id][:MOST_SKILLS], max(0, len(skills[row.row_id]) - MOST_SKILLS)) for row in rows
        ]

    @cached_property
    def finding(self) -> str:
        """How many there are, in a sentence."""
        found = people.counts(self.rows, self.today, self.as_of)
        told = [_some(found[ResourceKind.NAMED], "person", "people")]
        told += [_some(found[kind], one, many) for kind, one, many in OTHERS if found[kind]]
        away = f"; {found['away']} away today" if found["away"] else ""
        return f"{', '.join(told)} in {_some(found['teams'], 'team', 'teams')}{away}."

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return any(self.filter.value(name) for name in self.filter.fields)

    @property
    def may_add(self) -> bool:
        """Whether the person may add somebody anywhere."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.RESOURCE_ADD)

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The same list as a file."""
        asked = [(name, value) for name, value in self.request.GET.items() if name not in {"page", "format"}]
        address = reverse("resource_export")
        return [(name.upper(), f"{address}?{urlencode([*asked, ('format', name)])}") for name in FORMATS]


OTHERS = (
    (ResourceKind.GENERIC, "placeholder", "placeholders"),
    (ResourceKind.GROUP, "group", "groups"),
)


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
