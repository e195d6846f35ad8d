"""`mainstay decisions`: the decision log verified, and decisions replayed."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import FAILED, Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    words.add_parser("verify", help="check that everything in the log is as it was written")
    again = words.add_parser("replay", help="solve the problems of decisions anew and compare")
    again.add_argument("--decision", type=int, metavar="NUMBER", help="one decision only (default: all)")
    again.add_argument("--seconds", type=float, default=20.0, help="for each problem (default: 20)")


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    return _verify() if options.word == "verify" else _replay(options.decision, options.seconds)


def _verify() -> int:
    from mainstay.authorisation.deciding.log import verify
    from mainstay.authorisation.models import DecisionRecord

    findings = verify()
    for finding in findings:
        print(finding)
    if not findings:
        print(f"{DecisionRecord.objects.count()} records, every one as it was written.")
    return FAILED if findings else 0


def _replay(number: int | None, seconds: float) -> int:
    from mainstay.authorisation.deciding.replay import replay
    from mainstay.authorisation.models import Decision

    rows = Decision.objects.exclude(solution=None).select_related("solution").order_by("pk")
    rows = rows.filter(pk=number) if number is not None else rows
    replays = [replay(row, seconds=seconds) for row in rows]
    for each in replays:
        print(f"No. {each.decision.pk}, {each.decision.title}: {each.statement}")
    differing = sum(not each.matches for each in replays)
    print(f"{len(replays)} replayed, {differing} differ.")
    return FAILED if differing else 0


COMMAND = Command("decisions", "Verify the decision log, or replay decisions", _add_arguments, _run)
