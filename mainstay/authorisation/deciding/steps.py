"""What adopting a scenario would do, project by project, and what stands in the way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mainstay.authorisation.adoption import Move, moves_for
from mainstay.authorisation.models import Outcome, PlanLine, Scenario, ScenarioState
from mainstay.authorisation.plan_of_record import has_moved_on, standing
from mainstay.authorisation.result import Line
from mainstay.authorisation.scenarios.exits import PAUSE, STOP
from mainstay.core.errors import Impossible
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Phase, Project
from mainstay.resources.models import Booking, Firmness

ADOPTABLE = frozenset({ScenarioState.DRAFT, ScenarioState.FROZEN, ScenarioState.SUBMITTED})


@dataclass(frozen=True)
class Step:
    """What happens to one project."""

    move: Move
    line: PlanLine
    has_moved_on: bool
    to_harden: int

    @property
    def project(self) -> Project:
        """The project as it stands."""
        return self.move.project

    @property
    def is_rescheduled(self) -> bool:
        """Whether its dates change."""
        return self.line.is_in and self.dates != (self.project.start_date, self.project.end_date)

    @property
    def dates(self) -> tuple[date | None, date | None]:
        """From when to when it runs by the scenario; where that says nothing, as it stands."""
        return (self.line.start_date or self.project.start_date, self.line.end_date or self.project.end_date)

    @property
    def leaves(self) -> str:
        """Whether running work is stopped or put to rest, in the word of its way; nothing else."""
        way = self.move.way
        if way is not None and self.move.outcome == Outcome.WITHDRAWN and way.target.phase == Phase.DROPPED:
            return STOP
        return PAUSE if self.line.is_in and self.line.option == PAUSE else ""

    @property
    def changes_anything(self) -> bool:
        """Whether the decision does anything to it."""
        return bool(self.move.way or self.is_rescheduled or self.to_harden or self.leaves)


def steps_of(scenario: Scenario, *, reject_others: bool = False) -> list[Step]:
    """What adopting would do, those that others need first; refused where there is nothing to adopt."""
    if scenario.state not in ADOPTABLE:
        raise Impossible(f"{scenario.name} is {scenario.get_state_display().lower()}; it cannot be adopted.")
    lines = {line.project_id: line for line in scenario.lines.select_related("project__stage")}
    if not any(line.is_in for line in lines.values()):
        raise Impossible("No project is in this scenario; there is nothing to adopt.")
    figures = _Figures(scenario)
    moves = moves_for([figures.line(line) for line in lines.values()], reject_others=reject_others)
    pencilled = soft_bookings([move.project.pk for move in moves if move.line.is_in])
    soft = Counter(pencilled.values_list("project_id", flat=True))
    return [
        Step(
            move,
            lines[move.project.pk],
            has_moved_on(lines[move.project.pk].base, standing(move.project)),
            soft[move.project.pk],
        )
        for move in moves
    ]


def obstacles(steps: list[Step]) -> list[str]:
    """What stands in the way of all of it, project by project."""
    found = [
        f"{one.move.line.name} ({one.move.line.code}): {one.move.obstacle}" for one in steps if one.move.obstacle
    ]
    moved = [one.move.line.code for one in steps if one.has_moved_on]
    if moved:
        found.append(
            f"The plan of record has moved on since the branch was made ({', '.join(moved[:10])}): merge first."
        )
    return found


def soft_bookings(projects: list[int]) -> QuerySet[Booking]:
    """The bookings of projects that are only pencilled in."""
    return Booking.objects.filter(project__in=projects, firmness=Firmness.SOFT).order_by("pk")


class _Figures:
    """What the projects bring and cost by the scenario's answer, by the register where there is none."""

    def __init__(self, scenario: Scenario) -> None:
        solution = scenario.solution
        self._solution = solution
        self._explanations: Mapping[str, Any] = solution.explanations if solution else {}
        problem = engine.read_problem(solution.problem) if solution and solution.has_plan else None
        self._candidates = {each.id: each for each in problem.candidates} if problem else {}
        self._chosen = {each["candidate"]: each for each in solution.answer["chosen"]} if problem and solution else {}

    def line(self, row: PlanLine) -> Line:
        """A line of the scenario as a decision reads it."""
        project = row.project
        return Line(
            id=project.pk,
            code=project.code,
            name=project.name,
            theme=project.theme,
            value=self._value(row),
            cost=float(project.cost or 0),
            is_in=row.is_in,
            was_in=project.stage.phase == Phase.COMMITTED,
            place=0,
            forced=row.forced or None,
            forced_reason=row.reason,
            explanation=self._explanations.get(project.code),
        )

    def _value(self, row: PlanLine) -> float:
        candidate, chosen = self._candidates.get(row.project.code), self._chosen.get(row.project.code)
        if candidate is None:
            return float(row.project.benefit or 0)
        option = next((each for each in candidate.options if chosen and each.id == chosen["option"]), None)
        if option is None or chosen is None or chosen["start"] not in option.starts:
            return candidate.options[0].values[0]
        return option.values[option.starts.index(chosen["start"])]


def is_authorised(step: Step) -> bool:
    """Whether the decision authorises the project anew."""
    return step.move.outcome == Outcome.AUTHORISED
