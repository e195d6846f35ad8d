"""The matrix of people and skills as one person asked for it."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import transaction

from mainstay.core import access
from mainstay.core.exchange import Column, Kind
from mainstay.core.sheet import Column as SheetColumn
from mainstay.core.sheet import Line, Sheet, Totals
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.resources.models import Level, Proficiency, Resource
from mainstay.resources.operations.proficiencies import edit_proficiency, remove_proficiency, set_proficiency
from mainstay.resources.people_page import PeoplePage
from mainstay.resources.queries.expiry import SOON
from mainstay.resources.queries.matrix import MatrixLine, matrix, running_out, skills_in_use, strength

MOST_TOLD = 50
MOST_AT_ONCE = 500
LOWEST, HIGHEST = Decimal(min(Level.values)), Decimal(max(Level.values))


class SkillsPage(PeoplePage):
    """People by skills: who masters what, how well, and what runs out."""

    @cached_property
    def skills(self) -> list[Any]:
        """The columns: every skill in use, or the one asked for."""
        chosen = self.filter.value("skill")
        found = skills_in_use(self.as_of)
        return [skill for skill in found if chosen is None or skill.row_id == chosen.pk]

    @cached_property
    def matrix(self) -> list[MatrixLine]:
        """A line for each person of this page."""
        return matrix(list(self.page), self.skills, self.today, self.as_of)

    @cached_property
    def strength(self) -> list[tuple[Any, int]]:
        """How many of everybody in the list master each skill today."""
        return list(zip(self.skills, strength(self.rows, self.skills, self.today, self.as_of), strict=True))

    @cached_property
    def running_out(self) -> list[Any]:
        """Skills and certificates that have run out or will within ninety days."""
        rows = running_out(self.user, self.today, SOON, self.as_of)
        return [(row, row.valid_until < self.today) for row in rows[:MOST_TOLD]]

    @property
    def finding(self) -> str:
        """Which skill hangs on the fewest people, and what runs out."""
        gone = sum(past for _, past in self.running_out)
        soon = len(self.running_out) - gone
        told = [f"{soon} run out within {SOON.days} days"] if soon else []
        told += [f"{gone} have run out"] if gone else []
        few = [skill.name for skill, count in self.strength if count == 1]
        alone = f"{_listed(few)} hang{'s' if len(few) == 1 else ''} on one person" if few else ""
        whole = "; ".join(part for part in (alone, ", ".join(told)) if part)
        return f"{whole[:1].upper()}{whole[1:]}." if whole else "No certificate runs out within ninety days."

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change any skill of anybody."""
        return self.as_of is None and access.may_somewhere(self.user, Verb.PROFICIENCY_SET)

    def columns(self) -> list[Column]:
        """The columns of an export: person, team, and a column for each skill."""
        places = {skill.row_id: place for place, skill in enumerate(self.skills)}
        first = [
            Column("person", "Person", write=lambda line: line.person.name),
            Column("key", "Key", write=lambda line: line.person.key),
            Column("team", "Team", write=lambda line: line.person.team.name),
        ]
        return first + [
            Column(skill.key, skill.name, Kind.NUMBER, write=_writer(places[skill.row_id])) for skill in self.skills
        ]

    def every_line(self) -> Iterator[MatrixLine]:
        """The matrix of everybody in the list, some people at a time."""
        rows = list(self.rows)
        for begin in range(0, len(rows), MOST_AT_ONCE):
            yield from matrix(rows[begin : begin + MOST_AT_ONCE], self.skills, self.today, self.as_of)

    @cached_property
    def editable(self) -> list[MatrixLine]:
        """The lines of this page whose skills the reader may change."""
        open_to = set(Portfolio.objects.visible_to(self.user, Verb.PROFICIENCY_SET).values_list("pk", flat=True))
        return [line for line in self.matrix if line.person.team.portfolio_id in open_to]

    @property
    def sheet(self) -> Sheet:
        """The levels as a sheet to type into; an empty cell means the person does not have the skill."""
        columns = [
            SheetColumn(skill.key, skill.name, minimum=LOWEST, maximum=HIGHEST, decimals=0, is_summed=False)
            for skill in self.skills
        ]
        lines = [Line(line.person.key, (line.person.name,), _levels(line, self.skills)) for line in self.editable]
        told = {"headings": ("Person",), "totals": Totals.NONE, "noun": "person"}
        return Sheet("levels", "Levels of skills", tuple(columns), tuple(lines), **told)

    def keep(self, sheet: Sheet) -> int:
        """Set what was typed, all of it or nothing; gives the number of levels that changed."""
        people = {line.person.key: line for line in self.editable}
        with transaction.atomic():
            return sum(self._keep_line(people[line.key], line.values) for line in sheet.lines)

    def _keep_line(self, line: MatrixLine, values: Any) -> int:
        changed = 0
        for skill, cell in zip(self.skills, line.cells, strict=True):
            level = values.get(skill.key)
            if (cell.row.level if cell else None) != level:
                changed += 1
                self._keep(line.person, skill, cell.row if cell else None, level)
        return changed

    def _keep(self, person: Resource, skill: Any, row: Proficiency | None, level: Any) -> None:
        if level is None:
            remove_proficiency(row, actor=self.user)
        elif row is None:
            set_proficiency(person, actor=self.user, skill=skill, level=int(level))
        else:
            edit_proficiency(row, actor=self.user, level=int(level))


def _levels(line: MatrixLine, skills: list[Any]) -> dict[str, Any]:
    cells = zip(skills, line.cells, strict=True)
    return {skill.key: Decimal(cell.row.level) if cell else None for skill, cell in cells}


def _writer(place: int) -> Any:
    return lambda line: line.cells[place].row.level if line.cells[place] else None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
