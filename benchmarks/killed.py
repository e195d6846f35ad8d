"""Processes killed in the middle of an adoption: `uv run python -m benchmarks.killed [--tries N] [--db KIND]`.

A scenario of forty projects is adopted by a process of its own that is killed (SIGKILL) at a random moment
between its beginning and a little after its usual end, again and again. After each try either everything has
happened (stages, dates, baselines, money, decision, record) or nothing; the decision log must be whole. What was
adopted is taken back before the next try. Prints how often which was found.
"""

import argparse
import random
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.surroundings import run_inside

PROJECTS = 40
ALL, NOTHING = "all of it", "nothing"


def main() -> int:
    """Try on both databases, or on one; 0 when no try left anything half-done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=100)
    parser.add_argument("--db", choices=("sqlite", "postgres"))
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--adopt", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.adopt:
        return _adopt(options.adopt)
    if options.inside:
        return _measure(options.inside, options.tries)
    kinds = [options.db] if options.db else ["sqlite", "postgres"]
    return max(run_inside("benchmarks.killed", kind, ["--tries", str(options.tries)]) for kind in kinds)


def _measure(kind: str, tries: int) -> int:
    import django

    django.setup()
    from mainstay.cli.migrate import bring_up_to_date

    bring_up_to_date()
    scenario = _laid_out()
    usual = _adopted(scenario)
    found = {_state(scenario): 1}
    chance = random.Random(1)  # noqa: S311
    for _ in range(tries):
        _take_back(scenario)
        _adopted(scenario, killed_after=chance.uniform(0, 1.2 * usual))
        state = _state(scenario)
        found[state] = found.get(state, 0) + 1
    told = ", ".join(f"{state} {count} times" for state, count in sorted(found.items()))
    print(f"{kind}: adopted in {usual:.2f} s; after {tries} kills and one run to the end: {told}", flush=True)
    return 0 if found.keys() <= {ALL, NOTHING} else 1


def _laid_out() -> Any:
    """A scenario with every project in, and a fund that holds just enough."""
    from mainstay.authorisation.scenarios.operations import arrange_scenario, create_scenario, share_scenario
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Stage
    from mainstay.portfolio.operations.projects import advance_project, propose_project
    from mainstay.portfolio.operations.setup import open_year
    from mainstay.portfolio.operations.tree import create_portfolio
    from mainstay.value.operations.funds import create_fund, set_envelope

    top = create_portfolio(None, actor=MAINSTAY, name="Top", code="TOP")
    stage = Stage.objects.get(key="candidate")
    for nth in range(PROJECTS):
        figures = {"cost": Decimal(100), "benefit": Decimal(200)}
        project = propose_project(top, actor=MAINSTAY, code=f"P{nth}", name=f"Project {nth}", **figures)
        advance_project(project, actor=MAINSTAY, target=stage)
    year = open_year(None, actor=MAINSTAY, name="2027", start_date=date(2027, 1, 1), end_date=date(2027, 12, 31))
    fund = create_fund(top, actor=MAINSTAY, key="fund", name="Fund", currency=top.currency)
    set_envelope(fund, actor=MAINSTAY, year=year, amount=Decimal(100 * PROJECTS))
    scenario = create_scenario(top, actor=MAINSTAY, name="All", starts_on=date(2027, 1, 1), maximise="benefit")
    time_in_it = {"is_in": True, "start_date": date(2027, 2, 1), "end_date": date(2027, 11, 30)}
    lines = [{"project": f"P{nth}", **time_in_it} for nth in range(PROJECTS)]
    scenario = arrange_scenario(scenario, actor=MAINSTAY, lines=lines)
    return share_scenario(scenario, actor=MAINSTAY, is_open=True)


def _adopt(number: int) -> int:
    """Adopt the scenario of this number, in the process that is killed; tells when it begins and when it is done."""
    import django

    django.setup()
    from mainstay.authorisation.deciding.operations.adopting import adopt_scenario
    from mainstay.authorisation.models import Scenario
    from mainstay.core.system import MAINSTAY
    from mainstay.value.models import Fund

    scenario, fund = Scenario.objects.get(pk=number), Fund.objects.get()
    print("begun", flush=True)
    adopt_scenario(scenario, actor=MAINSTAY, fund=fund)
    print("done", flush=True)
    return 0


def _adopted(scenario: Any, killed_after: float | None = None) -> float:
    """Let a process of its own adopt the scenario, and kill it; gives the seconds from its beginning to its end."""
    words = [sys.executable, "-m", "benchmarks.killed", "--adopt", str(scenario.pk)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdout.readline() != "begun\n":
            raise SystemExit("The adoption could not begin.")
        began = time.monotonic()
        if killed_after is not None:
            time.sleep(killed_after)
            process.kill()
        rest = process.stdout.read()
        seconds = time.monotonic() - began
    if rest != "done\n" and (killed_after is None or process.returncode != -signal.SIGKILL):
        raise SystemExit("The adoption was refused.")
    return seconds


def _state(scenario: Any) -> str:
    """What the database holds: all of it, nothing, or what is half-done."""
    from mainstay.authorisation.deciding.log import verify
    from mainstay.authorisation.models import Baseline, Commitment, Scenario
    from mainstay.portfolio.models import Project

    counted = (
        Project.objects.filter(stage__key="authorised", start_date__isnull=False).count(),
        Baseline.objects.filter(is_current=True).count(),
        sum(row.held > 0 for row in Commitment.objects.all()),
        _standing(scenario).count(),
        Scenario.objects.filter(pk=scenario.pk, state="adopted").count(),
    )
    if findings := verify():
        return f"a broken log ({findings[0]})"
    if counted == (PROJECTS, PROJECTS, PROJECTS, 1, 1):
        return ALL
    return NOTHING if counted == (0, 0, 0, 0, 0) else f"half of it {counted}"


def _standing(scenario: Any) -> Any:
    """The decisions that adopted the scenario and were not taken back; one that only takes back has no lines."""
    from mainstay.authorisation.models import Decision

    return Decision.objects.filter(scenario=scenario, undone_at=None, lines__isnull=False).distinct()


def _take_back(scenario: Any) -> None:
    from mainstay.authorisation.deciding.operations.adopting import undo_adoption
    from mainstay.core.system import MAINSTAY

    for decision in _standing(scenario):
        undo_adoption(decision, actor=MAINSTAY, reason="For the next try")


if __name__ == "__main__":
    sys.exit(main())
