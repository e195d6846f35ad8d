"""How much work a page costs, and that it does not grow with the register.

    uv run python -m benchmarks.pages --projects 10000

For SQLite and PostgreSQL: CPU milliseconds and p50 of the inventory page (100 rows), the API's list of 100 and the
portfolio dashboard at 100, 1,000 and N projects, with their query counts, and the CSV export of everything. CPU is
that of the web process; a database server's own is not counted. Memory is in `benchmarks.memory`.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.surroundings import run_inside

ROUNDS = 25
PAGES = {
    "inventory page, 100 rows": "/projects/",
    "inventory, by cost": "/projects/?sort=-cost",
    "API list of 100": "/api/v1/projects?limit=100",
    "dashboard, warm": "/portfolios/ESTATE/",
    "dashboard, cold": "/portfolios/ESTATE/",
}


@dataclass(frozen=True)
class Measured:
    """One page at one size."""

    cpu_ms: float
    p50_ms: float
    queries: int
    kilobytes: float


def measure(get: Callable[[], Any], before: Callable[[], None]) -> Measured:
    """The median over some rounds, after two that warm up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        get()
    cpu, wall = [], []
    for _ in range(ROUNDS):
        before()
        cpu_start, start = time.process_time(), time.perf_counter()
        response = get()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - cpu_start)
    before()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = get()
    if response.status_code != 200:
        raise SystemExit(f"A page answered {response.status_code}.")
    kilobytes = len(response.content) / 1024
    return Measured(1000 * statistics.median(cpu), 1000 * statistics.median(wall), len(captured), kilobytes)


def pages(estate: Any, database: str) -> dict[str, Measured]:
    """Every page at the estate's present size."""
    from django.core.cache import cache
    from django.test import Client

    browser = Client()
    browser.force_login(estate.manager)
    found = {}
    for name, address in PAGES.items():
        before = cache.clear if name.endswith("cold") else lambda: None
        found[name] = measure(lambda address=address: browser.get(address), before)
        told = found[name]
        print(
            f"{database:9} {estate.size:7,}  {name:26} {told.cpu_ms:7.1f} {told.p50_ms:7.1f} {told.queries:8}"
            f" {told.kilobytes:8.0f}",
            flush=True,
        )
    return found


def export(estate: Any, database: str) -> None:
    """The CSV of everything, streamed and thrown away."""
    import tracemalloc

    from django.test import Client

    browser = Client()
    browser.force_login(estate.manager)
    _drain(browser)
    start = time.perf_counter()
    size = _drain(browser)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    _drain(browser)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    told = f"{seconds:.2f} s, {size / 2**20:.1f} MiB sent, peak {peak:.1f} MiB"
    print(f"{database:9} {estate.size:7,}  CSV of everything: {told}", flush=True)


def _drain(browser: Any) -> int:
    response = browser.get("/inventory/export/?format=csv")
    if response.status_code != 200 or not response.streaming:
        raise SystemExit(f"The export answered {response.status_code}.")
    return sum(len(part) for part in response.streaming_content)


def inside(database: str, most: int) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks.estate import Estate

    estate = Estate()
    by_size = {}
    for size in sorted({min(100, most), min(1000, most), most}):
        start = time.perf_counter()
        estate.grow_to(size)
        print(f"{database:9} {size:7,}  imported in {time.perf_counter() - start:.1f} s", flush=True)
        by_size[size] = pages(estate, database)
    export(estate, database)
    return report(by_size, database)


def report(by_size: dict[int, dict[str, Measured]], database: str) -> int:
    """Growth from the middle size to the largest, and whether query counts stay the same."""
    sizes = sorted(by_size)
    steady = True
    for name in PAGES:
        counts = [by_size[size][name].queries for size in sizes]
        growth = by_size[sizes[-1]][name].cpu_ms / by_size[sizes[-2]][name].cpu_ms if len(sizes) > 1 else 1.0
        steady = steady and len(set(counts)) == 1
        print(f"{database:9}  {name:26} growth {growth:4.2f}, queries {' / '.join(map(str, counts))}")
    return 0 if steady else 1


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
    print("database  projects page                        CPU ms  p50 ms  queries      KiB", flush=True)
    codes = [run_inside("benchmarks.pages", kind, ["--projects", str(options.projects)]) for kind in kinds]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
