"""Dependencies between projects, and where their dates contradict each other."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from mainstay.core.templatetags.figures import day
from mainstay.portfolio.models import Dependency, DependencyKind
from mainstay.portfolio.queries.reading import Reading


def days_late(dependency: Any) -> int:
    """By how many days something is promised after it is needed; 0 where it is not, or it was handed over."""
    if dependency.kind == DependencyKind.EXCLUDES or dependency.delivered_date:
        return 0
    if not (dependency.promised_date and dependency.needed_date):
        return 0
    return max((dependency.promised_date - dependency.needed_date).days, 0)


def date_clash(dependency: Any, project: Any, needs: Any) -> str:
    """A sentence where something is promised after it is needed, or, where nobody named days, where the needed
    project ends after the dependent one starts; nothing where all is well."""
    if late := days_late(dependency):
        what = dependency.subject or "What is handed over"
        days = f"{late} day{'s' * (late != 1)}"
        return f"{what} is promised for {day(dependency.promised_date)}, {days} after it is needed."
    if dependency.delivered_date or (dependency.promised_date and dependency.needed_date):
        return ""
    if dependency.kind == DependencyKind.EXCLUDES or not (needs.end_date and project.start_date):
        return ""
    if needs.end_date < project.start_date:
        return ""
    return f"{needs.name} ends on {day(needs.end_date)}, but {project.name} starts on {day(project.start_date)}."


@dataclass(frozen=True)
class Link:
    """A dependency between two projects the reader may see.

    in_turn: by how many days it comes too late although its own days fit, because the giver itself is held up.
    """

    dependency: Any
    project: Any
    needs: Any
    in_turn: int = 0

    @property
    def clash(self) -> str:
        """What is wrong with the dates."""
        return date_clash(self.dependency, self.project, self.needs)

    @property
    def gap(self) -> int:
        """By how many days what is handed over is promised after it is needed; 0 where all is well."""
        return days_late(self.dependency)


def links_of(projects: Any, reading: Reading) -> list[Link]:
    """Every dependency that begins or ends at one of these projects, where the reader may see both ends."""
    ids = set(projects.values_list(reading.key, flat=True))
    rows = Dependency.objects.as_of(reading.as_of).filter(Q(project_id__in=ids) | Q(needs_id__in=ids))
    rows = list(rows.order_by("project_id", "needs_id", "kind"))
    ends = {pk for row in rows for pk in (row.project_id, row.needs_id)}
    seen = {one.row_id: one for one in reading.projects().filter(**{f"{reading.key}__in": ends})}
    both = [row for row in rows if row.project_id in seen and row.needs_id in seen]
    return [Link(row, seen[row.project_id], seen[row.needs_id]) for row in both]
