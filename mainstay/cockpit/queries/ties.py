"""Dependencies of the projects looked at, and where their dates contradict each other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.models import Dependency, DependencyKind

COLUMNS = ("project_id", "needs_id", "kind", "subject", "promised_date", "needed_date", "delivered_date")


@dataclass(frozen=True, slots=True)
class End:
    """One of two projects that depend on each other."""

    code: str
    name: str
    programme: int | None
    start_date: date | None
    end_date: date | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A dependency between two projects the person may see."""

    project: End
    needs: End
    kind: str
    subject: str
    promised: date | None
    needed: date | None
    delivered: date | None

    @property
    def days_late(self) -> int:
        """By how many days what is needed comes too late: as promised, else as the plans of the two have it."""
        if self.delivered or self.kind == DependencyKind.EXCLUDES:
            return 0
        if self.promised and self.needed:
            return max((self.promised - self.needed).days, 0)
        if self.needs.end_date and self.project.start_date:
            return max((self.needs.end_date - self.project.start_date).days + 1, 0)
        return 0

    @property
    def programme(self) -> int | None:
        """The programme both lie in."""
        return self.project.programme if self.project.programme == self.needs.programme else None


def ties_of(sight: Sight) -> list[Tie]:
    """Every dependency that begins or ends at a project looked at; three queries."""
    return sight.once("ties", lambda: _ties(sight))


def _ties(sight: Sight) -> list[Tie]:
    inside = sight.projects().order_by().values(sight.reading.key)
    rows = Dependency.objects.as_of(sight.as_of).filter(Q(project_id__in=inside) | Q(needs_id__in=inside))
    found = list(rows.order_by().values_list(*COLUMNS))
    ends = _ends(sight, {pk for row in found for pk in row[:2]})
    both = (row for row in found if row[0] in ends and row[1] in ends)
    ties = [Tie(ends[project], ends[needs], *rest) for project, needs, *rest in both]
    return sorted(ties, key=lambda tie: (-tie.days_late, tie.project.code, tie.needs.code))


def _ends(sight: Sight, ids: set[int]) -> dict[int, End]:
    rows = sight.reading.projects().filter(**{f"{sight.reading.key}__in": ids}).order_by()
    names = (sight.reading.key, "code", "name", "programme_id", "start_date", "end_date")
    return {pk: End(*rest) for pk, *rest in rows.values_list(*names)}


def by_programme(ties: Iterable[Tie]) -> dict[int, tuple[int, int]]:
    """How many dependencies lie within each programme, and how many of them are in conflict."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for tie in ties:
        if tie.programme is not None:
            found[tie.programme][0] += 1
            found[tie.programme][1] += bool(tie.days_late)
    return {programme: (count, late) for programme, (count, late) in found.items()}


def programmes_in(sight: Sight) -> list[Any]:
    """The programmes looked at, with objective and owner: the one asked for, else those of the projects."""
    from mainstay.portfolio.models import Programme

    rows = Programme.objects.as_of(sight.as_of).visible_to(sight.user).select_related("owner")
    if sight.programme is not None:
        rows = rows.identified_by([sight.programme.row_id])
    else:
        inside = sight.projects().exclude(programme_id=None).order_by().values("programme_id")
        rows = rows.identified_by(inside)
    return list(rows.order_by("name"))
