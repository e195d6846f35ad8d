"""`mainstay plan FILE`: solves a planning problem kept in a file, without any database."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mainstay.cli import plan_frontier, plan_report, plan_robust
from mainstay.cli.command import Command, WrongUse

if TYPE_CHECKING:
    from mainstay.engine.selection import Choice


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a mainstay-plan/1 document, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print a mainstay-plan-answer/1 document")
    parser.add_argument("--seconds", type=_positive, default=60.0, metavar="S", help="time limit (default 60)")
    parser.add_argument("--gap", type=_share, default=0.0, metavar="G", help="gap that is good enough (default 0)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of the solver (default 0)")
    parser.add_argument(
        "--from", dest="earlier", metavar="ANSWER", help="change as little as possible of this answer"
    )
    parser.add_argument(
        "--give-up", type=_share, default=0.0, metavar="SHARE", help="of the worth, for fewer changes (default 0)"
    )
    parser.add_argument("--explain", type=_candidates, default=(), metavar="all|ID,...", help="say why, for these")
    parser.add_argument(
        "--frontier",
        type=plan_frontier.axis_and_points,
        metavar="LIMIT:POINTS",
        help="solve again with less and more of a limit or of the cap of a measure",
    )
    parser.add_argument(
        "--robust",
        type=_samples,
        default=0,
        metavar="N",
        help="solve again in N samples: who stays in, come what may",
    )
    parser.add_argument(
        "--spread", type=_share, default=0.2, metavar="S", help="how far values may differ in samples (default 0.2)"
    )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number above zero")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share between 0 and 1")
    return number


def _samples(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 10000")
    return number


def _candidates(text: str) -> tuple[str, ...] | str:
    return "all" if text == "all" else tuple(name for name in text.split(",") if name)


def _run(options: argparse.Namespace) -> int:
    from mainstay.engine import selection

    text = _text_of(options.file)
    try:
        problem = selection.read_problem(text)
    except selection.ProblemError as error:
        raise WrongUse(f"{_name_of(options.file)}: {error}") from error
    if options.give_up and not options.earlier:
        raise WrongUse("--give-up needs --from: it is what may be lost for fewer changes")
    _know_all(options.explain, {candidate.id for candidate in problem.candidates})
    earlier = _chosen_in(options.earlier) if options.earlier else None
    answer = selection.solve(
        problem,
        seconds=options.seconds,
        gap=options.gap,
        seed=options.seed,
        explain=options.explain,
        earlier=earlier,
        give_up=options.give_up,
    )
    document = selection.answer_to_dict(answer)
    if options.frontier:
        effort = selection.Effort(options.seconds, options.gap, options.seed)
        document["frontier"] = plan_frontier.frontier_of(problem, options.frontier, effort)
    if options.robust and answer.chosen:
        document["robustness"] = plan_robust.robustness_of(problem, answer, options)
    if options.json:
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return 0
    print(plan_report.describe(json.loads(text), document))
    if earlier is not None:
        print(plan_report.changes(selection.changed(earlier, answer.chosen)))
    return 0


def _chosen_in(file: str) -> "tuple[Choice, ...]":
    """What the answer in a file has chosen."""
    from mainstay.engine import selection

    try:
        return selection.read_chosen(_text_of(file))
    except selection.ProblemError as error:
        raise WrongUse(f"{_name_of(file)}: {error}") from error


def _know_all(asked: tuple[str, ...] | str, known: set[str]) -> None:
    unknown = [] if asked == "all" else [name for name in asked if name not in known]
    if unknown:
        raise WrongUse(f"--explain: there is no candidate {', '.join(unknown)}")


def _name_of(file: str) -> str:
    return "standard input" if file == "-" else file


def _text_of(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"{_name_of(file)} is not text in UTF-8 (byte {error.start})") from error


COMMAND = Command("plan", "Choose a portfolio from a planning file", _add_arguments, _run)
