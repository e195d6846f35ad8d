"""What the executive page costs: 10,000 projects, 36 months with 2,000,000 rows of money, 100,000 risks.

    uv run python -m benchmarks.dashboard --projects 10000

On SQLite and PostgreSQL: CPU milliseconds and p50 of the web process and the number of queries, warm (nothing changed
since it was asked last; at most 200), after a change of one project, and cold (nothing is remembered; at most 1,500).
A database server's own CPU is not counted; p50 has it.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.pages import measure
from benchmarks.surroundings import run_inside

WARM_MS, COLD_MS = 200, 1_500
PAGE = "/dashboards/executive/?portfolio=ESTATE"


def lay_down(size: int, database: str) -> Any:
    """The estate with a year of history, its money, risks and goals."""
    from django.utils import timezone

    from benchmarks import ledgers
    from benchmarks.estate import Estate
    from mainstay.core.surrounding import acting

    steps: dict[str, Callable[[], Any]] = {}
    with acting(at=timezone.now() - timedelta(days=400)):
        estate = Estate()
        steps["projects"] = lambda: estate.grow_to(size) or size
        _timed(database, steps)
    steps = {
        "changes of a year": lambda: ledgers.tell_history(estate.manager) or 12,
        "rows of money": lambda: ledgers.enter_money(estate.manager, estate.top),
        "risks": ledgers.note_risks,
        "goals": lambda: ledgers.set_goals(estate.top) or ledgers.GOALS,
    }
    _timed(database, steps)
    return estate


def _timed(database: str, steps: dict[str, Callable[[], Any]]) -> None:
    for name, step in steps.items():
        start = time.perf_counter()
        count = step()
        print(f"{database:9} {count:9,} {name:20} laid down in {time.perf_counter() - start:6.1f} s", flush=True)


def inside(database: str, size: int) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    estate = lay_down(size, database)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    browser = Client()
    browser.force_login(estate.manager)
    get = lambda: browser.get(PAGE)  # noqa: E731
    befores = {"warm": lambda: None, "after a change": _change, "cold": cache.clear}
    found = {}
    for name, before in befores.items():
        told = found[name] = measure(get, before)
        figures = f"{told.cpu_ms:8.1f} {told.p50_ms:8.1f} {told.queries:8} {told.kilobytes:8.0f}"
        print(f"{database:9} {size:9,} executive page, {name:15} {figures}", flush=True)
    return 0 if found["warm"].cpu_ms <= WARM_MS and found["cold"].cpu_ms <= COLD_MS else 1


def _change() -> None:
    """Somebody changes a project, as every few seconds in a large house."""
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Project
    from mainstay.portfolio.operations.projects import edit_project

    project = Project.objects.order_by("pk").first()
    edit_project(project, actor=MAINSTAY, health="red" if project.health == "green" else "green")


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options.inside, options.projects)
    kinds = ("sqlite", "postgres") if options.database == "both" else (options.database,)
    print("database   projects page                              CPU ms   p50 ms  queries      KiB", flush=True)
    return max(run_inside("benchmarks.dashboard", kind, ["--projects", str(options.projects)]) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
