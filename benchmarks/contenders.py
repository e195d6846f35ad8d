"""Mainstay's planner and what one would otherwise use, each given the same problem, seconds and threads.

PuLP and OR-Tools are in the group `benchmarks`: `uv sync --group benchmarks`.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import Any

from benchmarks.check import check, impossible, objective
from benchmarks.formulation import Formulation, formulate

Document = dict[str, Any]
_SCALE = 10**6  # CP-SAT knows whole numbers only


@dataclass(frozen=True)
class Outcome:
    """What a contender answered, checked: objective and bound, None if none, and what the run took."""

    objective: float | None
    bound: float | None
    seconds: float
    processor_seconds: float
    memory_gib: float
    close_after: float | None = None
    complaint: str = ""

    @property
    def gap(self) -> float | None:
        """(bound - objective) / |objective|, None where that has no meaning."""
        if not self.objective or self.bound is None:
            return None
        return max(0.0, self.bound - self.objective) / abs(self.objective)


@dataclass(frozen=True)
class Found:
    """What a contender says before anybody has checked it."""

    chosen: list[Document]
    bound: float | None
    close_after: float | None = None


def run(name: str, problem: Document, seconds: float, threads: int) -> Outcome:
    """Let one contender answer; the objective counts only when the independent check confirms the answer."""
    began = time.monotonic()
    found = CONTENDERS[name](problem, seconds, threads)
    taken = time.monotonic() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    memory = max(each.ru_maxrss for each in used) / 2**20
    worth, complaints = _confirmed(problem, found)
    return Outcome(worth, found.bound, taken, processor, memory, found.close_after, "; ".join(complaints[:2]))


def _confirmed(problem: Document, found: Found) -> tuple[float | None, list[str]]:
    if not found.chosen:
        return None, []
    complaints = impossible(problem, found.chosen)
    if complaints:
        return None, complaints
    worth = objective(problem, found.chosen)
    complaints = check(problem, {"objective": worth, "bound": found.bound, "chosen": found.chosen})
    return (None if complaints else worth), complaints


def _mainstay(problem: Document, seconds: float, threads: int) -> Found:
    from mainstay.engine.selection import answer_to_dict, read_problem, solve

    close: list[float] = []

    def tell(_: float | None, __: float | None, gap: float | None, at: float) -> None:
        if not close and gap is not None and gap <= 0.01:
            close.append(at)

    answer = answer_to_dict(solve(read_problem(problem), seconds=seconds, threads=threads, progress=tell))
    chosen, bound = answer["chosen"], answer["bound"]
    return Found(chosen, bound, close[0] if close else None)  # type: ignore[arg-type]


def _highs(problem: Document, seconds: float, threads: int) -> Found:
    import highspy

    model = formulate(problem)
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("mip_rel_gap", 0.0)
    variables = [highs.addBinary(obj=value) for value in model.values]
    for row in model.rows:
        places = [variables[place].index for place in row.coefficients]
        highs.addRow(row.low, row.high, len(places), places, list(row.coefficients.values()))
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    highs.run()
    info = highs.getInfo()
    has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    numbers = list(highs.getSolution().col_value) if has_plan else [0.0] * len(variables)
    return Found(model.chosen(numbers), info.mip_dual_bound if isfinite(info.mip_dual_bound) else None)


def _pulp_cbc(problem: Document, seconds: float, threads: int) -> Found:
    import pulp

    model = formulate(problem)
    program = pulp.LpProblem("plan", pulp.LpMaximize)
    names = [f"x{place}" for place in range(len(model.values))]
    variables = [program.add_variable(name, cat="Binary") for name in names]
    program += pulp.lpSum(value * each for value, each in zip(model.values, variables, strict=True))
    for row in model.rows:
        total = pulp.lpSum(amount * variables[place] for place, amount in row.coefficients.items())
        if isfinite(row.high):
            program += total <= row.high
        if isfinite(row.low):
            program += total >= row.low
    return _cbc_answer(program, variables, model, seconds, threads)


def _cbc_answer(program: Any, variables: list[Any], model: Formulation, seconds: float, threads: int) -> Found:
    """CBC tells its bound only in its log."""
    import tempfile
    from pathlib import Path

    import pulp

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        program.solve(pulp.COIN_CMD(msg=False, timeLimit=seconds, threads=threads, gapRel=0.0, logPath=str(log)))
        lines = log.read_text().splitlines() if log.is_file() else []
    numbers = [each.varValue or 0.0 for each in variables]
    told = [line.split()[-1] for line in lines if line.startswith(("Upper bound:", "Lower bound:"))]
    bound = abs(float(told[0])) if told else None
    if bound is None and any("Optimal solution found" in line for line in lines):
        bound = sum(value * number for value, number in zip(model.values, numbers, strict=True))
    return Found(model.chosen(numbers), bound)


def _cp_sat(problem: Document, seconds: float, threads: int) -> Found:
    from ortools.sat.python import cp_model

    formulation, model = formulate(problem), cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in formulation.values]
    for row in formulation.rows:
        amounts = [round(amount * _SCALE) for amount in row.coefficients.values()]
        total = cp_model.LinearExpr.weighted_sum([variables[place] for place in row.coefficients], amounts)
        if isfinite(row.high):
            model.add(total <= floor(row.high * _SCALE + 0.5))
        if isfinite(row.low):
            model.add(total >= ceil(row.low * _SCALE - 0.5))
    gains = [round(value * _SCALE) for value in formulation.values]
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    has_plan = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    numbers = [float(solver.value(each)) if has_plan else 0.0 for each in variables]
    return Found(formulation.chosen(numbers), solver.best_objective_bound / _SCALE)


CONTENDERS: dict[str, Callable[[Document, float, int], Found]] = {
    "mainstay": _mainstay,
    "highs": _highs,
    "pulp-cbc": _pulp_cbc,
    "cp-sat": _cp_sat,
}
