"""Explanations against solving again from nothing: `uv run python -m benchmarks.explain [--quick]`.

An invented portfolio (300 candidates, 12 periods, 10 roles) is solved to 0.4 %; then one candidate is explained, then
all of them. For some candidates the problem is solved again the plain way, with the candidate the other way round
and until its gap is as small as that of the explanation, which leaves out the flips the explanations also give.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial

from benchmarks.generated import portfolio
from mainstay.engine.selection import Answer, Effort, Explanation, Problem, read_problem, solve
from mainstay.engine.selection.explain import explain_plan


def main(arguments: list[str]) -> int:
    """Explain, and solve again; 0 when no explanation is missing."""
    parser = argparse.ArgumentParser(description="Explanations against solving again from nothing.")
    parser.add_argument("--quick", action="store_true", help="60 candidates")
    parser.add_argument("--family", default="typical")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--gap", type=float, default=0.004, help="of the plan to be explained")
    parser.add_argument("--seconds", type=float, default=180.0, help="for all explanations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--again", type=int, default=10, help="how many candidates to solve again plainly")
    wanted = parser.parse_args(arguments)
    size = (60, 5, 8) if wanted.quick else (300, 10, 12)
    problem = read_problem(portfolio(*size, wanted.family, wanted.seed))
    answer = solve(problem, gap=wanted.gap, seconds=60, threads=wanted.threads)
    print(f"{size[0]} candidates, plan worth {answer.objective:,.1f}, gap {answer.gap:.3%}, {answer.seconds:.1f} s")
    first = problem.candidates[0].id
    one, wall, cpu = _timed(lambda: explain_plan(problem, answer, [first], effort=Effort(3.0)))
    print(f"one candidate: {wall:.1f} s wall, {cpu:.1f} s processor, {_told(one[0])}")
    effort = Effort(wanted.seconds, threads=wanted.threads)
    explanations, wall, cpu = _timed(lambda: explain_plan(problem, answer, effort=effort))
    late = sum(each.reason == "out_of_time" for each in explanations)
    print(f"all {len(explanations)}: {wall:.1f} s wall, {cpu:.1f} s processor, {late} not reached")
    print(f"  {_summed(explanations)}")
    _compare(problem, answer, explanations, wanted, cpu / len(explanations))
    return 1 if late else 0


def _timed[Result](work: Callable[[], Result]) -> tuple[Result, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def _compare(
    problem: Problem, answer: Answer, told: tuple[Explanation, ...], wanted: argparse.Namespace, ours: float
) -> None:
    """Solve again plainly for every so-manieth candidate, until it is as close as the explanation."""
    some = told[:: max(1, len(told) // wanted.again)][: wanted.again]
    taken = 0.0
    for each in some:
        turned = problem.with_forced(each.candidate, "out" if each.chosen else "in")
        again, _, cpu = _timed(partial(solve, turned, gap=_gap(answer, each), seconds=60))
        taken += cpu
        loss = (answer.objective or 0.0) - (again.objective or 0.0)
        print(
            f"  {each.candidate}: {_told(each)}; plainly {loss:,.1f}, gap {again.gap or 0:.3%}, {cpu:.1f} s",
            flush=True,
        )
    plain = taken / len(some)
    print(
        f"processor seconds a candidate: {ours:.2f} with flips, plainly {plain:.2f} without: {plain / ours:.1f} times"
    )


def _gap(answer: Answer, told: Explanation) -> float:
    """The gap of an explanation between the plan it found and the most that is possible."""
    if told.at_least is None or told.objective is None or answer.objective is None:
        return 0.0
    return max(0.0, answer.objective - told.at_least - told.objective) / abs(told.objective)


def _figure(told: Explanation) -> float:
    figure = told.value_of_having if told.chosen else told.price_of_inclusion
    return 0.0 if figure is None else figure


def _told(told: Explanation) -> str:
    if told.at_least is None:
        return "unknown" if told.reason is None else told.reason
    return f"{told.at_least:,.1f} to {_figure(told):,.1f}, {len(told.flip)} flips"


def _summed(told: tuple[Explanation, ...]) -> str:
    widths = sorted(_figure(each) - each.at_least for each in told if each.at_least is not None)
    proven, flips = sum(each.proven for each in told), sum(len(each.flip) for each in told)
    return f"{proven} proven, {flips} flips, intervals {widths[len(widths) // 2] if widths else 0:,.1f} wide (median)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
