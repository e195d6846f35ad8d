"""An answer made ready for people: who is in and who is out, against the present selection."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mainstay.authorisation.aims import Aim
from mainstay.authorisation.models import Selection, Solution
from mainstay.authorisation.problem import BUDGET, NO_THEME, PRESENT
from mainstay.engine import selection as engine

IN, OUT = "in", "out"


@dataclass(frozen=True)
class Line:
    """A candidate in the answer: what it brings and costs, whether it is in, and whether it was."""

    id: int
    code: str
    name: str
    theme: str
    value: float
    cost: float
    is_in: bool
    was_in: bool
    place: int
    forced: str | None = None
    forced_reason: str = ""
    explanation: Mapping[str, Any] | None = field(default=None, hash=False)

    @property
    def change(self) -> str:
        """Against the present selection: kept, new, dropped, or still out."""
        if self.is_in:
            return "kept" if self.was_in else "new"
        return "dropped" if self.was_in else "still out"


@dataclass(frozen=True)
class Totals:
    """How many candidates, and what they bring and cost together."""

    count: int
    value: float
    cost: float


@dataclass(frozen=True)
class Limit:
    """What the plan uses of a limit, in its unit; it binds when somebody left out does not fit into the rest."""

    id: str
    name: str
    unit: str
    used: float
    total: float
    is_binding: bool


@dataclass(frozen=True)
class Result:
    """The answer to a selection."""

    solution: Solution
    problem: engine.Problem
    aim: Aim
    lines: tuple[Line, ...]
    limits: tuple[Limit, ...]

    @property
    def currency(self) -> str:
        """The currency of the budget."""
        return self.problem.limit(BUDGET).unit

    @property
    def budget(self) -> float:
        """The budget the plan had to stay within."""
        return self.problem.limit(BUDGET).total or 0.0

    @cached_property
    def ins(self) -> tuple[Line, ...]:
        """The chosen candidates, what brings most first."""
        return tuple(sorted((line for line in self.lines if line.is_in), key=lambda line: -line.value))

    @cached_property
    def outs(self) -> tuple[Line, ...]:
        """The others, what brings most first."""
        return tuple(sorted((line for line in self.lines if not line.is_in), key=lambda line: -line.value))

    @cached_property
    def plan(self) -> Totals:
        """The plan in figures."""
        return _totals(self.ins)

    @cached_property
    def present(self) -> Totals | None:
        """The present selection in figures; None when there is none among the candidates."""
        lines = tuple(line for line in self.lines if line.was_in)
        return _totals(lines) if lines else None

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each candidate by code."""
        return {line.code: line.name for line in self.lines}

    def changes(self, change: str) -> list[Line]:
        """The lines with one change against the present selection."""
        return [line for line in self.lines if line.change == change]

    def line(self, code: str) -> Line | None:
        """The line of one candidate."""
        return next((line for line in self.lines if line.code == code), None)


def result_of(selection: Selection) -> Result | None:
    """The answer a selection has, made ready; None while it has none."""
    return None if selection.solution is None else told_by(selection.solution)


def told_by(solution: Solution) -> Result:
    """A solution made ready."""
    problem = engine.read_problem(solution.problem)
    lines = _lines(problem, solution)
    return Result(solution, problem, Aim(**solution.aim), lines, _limits(problem, solution))


def _lines(problem: engine.Problem, solution: Solution) -> tuple[Line, ...]:
    chosen = {choice["candidate"]: choice for choice in solution.answer["chosen"]}
    explanations = solution.explanations
    places = _places(problem)
    return tuple(
        Line(
            id=solution.projects[each.id],
            code=each.id,
            name=each.name or each.id,
            theme="" if (theme := each.options[0].tags["theme"]) == NO_THEME else theme,
            value=_value(each, chosen.get(each.id)),
            cost=_cost(each, chosen.get(each.id)),
            is_in=each.id in chosen,
            was_in=bool(each.options[0].measures[PRESENT]),
            place=places[each.id],
            forced=each.forced,
            forced_reason=each.reason,
            explanation=explanations.get(each.id),
        )
        for each in problem.candidates
    )


def _option(candidate: engine.Candidate, choice: Mapping[str, Any] | None) -> engine.Option:
    """The chosen option of a candidate; of those left out the first, which is the preferred one."""
    wanted = choice["option"] if choice else None
    return next((each for each in candidate.options if each.id == wanted), candidate.options[0])


def _value(candidate: engine.Candidate, choice: Mapping[str, Any] | None) -> float:
    option = _option(candidate, choice)
    return option.values[option.starts.index(choice["start"]) if choice else 0]


def _cost(candidate: engine.Candidate, choice: Mapping[str, Any] | None = None) -> float:
    return sum(_option(candidate, choice).use.get(BUDGET, ()))


def _places(problem: engine.Problem) -> dict[str, int]:
    """The place of each candidate by what it brings for its cost, the best first."""

    def worth(candidate: engine.Candidate) -> tuple[float, str]:
        value, cost = candidate.options[0].values[0], _cost(candidate)
        return (-value / cost if cost else -float("inf") if value > 0 else 0.0, candidate.id)

    return {each.id: place for place, each in enumerate(sorted(problem.candidates, key=worth), 1)}


def _totals(lines: tuple[Line, ...]) -> Totals:
    return Totals(len(lines), sum(line.value for line in lines), sum(line.cost for line in lines))


def _limits(problem: engine.Problem, solution: Solution) -> tuple[Limit, ...]:
    uses = {use["id"]: use for use in solution.answer["limits"]}
    chosen = set(solution.chosen)
    waiting = [each for each in problem.candidates if each.id not in chosen and _is_wanted(each)]
    return tuple(
        Limit(
            each.id,
            each.name or each.id,
            each.unit,
            float(uses[each.id]["used"]),
            sum(each.amounts()),
            any(_need(one, each.id) > uses[each.id]["slack"] for one in waiting),
        )
        for each in problem.limits
        if each.id in uses
    )


def _is_wanted(candidate: engine.Candidate) -> bool:
    """Whether it would come in if only there were room."""
    return candidate.forced is None and candidate.options[0].values[0] > 0


def _need(candidate: engine.Candidate, limit: str) -> float:
    return sum(candidate.options[0].use.get(limit, ()))
