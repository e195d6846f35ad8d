"""A frontier against as many independent solves: `uv run python -m benchmarks.frontier [--quick]`.

Value against the money of an invented portfolio (300 candidates, 12 periods, 10 roles), 50 points from half to one
and a half times the present amount, each within 0.5 % of its bound. First as one frontier, then every point by
itself with the same threads, both checked by arithmetic of their own. Wall and processor seconds are printed, since
other work on the machine moves the first and hardly the second.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.check import check
from benchmarks.generated import portfolio
from mainstay.engine.selection import Answer, Effort, Problem, answer_to_dict, problem_to_dict, read_problem, solve
from mainstay.engine.selection.frontier import FrontierPoint, frontier
from mainstay.engine.selection.frontier.axis import Axis

AXIS = "money"


class Taken(NamedTuple):
    """Wall and processor seconds."""

    wall: float
    cpu: float


def main(arguments: list[str]) -> int:
    """Both ways; 0 when every answer holds and the frontier is a rising curve."""
    parser = argparse.ArgumentParser(description="A frontier against as many independent solves.")
    parser.add_argument("--quick", action="store_true", help="80 candidates, 12 points, gap 3 %%")
    parser.add_argument("--family", default="typical")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--gap", type=float, default=0.005)
    parser.add_argument("--seconds", type=float, default=60.0, help="for the whole frontier")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alone", type=int, default=1, help="solve only every so-manieth point by itself")
    wanted = parser.parse_args(arguments)
    wanted.gap = 0.03 if wanted.quick else wanted.gap
    size = (80, 5, 8) if wanted.quick else (300, 10, 12)
    problem = read_problem(portfolio(*size, wanted.family, wanted.seed))
    amounts = Axis(problem, AXIS).amounts(12 if wanted.quick else wanted.points)
    print(f"{size[0]} candidates, {size[1]} roles, {size[2]} periods, {wanted.family}, seed {wanted.seed}")
    effort = Effort(wanted.seconds, wanted.gap, wanted.seed, wanted.threads)
    points, together = _timed(lambda: frontier(problem, AXIS, amounts, effort=effort).points)
    _print("one frontier", [each.answer for each in points], wanted.gap, together)
    right = _is_right(problem, points)
    some = amounts[:: wanted.alone]
    answers, apart = _timed(lambda: [_alone(problem, each, wanted) for each in some])
    _print("each by itself", answers, wanted.gap, apart)
    ratios = [len(amounts) / len(some) * one / other for one, other in zip(apart, together, strict=True)]
    print(f"ratio: {ratios[0]:.1f} in wall, {ratios[1]:.1f} in processor")
    return 0 if right else 1


def _timed[Result](work: Callable[[], Result]) -> tuple[Result, Taken]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, Taken(time.perf_counter() - wall, time.process_time() - cpu)


def _alone(problem: Problem, amount: float, wanted: argparse.Namespace) -> Answer:
    here = Axis(problem, AXIS).at(amount)
    return solve(here, seconds=wanted.seconds, gap=wanted.gap, seed=wanted.seed, threads=wanted.threads)


def _print(name: str, answers: list[Answer], gap: float, taken: Taken) -> None:
    gaps = [each.gap if each.gap is not None else 1.0 for each in answers]
    settled = sum(each <= gap for each in gaps)
    mean, widest = sum(gaps) / len(gaps), max(gaps)
    print(
        f"{name:16} {len(answers):3} points, {settled:3} within {gap:.2%}, mean {mean:.3%}, widest {widest:.3%}, "
        f"{taken.wall:7.1f} s wall, {taken.cpu:7.1f} s processor",
        flush=True,
    )


def _is_right(problem: Problem, points: tuple[FrontierPoint, ...]) -> bool:
    """Whether every answer holds and objectives and bounds rise along the curve."""
    complaints = [
        complaint
        for point in points
        for complaint in check(problem_to_dict(Axis(problem, AXIS).at(point.amount)), answer_to_dict(point.answer))
    ]
    for kind in ("objective", "bound"):
        figures = [getattr(each.answer, kind) for each in points]
        if None not in figures and figures != sorted(figures):
            complaints.append(f"the {kind} does not rise along the curve")
    for complaint in complaints:
        print(f"WRONG: {complaint}")
    return not complaints


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
