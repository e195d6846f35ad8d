"""The best plan of one sample: an independent piece of work that any worker may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

from mainstay.engine.robust.sampling import sample, sampled_problem
from mainstay.engine.robust.uncertainty import Uncertainty
from mainstay.engine.selection import Effort, Problem
from mainstay.engine.selection.optimum import find_optimum
from mainstay.engine.selection.plan import Pick, Plan
from mainstay.engine.selection.search import HybridSolver

Chosen = tuple[tuple[str, str, int], ...]
"""Candidate, option and start of everything in a plan, in the order of the problem."""


@dataclass(frozen=True, slots=True)
class SolvedSample:
    """The best plan for one sample, and what it would be worth then; None where no plan holds or none was found."""

    number: int
    objective: float | None
    bound: float | None
    chosen: Chosen
    proven: bool

    def to_dict(self) -> dict[str, object]:
        """The sample as a JSON object."""
        chosen = [list(each) for each in self.chosen]
        names = ("number", "objective", "bound", "proven")
        return {name: getattr(self, name) for name in names} | {"chosen": chosen}

    @classmethod
    def from_dict(cls, written: dict[str, object]) -> Self:
        """The sample that `to_dict` wrote."""
        chosen = tuple((each[0], each[1], each[2]) for each in written["chosen"])  # type: ignore[attr-defined]
        return cls(**(written | {"chosen": chosen}))  # type: ignore[arg-type]


def solve_sample(
    problem: Problem,
    uncertainty: Uncertainty,
    number: int,
    *,
    seed: int = 0,
    effort: Effort | None = None,
    first: Chosen = (),
) -> SolvedSample:
    """The best plan if everything comes out as in this sample, beginning from the plan `first`.

    Ties between equally good plans are not settled. Raises ValueError for an uncertainty of another problem.
    """
    uncertainty.check(problem)
    there = sampled_problem(problem, uncertainty, sample(uncertainty, seed, number))
    optimum = find_optimum(
        there, HybridSolver(), effort or Effort(), plan_of(there, first) if first else None, ties=False
    )
    chosen = (
        ()
        if optimum.plan is None
        else tuple((each.candidate, each.option, each.start) for each in optimum.plan.choices(there))
    )
    return SolvedSample(number, optimum.objective, optimum.bound, chosen, optimum.is_proven)


def solve_samples(
    problem: Problem,
    uncertainty: Uncertainty,
    numbers: Iterable[int],
    *,
    seed: int = 0,
    seconds_each: float = 10.0,
    gap: float = 0.0,
    first: Chosen = (),
    cancelled: Callable[[], bool] | None = None,
) -> tuple[SolvedSample, ...]:
    """The samples with these numbers one after the other, each beginning from the plan before; fewer if cancelled."""
    found: list[SolvedSample] = []
    for number in numbers:
        if cancelled is not None and cancelled():
            break
        effort = Effort(seconds_each, gap, cancelled=cancelled or (lambda: False))
        found.append(solve_sample(problem, uncertainty, number, seed=seed, effort=effort, first=first))
        first = found[-1].chosen or first
    return tuple(found)


def plan_of(problem: Problem, chosen: Chosen) -> Plan:
    """The plan made of what was chosen."""
    picks: dict[str, Pick] = {}
    for name, option_id, start in chosen:
        options = problem.candidate(name).options
        nth = next(place for place, each in enumerate(options) if each.id == option_id)
        picks[name] = Pick(nth, options[nth].starts.index(start))
    return Plan(tuple(picks.get(each.id) for each in problem.candidates))
