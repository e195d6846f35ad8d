"""Many projects whose measures are read together: each table is asked once, whatever their number."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, Max
from numpy.typing import NDArray

from mainstay.core.models import RowQuerySet
from mainstay.core.models.row import RowVersion
from mainstay.portfolio.models import Project

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Batch:
    """The projects of a query on a day, or as they were known at a moment; arrays are in the order of `ids`."""

    def __init__(self, projects: Any, today: date, as_of: datetime | None = None) -> None:
        self.projects, self.today, self.as_of = projects.order_by(), today, as_of
        self._kept: dict[str, Any] = {}

    @cached_property
    def ids(self) -> Integers:
        """(projects,) the ids of the projects, in order."""
        return np.array(sorted(self.projects.values_list("pk", flat=True)), dtype=np.int64)

    @property
    def chosen(self) -> Any:
        """The projects as a query that others may lie in."""
        return self.projects.values("pk")

    @cached_property
    def rows(self) -> list[Any]:
        """The projects themselves, with `cost_seen` and `benefit_seen` as formulae read them."""
        found: RowQuerySet = Project.objects.as_of(self.as_of)
        key = "row_id" if issubclass(found.model, RowVersion) else "pk"
        found = found.filter(**{f"{key}__in": self.chosen}).defer("description", "given_text")
        return list(found.annotate(cost_seen=F("cost"), benefit_seen=F("benefit")).order_by())

    @cached_property
    def is_known(self) -> NDArray[np.bool_]:
        """(projects,) those that were in the register then."""
        if self.as_of is None:
            return np.ones(len(self.ids), dtype=bool)
        then = Project.objects.as_of(self.as_of).filter(row_id__in=self.chosen).order_by()
        return np.isin(self.ids, np.array(then.values_list("row_id", flat=True), dtype=np.int64))

    def of(self, model: Any, place: str = "project") -> Any:
        """The rows of a noun that belong to the projects, as they were known then."""
        return model.objects.as_of(self.as_of).filter(**{f"{place}__in": self.chosen}).order_by()

    def field(self, name: str) -> Floats:
        """(projects,) a number of the projects; dates as day numbers."""
        return self.column((row.row_id, getattr(row, name)) for row in self.rows)

    def column(self, pairs: Iterable[tuple[int, Any]], missing: float = np.nan) -> Floats:
        """(projects,) values by project id; `missing` where there is none."""
        found = np.full(len(self.ids), missing)
        told = [(pk, _number(value)) for pk, value in pairs if value is not None]
        if told and len(self.ids):
            keys, values = (np.array(each) for each in zip(*told, strict=True))
            place = np.minimum(np.searchsorted(self.ids, keys), len(self.ids) - 1)
            known = self.ids[place] == keys
            found[place[known]] = values[known]
        return found

    def summed(self, rows: Any, what: Any, by: str = "project_id") -> Floats:
        """(projects,) an aggregate over rows, 0 where there are none."""
        return self.column(rows.values_list(by).annotate(figure=what), missing=0.0)

    def since(self, rows: Any, what: str, by: str = "project_id") -> Floats:
        """(projects,) days since the latest of some rows; since work began where there is none yet."""
        latest = self.column(rows.values_list(by).annotate(figure=Max(what)))
        begun = np.fmax(self.field("stage_since"), self.field("start_date"))
        return self.today.toordinal() - np.where(np.isnan(latest), begun, latest)

    def kept[T](self, name: str, make: Callable[[], T]) -> T:
        """What several measures rest on, read once."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found


def _number(value: Any) -> float:
    if isinstance(value, date):
        return float(value.toordinal())
    return float(value)
