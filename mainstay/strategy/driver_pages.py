"""Drivers as their pages show them, and the grid in which projects are rated."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from mainstay.core import access
from mainstay.core.sheet import Column, Kind, Line, LineKind, Sheet, Totals
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import asked_for
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.drivers import WeightsForm
from mainstay.strategy.models import Department, Driver, Level
from mainstay.strategy.models.standing import reaches
from mainstay.strategy.operations.drivers import Rating
from mainstay.strategy.queries.drivers import drivers_in_use, levels_of, statements_of

PROJECTS_ON_A_PAGE = 40
LEVELS = tuple((level.value, level.label) for level in Level)


class DriversPage:
    """The drivers with their statements and weights, and the departments."""

    def __init__(self, asked: Asked, **forms: Any) -> None:
        self.asked, self._forms = asked, forms

    @cached_property
    def drivers(self) -> list[Any]:
        """The drivers in use."""
        return drivers_in_use(self.asked.reading.user, self.asked.portfolio, self.asked.reading.as_of)

    @cached_property
    def retired(self) -> list[Any]:
        """The drivers out of use."""
        rows = Driver.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        return list(rows.filter(is_active=False).order_by("name"))

    @property
    def lines(self) -> list[tuple[Any, list[tuple[str, str]], bool]]:
        """Each driver with its statements in the order of the levels, and whether it may be changed."""
        told = statements_of(self.drivers, self.asked.reading.as_of)
        return [
            (
                one,
                [(level.label, told[one.row_id].get(level, "")) for level in Level],
                self.asked.may(Verb.DRIVER_EDIT, one.portfolio),
            )
            for one in self.drivers
        ]

    @cached_property
    def departments(self) -> list[Any]:
        """The departments."""
        rows = Department.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user)
        return list(rows.select_related("head", "portfolio").order_by("name"))

    @property
    def may_create(self) -> bool:
        """Whether the person may write down drivers somewhere."""
        return self.asked.may_somewhere(Verb.DRIVER_CREATE)

    @property
    def may_edit_departments(self) -> bool:
        """Whether the person may change departments somewhere."""
        return self.asked.may_somewhere(Verb.DEPARTMENT_EDIT)

    @property
    def may_weigh(self) -> bool:
        """Whether the person may weigh every driver shown."""
        weighed = bool(self.drivers) and self.asked.reading.as_of is None
        return weighed and all(self.asked.may(Verb.DRIVERS_WEIGH, one.portfolio) for one in self.drivers)

    @cached_property
    def weights(self) -> WeightsForm:
        """The form of their weights."""
        return self._forms.get("weights") or WeightsForm(self.drivers)

    @property
    def driver_form(self) -> Any:
        """The form of a new driver, as typed or empty."""
        return self._forms.get("driver")

    @property
    def department_form(self) -> Any:
        """The form of a new department, as typed or empty."""
        return self._forms.get("department")

    @property
    def weighed(self) -> bool:
        """Whether anybody weighed them."""
        return any(one.weight for one in self.drivers)


class Ratings:
    """Projects by drivers: the levels that were rated, as a sheet to type into."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.drivers = drivers_in_use(asked.reading.user, asked.portfolio, asked.reading.as_of)

    @cached_property
    def page(self) -> Page[Any]:
        """The projects of this page, by code."""
        rows = self.asked.work.projects().defer("description").order_by("code")
        return Paginator(rows, PROJECTS_ON_A_PAGE).get_page(asked_for(self.asked.request, "page"))

    @cached_property
    def levels(self) -> dict[int, dict[int, Any]]:
        """The ratings there are."""
        return levels_of(self.page.object_list, self.drivers, self.asked.reading.as_of)

    @cached_property
    def sheet(self) -> Sheet:
        """A line for each project, a column for each driver."""
        columns = tuple(
            Column(f"driver-{one.row_id}", one.name, kind=Kind.CHOICE, choices=LEVELS) for one in self.drivers
        )
        lines = tuple(self._line(project) for project in self.page.object_list)
        heads = ("Project", "Code")
        return Sheet(
            "ratings", "Impact of projects on drivers", columns, lines, heads, totals=Totals.NONE, noun="project"
        )

    def _line(self, project: Any) -> Line:
        rated = self.levels[project.row_id]
        known = (one for one in self.drivers if reaches(one, project))
        values = {f"driver-{one.row_id}": rated[one.row_id].level if one.row_id in rated else "" for one in known}
        kind = LineKind.STORED if self._may(project) else LineKind.FIXED
        return Line(str(project.row_id), (project.name, project.code), values, kind)

    def _may(self, project: Any) -> bool:
        user, is_today = self.asked.reading.user, self.asked.reading.as_of is None
        return is_today and bool(self.drivers) and access.may(user, Verb.IMPACT_RATE, project)

    @property
    def is_open(self) -> bool:
        """Whether the person may rate any project of this page."""
        return any(line.kind == LineKind.STORED for line in self.sheet.lines)

    @property
    def unrated(self) -> int:
        """How many ratings are missing on this page."""
        return len(self.drivers) * len(self.sheet.lines) - sum(len(by) for by in self.levels.values())

    def changes(self, lines: Any) -> list[Rating]:
        """The cells that differ from what is stored, as ratings."""
        now = {line.key: line.values for line in self.sheet.lines}
        return [
            Rating(int(line.key), int(key.removeprefix("driver-")), str(level or ""))
            for line in lines
            for key, level in line.values.items()
            if (level or "") != (now[line.key].get(key) or "")
        ]
