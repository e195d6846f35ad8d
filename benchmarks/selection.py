"""Mainstay's planner beside plain HiGHS, PuLP with CBC, and CP-SAT: `uv run python -m benchmarks.selection`.

Every contender gets the same problem, seconds and threads, one after the other in a process of its own; what it
answers counts when `benchmarks.check` confirms it. Prints a table in Markdown for each family: gap to the contender's
own bound (and to the best value known), the seconds to a plan within one per cent of the bound, and memory.
`--quick` takes few instances and seconds. PuLP and OR-Tools come with `uv sync --group benchmarks`.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

from benchmarks import families
from benchmarks.contenders import CONTENDERS, Outcome, run

_NEEDS = {"pulp-cbc": "pulp", "cp-sat": "ortools"}
_ROUNDING = 1e-9


def main(arguments: list[str]) -> int:
    """Run the families asked for; 0 when the check confirmed every answer."""
    parser = argparse.ArgumentParser(description="Mainstay's planner beside other solvers.")
    parser.add_argument("--family", choices=families.NAMES, action="append", help="one or more; default all")
    parser.add_argument("--instances", type=int, help="how many of each family; default all")
    parser.add_argument("--contender", choices=tuple(CONTENDERS), action="append", help="one or more; default all")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, default=families.BESIDE_THE_CHECKOUT)
    parser.add_argument("--quick", action="store_true", help="three instances of each family, ten seconds each")
    asked = parser.parse_args(arguments)
    if asked.quick:
        asked.instances, asked.seconds = asked.instances or 3, min(asked.seconds, 10.0)
    contenders = [each for each in asked.contender or CONTENDERS if _is_here(each)]
    print(f"{asked.seconds:g} s, {asked.threads} threads each\n")
    confirmed = [_family(each, asked, contenders) for each in asked.family or families.NAMES]
    return 0 if all(confirmed) else 1


def _is_here(contender: str) -> bool:
    package = _NEEDS.get(contender)
    if package is None or find_spec(package):
        return True
    print(f"{contender} is left out: {package} is not installed (uv sync --group benchmarks)", file=sys.stderr)
    return False


def _family(family: str, asked: argparse.Namespace, contenders: list[str]) -> bool:
    """One table; whether every answer was confirmed."""
    rows: list[list[Outcome]] = []
    for instance in families.instances(family, asked.data, asked.instances):
        if not rows:
            _head(family, contenders)
        rows.append([_alone(each, instance.problem, asked) for each in contenders])
        cells = [_cell(each, instance.best_known) for each in rows[-1]]
        print(f"| {instance.name} | {' | '.join(cells)} |", flush=True)
    if not rows:
        print(f"{family} is left out: its data are not in {asked.data}", file=sys.stderr)
        return True
    _foot(rows, contenders)
    return not any(each.complaint for row in rows for each in row)


def _alone(contender: str, problem: families.Document, asked: argparse.Namespace) -> Outcome:
    """One run in a process of its own, so that time and memory are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, contender, problem, asked.seconds, asked.threads).result()


def _head(family: str, contenders: list[str]) -> None:
    print(f"| {family} | {' | '.join(contenders)} |")
    print("|---" * (len(contenders) + 1) + "|")


def _cell(outcome: Outcome, best_known: float | None) -> str:
    if outcome.complaint:
        return f"not confirmed: {outcome.complaint}"
    if outcome.objective is None:
        return f"no plan, {outcome.seconds:.1f} s"
    parts = ["proven" if outcome.gap == 0 else "no bound" if outcome.gap is None else f"{outcome.gap:.3%}"]
    if best_known is not None:
        parts.append(f"{(best_known - outcome.objective) / abs(best_known):.3%} to best known")
    parts.append(f"{outcome.seconds:.1f} s")
    if outcome.close_after is not None:
        parts.append(f"1 % after {outcome.close_after:.2f} s")
    return ", ".join([*parts, f"{outcome.processor_seconds:.0f} s cpu", f"{outcome.memory_gib:.2f} GiB"])


def _foot(rows: list[list[Outcome]], contenders: list[str]) -> None:
    """The mean gap of each contender, and how often the first was at least as close as the best of the others."""
    means = []
    for column in zip(*rows, strict=True):
        gaps = [each.gap for each in column if each.gap is not None]
        means.append(f"{fmean(gaps):.3%}" if len(gaps) == len(rows) else f"{len(gaps)} of {len(rows)} with a gap")
    print(f"| mean | {' | '.join(means)} |\n")
    if len(contenders) > 1:
        as_close = sum(_gap(row[0]) <= min(map(_gap, row[1:])) + _ROUNDING for row in rows)
        print(f"{contenders[0]} is as close as the best of the others in {as_close} of {len(rows)}.\n")


def _gap(outcome: Outcome) -> float:
    return 10.0 if outcome.gap is None else outcome.gap


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
