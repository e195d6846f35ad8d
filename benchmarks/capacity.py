"""What the heat map of demand against capacity costs, from the database to the page's data.

    uv run python -m benchmarks.capacity            # 5,000 people, 2,000 projects, 36 months, 1,000,000 bookings
    uv run python -m benchmarks.capacity --small    # a hundredth of it

On SQLite and PostgreSQL: CPU milliseconds, cold (nothing remembered) and warm, by row and unit; what it costs to
change one booking with everything kept right, and to compute all anew. CPU is that of the process, and with
PostgreSQL also that of the server's process beside it. Then the kept hours of some people are compared with their
bookings, spread day by day.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.surroundings import run_inside

SIZES = {"whole": (5_000, 2_000, 1_000_000), "small": (50, 40, 10_000)}
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
ROUNDS = 7
COMPARED = 20


def server_seconds() -> float:
    """CPU seconds of the database's own process for this connection; none with SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def cpu_of(work: Callable[[], Any], rounds: int, before: Callable[[], None] = lambda: None) -> tuple[float, float]:
    """The median CPU milliseconds of this process over some rounds, and the mean of the database server's."""
    mine, its = [], 0.0
    for _ in range(rounds):
        before()
        its -= server_seconds()
        start = time.process_time()
        work()
        mine.append(time.process_time() - start)
        its += server_seconds()
    return 1000 * statistics.median(mine), 1000 * its / rounds


def inside(kind: str, size: str) -> int:
    """Build the staff, then measure."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.estate import Estate
    from benchmarks.staff import Staff
    from mainstay.resources.operations import load

    call_command("migrate", verbosity=0)
    people, projects, bookings = SIZES[size]
    estate = Estate()
    estate.grow_to(projects)
    start = time.process_time()
    staff = Staff(estate, people, bookings)
    print(f"{kind:9} {people:,} people, {projects:,} projects, {bookings:,} bookings", flush=True)
    told(kind, "rows written in bulk", 1000 * (time.process_time() - start), 0.0)
    told(kind, "everything computed anew", *cpu_of(load.keep_all, 1))
    pages(kind, estate)
    changes(kind, staff)
    print(f"{kind:9} largest difference to a spread day by day: {difference(staff):.4f} h", flush=True)
    return 0


def told(kind: str, what: str, cpu: float, server: float) -> None:
    """One line of the table."""
    print(f"{kind:9} {what:44} {cpu:10.1f} {server:10.1f}", flush=True)


def pages(kind: str, estate: Any) -> None:
    """The heat map by skill and month, cold and warm, and other rows and columns, cold."""
    from mainstay.resources.queries import remembered
    from mainstay.resources.queries.heat import By, Question, heat

    asked = [(By.SKILL, "month"), (By.SKILL, "week"), (By.ROLE, "quarter"), (By.TEAM, "month"), (By.PERSON, "month")]
    for by, unit in asked:
        question = Question(by, unit, FIRST, LAST)
        for who in (estate.manager,):
            look = lambda question=question, who=who: heat(question, who)  # noqa: E731
            told(kind, f"heat map by {by.value} and {unit}, cold", *cpu_of(look, ROUNDS, remembered._known.clear))
            told(kind, f"heat map by {by.value} and {unit}, warm", *cpu_of(look, ROUNDS))


def changes(kind: str, staff: Any) -> None:
    """One booking moved by its operation, with all that is kept."""
    from mainstay.core.system import MAINSTAY
    from mainstay.resources.models import Booking
    from mainstay.resources.operations.bookings import edit_booking

    rows = iter(Booking.objects.order_by("pk")[:ROUNDS])

    def change() -> None:
        booking = next(rows)
        edit_booking(booking, actor=MAINSTAY, hours=booking.hours + 1, reason="Measured")

    told(kind, "one booking changed by its operation", *cpu_of(change, ROUNDS))


def difference(staff: Any) -> float:
    """The largest difference between the kept hours of some people in a month and their bookings, day by day."""
    from mainstay.resources.models import Resource
    from tests.resources.daily import day_by_day, kept_hours

    people = Resource.objects.filter(pk__in=staff.people[:COMPARED])
    kept, known = kept_hours(people, FIRST, LAST), day_by_day(people, FIRST, LAST)
    return max(abs(kept.get(cell, 0) - known.get(cell, 0)) for cell in {*kept, *known})


def main() -> int:
    """Each database in a process of its own."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--small", action="store_true", help="a hundredth of it")
    reader.add_argument("--database", choices=("sqlite", "postgres"), help="only this one")
    reader.add_argument("--inside", choices=("sqlite", "postgres"), help=argparse.SUPPRESS)
    asked = reader.parse_args()
    size = "small" if asked.small else "whole"
    if asked.inside:
        return inside(asked.inside, size)
    print(f"{'':9} {'':44} {'CPU ms':>10} {'server':>10}")
    words = ["--small"] if asked.small else []
    kinds = [asked.database] if asked.database else ["sqlite", "postgres"]
    return max(run_inside("benchmarks.capacity", kind, words) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
