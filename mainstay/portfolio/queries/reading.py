"""Who reads the register and as known when; what a page needs of the small tables is read once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import CustomField, Portfolio, Programme, Project, Stage


@dataclass(frozen=True)
class Reading:
    """One person reading, today (`as_of` None) or as things were known at a moment."""

    user: Any
    as_of: datetime | None = None

    def projects(self) -> Any:
        """Every project the person may see, with `cost_seen` and `benefit_seen`."""
        return Project.objects.as_of(self.as_of).readable_by(self.user)

    @property
    def key(self) -> str:
        """The name of the id in rows of this reading: a kept version has its own primary key."""
        return "pk" if self.as_of is None else "row_id"

    @cached_property
    def stages(self) -> dict[int, Stage]:
        """The life cycle by id, in its order."""
        return {stage.pk: stage for stage in Stage.objects.all()}

    @cached_property
    def custom_fields(self) -> list[CustomField]:
        """The custom fields in use."""
        return active_fields()

    @cached_property
    def portfolios(self) -> dict[int, Any]:
        """The portfolios the person may see by id, in the order of the tree, each with its `depth` as they see it."""
        rows = Portfolio.objects.as_of(self.as_of).visible_to(self.user)
        rows = rows.only(self.key, "code", "name", "path", "seal", "parent_id", "currency").order_by("name", "pk")
        return _as_tree({row.row_id: row for row in rows})

    @cached_property
    def programmes(self) -> dict[int, Any]:
        """The programmes the person may see by id, in the order of their names."""
        rows = Programme.objects.as_of(self.as_of).visible_to(self.user)
        return {
            row.row_id: row
            for row in rows.only(self.key, "code", "name", "path", "portfolio_id").order_by("name", "pk")
        }

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """Which portfolio hangs under which, as the tree was known: ids only, also of what the person may not see."""
        rows = Portfolio.objects.as_of(self.as_of).order_by("path")
        return dict(rows.values_list(self.key, "parent_id"))

    def below(self, portfolio_id: int) -> set[int]:
        """A portfolio and every one below it."""
        found, front = set[int](), {portfolio_id}
        while front:
            found |= front
            front = {pk for pk, parent in self.parents.items() if parent in front} - found
        return found


def _as_tree(rows: dict[int, Any]) -> dict[int, Any]:
    """Parents before children; a row whose parent is not among them stands at the top."""
    children: dict[int | None, list[Any]] = {}
    for row in rows.values():
        children.setdefault(row.parent_id if row.parent_id in rows else None, []).append(row)
    ordered: dict[int, Any] = {}
    waiting = [(row, 0) for row in reversed(children.get(None, []))]
    while waiting:
        row, row.depth = waiting.pop()
        ordered[row.row_id] = row
        waiting += [(child, row.depth + 1) for child in reversed(children.get(row.row_id, []))]
    return ordered
