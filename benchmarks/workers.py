"""A frontier of 50 points done by one worker and by three, on one PostgreSQL.

    uv run python -m benchmarks.workers [--candidates N] [--points N]

Each count begins with its own workers, started before the clock; the clock is the run's own, from the moment a worker
takes it up to its end. The machine should be otherwise idle: what others use is missing on both sides.
"""

import argparse
import subprocess
import sys
import time
from decimal import Decimal
from typing import Any

from benchmarks.surroundings import run_inside

NEEDS = 8
COUNTS = (1, 3)
WAIT = 0.2


def main() -> int:
    """Measure inside a fresh database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=150)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return _measure(options.candidates, options.points)
    words = ["--candidates", str(options.candidates), "--points", str(options.points)]
    return run_inside("benchmarks.workers", "postgres", words)


def _measure(candidates: int, points: int) -> int:
    """Lay out a portfolio and time the runs."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    person, selection = _laid_out(candidates)
    seconds = {count: _timed(person, selection, points, count) for count in COUNTS}
    for count, taken in seconds.items():
        print(f"{count} {'worker' if count == 1 else 'workers'}: {taken:7.1f} s")
    print(f"three are {seconds[1] / seconds[3]:.2f} times as fast as one")
    return 0


def _laid_out(candidates: int) -> tuple[Any, Any]:
    """A portfolio whose candidates need eight things at once, and a solved selection of it."""
    import numpy as np

    from mainstay.authorisation.operations.selections import prepare_selection
    from mainstay.authorisation.solving import solve_now
    from mainstay.core.operations.grants import give_grant
    from mainstay.core.operations.people import create_person
    from mainstay.core.roles import Role
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Stage
    from mainstay.portfolio.operations.projects import advance_project, propose_project
    from mainstay.portfolio.operations.setup import create_field
    from mainstay.portfolio.operations.tree import create_portfolio
    from mainstay.portfolio.standard import set_up

    set_up()
    top = create_portfolio(None, actor=MAINSTAY, name="Top", code="TOP")
    person = create_person(None, actor=MAINSTAY, username="amara", name="Amara")
    give_grant(person, actor=MAINSTAY, role=Role.PMO_DIRECTOR, path=top.path)
    for need in range(NEEDS):
        create_field(None, actor=MAINSTAY, key=f"need{need}", label=f"Need {need}", kind="number")
    random, stage = np.random.default_rng(1), Stage.objects.get(key="candidate")
    uses = random.integers(1, 1000, (candidates, NEEDS + 1))
    for row, use in enumerate(uses):
        benefit = int(use.mean() + random.integers(0, 500))
        custom = {f"need{need}": int(use[need]) for need in range(NEEDS)}
        project = propose_project(
            top, actor=MAINSTAY, code=f"P{row}", name=f"Project {row}", cost=Decimal(int(use[-1])),
            benefit=Decimal(benefit), custom=custom,
        )  # fmt: skip
        advance_project(project, actor=MAINSTAY, target=stage)
    limits = [{"source": f"custom.need{need}", "max": str(int(uses[:, need].sum() // 2))} for need in range(NEEDS)]
    selection = prepare_selection(
        top, actor=person, name="Best", maximise="benefit", budget=Decimal(int(uses[:, -1].sum() // 2)), limits=limits
    )
    solve_now(selection, actor=person, seconds=10)
    return person, selection


def _timed(person: Any, selection: Any, points: int, workers: int) -> float:
    """The seconds a run takes with so many workers."""
    from mainstay.authorisation.studies.jobs import VARY
    from mainstay.authorisation.studies.terms import FrontierTerms
    from mainstay.core.models import Run
    from mainstay.core.operations.runs import start_run

    started = [subprocess.Popen([sys.executable, "-m", "mainstay.cli", "worker"]) for _ in range(workers)]
    try:
        time.sleep(8)
        parameters = {"selection": selection.pk, "terms": FrontierTerms(points=points).kept()}
        run = start_run(None, actor=person, kind=VARY, title="Frontier", parameters=parameters)
        while not run.is_over:
            time.sleep(WAIT)
            run = Run.objects.get(pk=run.pk)
    finally:
        for each in started:
            each.terminate()
        for each in started:
            each.wait(30)
    if run.state != "succeeded":
        raise SystemExit(f"The run ended {run.state}: {run.step}")
    return (run.finished_at - run.started_at).total_seconds()


if __name__ == "__main__":
    sys.exit(main())
