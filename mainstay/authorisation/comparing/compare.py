"""Scenarios side by side with the plan of record: project by project, and in figures."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainstay.authorisation.comparing.difference import scenario_lines
from mainstay.authorisation.comparing.figures import Figure, figures_of, sums_of
from mainstay.authorisation.comparing.wording import moved_by
from mainstay.authorisation.models import PlanLine, Scenario
from mainstay.charts import words
from mainstay.portfolio.models import Phase, Project

MOST = 5
PLAN = "Plan of record"


@dataclass(frozen=True)
class Cell:
    """A project in one plan; `is_in` None: the plan does not know the project."""

    is_in: bool | None
    option: str = ""
    start: date | None = None
    end: date | None = None
    moved: str = ""

    @property
    def says(self) -> str:
        """The cell in words: `In, 2 months later, option Reduced`."""
        if self.is_in is None:
            return "Not in it"
        option = f"option {self.option}" if self.option else ""
        parts = [self.moved, option] if self.is_in else []
        return ", ".join(["In" if self.is_in else "Out", *(part for part in parts if part)])


@dataclass(frozen=True)
class Line:
    """A project over all plans, the plan of record first; `cost` None: there is none, or it is not open."""

    code: str
    name: str
    cost: Decimal | None
    currency: str
    cells: tuple[Cell, ...]

    @property
    def count_in(self) -> int:
        """In how many of the scenarios it is."""
        return sum(cell.is_in is True for cell in self.cells[1:])

    @property
    def agreement(self) -> str:
        """Whether the scenarios agree on it: `In all`, `In none`, `In 2 of 3`."""
        of = len(self.cells) - 1
        return "In all" if self.count_in == of else f"In {self.count_in} of {of}" if self.count_in else "In none"

    @property
    def differs(self) -> bool:
        """Whether any plan has it otherwise than another."""
        return len({cell.says for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """Up to five scenarios beside the plan of record."""

    scenarios: tuple[Scenario, ...]
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]

    @property
    def names(self) -> list[str]:
        """What the columns are called."""
        return [PLAN, *(scenario.name for scenario in self.scenarios)]

    @property
    def differing(self) -> list[Line]:
        """The projects that some plan has otherwise."""
        return [line for line in self.lines if line.differs]

    @property
    def finding(self) -> str:
        """The comparison in a sentence."""
        if not self.scenarios:
            return "Choose up to five scenarios and see them side by side."
        every = sum(line.agreement == "In all" for line in self.lines)
        same = len(self.lines) - len(self.differing)
        count = words.counted(len(self.scenarios), "scenario")
        noun = "project is" if every == 1 else "projects are"
        return (
            f"{every} {noun} in all of {count}; {same} of {len(self.lines)} stand as in the plan of record in each."
        )


def compare(scenarios: list[Any], reader: Any, as_of: datetime | None = None) -> Comparison:
    """Scenarios beside the plan of record, as known at a moment, as far as the person may see their projects.

    Who takes part with what is as the register says now; which projects were in, when, and what they cost, as then.
    """
    if not scenarios:
        return Comparison((), (), ())
    kept = [{line[0]: line for line in scenario_lines(scenario, as_of)} for scenario in scenarios]
    ids = {key for lines in kept for key in lines}
    rows = Project.objects.as_of(as_of).readable_by(reader).identified_by(_named(scenarios, as_of))
    projects = [row for row in rows.select_related("stage").order_by("code") if row.row_id in ids]
    sums = sums_of(scenarios, projects, reader, as_of)
    lines = tuple(_line(project, kept) for project in projects)
    ins = [
        [row for row, line in zip(projects, lines, strict=True) if line.cells[at].is_in] for at in range(len(sums))
    ]
    return Comparison(tuple(scenarios), lines, tuple(figures_of(sums, ins)))


def _named(scenarios: list[Any], as_of: datetime | None) -> Any:
    """The projects that have a line in any of the scenarios."""
    rows = PlanLine.objects.as_of(as_of).filter(scenario__in=[scenario.row_id for scenario in scenarios])
    return rows.order_by().values("project_id")


def _line(project: Any, kept: list[dict[int, Any]]) -> Line:
    plan = Cell(project.stage.phase == Phase.COMMITTED, "", project.start_date, project.end_date)
    cells = [plan, *(_cell(project, lines.get(project.row_id)) for lines in kept)]
    return Line(project.code, project.name, project.cost_seen, project.currency, tuple(cells))


def _cell(project: Any, line: Any) -> Cell:
    if line is None:
        return Cell(None)
    _, is_in, option, start, end, *_ = line
    return Cell(is_in, option, start, end, moved_by(project.start_date, start))
