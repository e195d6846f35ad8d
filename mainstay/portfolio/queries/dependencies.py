"""Dependencies between projects, and where their dates contradict each other."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from mainstay.core.templatetags.figures import day
from mainstay.portfolio.models import Dependency, DependencyKind
from mainstay.portfolio.queries.reading import Reading


def date_clash(dependency: Any, project: Any, needs: Any) -> str:
    """A sentence where the needed project ends after the dependent one starts; nothing where all is well."""
    if dependency.kind == DependencyKind.EXCLUDES or not (needs.end_date and project.start_date):
        return ""
    if needs.end_date < project.start_date:
        return ""
    return f"{needs.name} ends on {day(needs.end_date)}, but {project.name} starts on {day(project.start_date)}."


@dataclass(frozen=True)
class Link:
    """A dependency between two projects the reader may see."""

    dependency: Any
    project: Any
    needs: Any

    @property
    def clash(self) -> str:
        """What is wrong with the dates."""
        return date_clash(self.dependency, self.project, self.needs)


def links_of(projects: Any, reading: Reading) -> list[Link]:
    """Every dependency that begins or ends at one of these projects, where the reader may see both ends."""
    ids = set(projects.values_list(reading.key, flat=True))
    rows = Dependency.objects.as_of(reading.as_of).filter(Q(project_id__in=ids) | Q(needs_id__in=ids))
    rows = list(rows.order_by("project_id", "needs_id", "kind"))
    ends = {pk for row in rows for pk in (row.project_id, row.needs_id)}
    seen = {one.row_id: one for one in reading.projects().filter(**{f"{reading.key}__in": ends})}
    both = [row for row in rows if row.project_id in seen and row.needs_id in seen]
    return [Link(row, seen[row.project_id], seen[row.needs_id]) for row in both]
