"""The matrix of people and skills, and the certificates that run out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mainstay.resources.models import Proficiency, Skill
from mainstay.resources.queries.expiry import Holding, state_of
from mainstay.resources.queries.working import id_of


@dataclass(frozen=True)
class Cell:
    """How well somebody masters a skill, and whether that holds."""

    row: Any
    holding: Holding


@dataclass(frozen=True)
class MatrixLine:
    """A person with a cell for each skill; None where they do not have it."""

    person: Any
    cells: list[Cell | None]


def skills_in_use(as_of: datetime | None = None) -> list[Any]:
    """The skills a matrix has columns for."""
    return list(Skill.objects.as_of(as_of).filter(is_active=True).order_by("name"))


def matrix(people: list[Any], skills: list[Any], day: date, as_of: datetime | None = None) -> list[MatrixLine]:
    """A line for each person, with the skills that are or were theirs."""
    ids = [person.row_id for person in people]
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    for row in Proficiency.objects.as_of(as_of).filter(resource_id__in=ids):
        found[row.resource_id][row.skill_id] = Cell(row, state_of(row, day))
    return [MatrixLine(one, [found[one.row_id].get(skill.row_id) for skill in skills]) for one in people]


def strength(people: Any, skills: list[Any], day: date, as_of: datetime | None = None) -> list[int]:
    """How many of all these people master each skill on a day."""
    rows = Proficiency.objects.as_of(as_of).valid_on(day)
    counted: dict[int, int] = defaultdict(int)
    held = rows.filter(resource_id__in=people.order_by().values(id_of(people)))
    for skill_id in held.values_list("skill_id", flat=True):
        counted[skill_id] += 1
    return [counted[skill.row_id] for skill in skills]


def running_out(user: Any, day: date, within: timedelta, as_of: datetime | None = None) -> Any:
    """The skills that have run out or will within a time, the first to end first."""
    rows = Proficiency.objects.as_of(as_of).visible_to(user).filter(valid_until__lte=day + within)
    return rows.select_related("resource__team", "skill").order_by("valid_until", "resource__name")
