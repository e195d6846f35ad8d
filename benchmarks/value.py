"""What measures of value cost: 10,000 projects, 20,000 benefits and 200,000 readings of them.

    uv run python -m benchmarks.value --projects 10000

On SQLite and PostgreSQL: CPU milliseconds and p50 of the web process and the number of queries of the value page,
warm (nothing changed since it was asked last; at most 300), after a new reading, and cold (nothing is remembered).
Beside it the measures of the register alone, made anew each time, and whether its sums equal those made reading by
reading in Python. A database server's own CPU is not counted; p50 has it.
"""

import argparse
import random
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.pages import measure
from benchmarks.surroundings import run_inside

WARM_MS = 300
BENEFITS, READINGS, MONTHS = 2, 10, 24
PAGE = "/value/?portfolio=ESTATE"
CLOSE = 0.05
"""How far the sums of a benefit may differ: a plan made month by month is rounded to cents in each."""


def lay_down(size: int) -> Any:
    """The estate, and benefits of each project that began ten months ago and were read every month."""
    from django.utils import timezone

    from benchmarks import ledgers
    from benchmarks.estate import Estate
    from mainstay.core.surrounding import acting
    from mainstay.engine.basics.periods import month_after
    from mainstay.portfolio.models import Project
    from mainstay.value.models import Benefit, BenefitReading

    start, chance = time.perf_counter(), random.Random(11)  # noqa: S311  (made-up figures)
    with acting(at=timezone.now() - timedelta(days=400)):
        estate = Estate()
        estate.grow_to(size)
    ledgers.set_goals(estate.top)
    first = month_after(timezone.localdate(), -READINGS)
    kinds = ("revenue", "cashable", "non_cashable", "avoided")
    made = [
        Benefit(
            project=project,
            name=f"Benefit {number}",
            kind=kinds[(project.pk + number) % len(kinds)],
            target=Decimal(chance.randrange(24_000, 240_000)),
            first_month=first,
            months=MONTHS,
            attribution=Decimal(chance.randrange(30, 101)) / 100,
        )
        for project in Project.objects.order_by("pk")
        for number in range(BENEFITS)
    ]
    Benefit.objects.bulk_create(made, batch_size=500)
    rows = [
        BenefitReading(
            benefit=benefit,
            month=month_after(first, at),
            amount=Decimal(chance.randrange(0, 1_500_000)) / 100,
            evidence="Books",
        )
        for benefit in made
        for at in range(READINGS)
    ]
    BenefitReading.objects.bulk_create(rows, batch_size=500)
    print(
        f"{len(made):,} benefits, {len(rows):,} readings laid down in {time.perf_counter() - start:.0f} s", flush=True
    )
    return estate


def inside(database: str, size: int) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    estate = lay_down(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    browser = Client()
    browser.force_login(estate.manager)
    befores = {"warm": lambda: None, "after a reading": lambda: _read(estate), "cold": cache.clear}
    found = {}
    for name, before in befores.items():
        told = found[name] = measure(lambda: browser.get(PAGE), before)
        figures = f"{told.cpu_ms:8.1f} {told.p50_ms:8.1f} {told.queries:8} {told.kilobytes:8.0f}"
        print(f"{database:9} {size:9,} value page, {name:18} {figures}", flush=True)
    equal = _register(estate, database)
    return 0 if found["warm"].cpu_ms <= WARM_MS and equal else 1


def _read(estate: Any) -> None:
    """Somebody records what came last month."""
    from mainstay.core.system import MAINSTAY
    from mainstay.engine.basics.periods import month_after
    from mainstay.value.models import Benefit
    from mainstay.value.operations import Read, record_readings

    benefit = Benefit.objects.order_by("pk").first()
    month = month_after(benefit.first_month, READINGS - 1)
    amount = Decimal(random.randrange(100, 100_000)) / 100  # noqa: S311  (made-up figures)
    record_readings(benefit, actor=MAINSTAY, readings=[Read(month, amount, "Books")])


def _register(estate: Any, database: str) -> bool:
    """Time the measures alone, and compare them with sums made one by one."""
    from mainstay.portfolio.queries.reading import Reading
    from mainstay.value.benefits.register import Register

    best, told = float("inf"), {}
    for _ in range(3):
        start = time.process_time()
        register = Register(Reading(estate.manager), estate.top.currency)
        told = {"planned": register.planned, "came": register.came, "rate": register.rate or 0.0}
        best = min(best, time.process_time() - start)
    start = time.process_time()
    plain = _one_by_one(estate, register.until)
    naive = time.process_time() - start
    equal = all(abs(told[name] - plain[name]) <= CLOSE * len(register.benefits.ids) for name in plain)
    print(
        f"{database:9} measures of the register {1000 * best:8.1f} CPU ms made anew; one by one {1000 * naive:8.1f} "
        f"({naive / best:.1f} times); {'equal' if equal else f'not equal: {told} {plain}'}",
        flush=True,
    )
    return equal


def _one_by_one(estate: Any, until: int) -> dict[str, float]:
    from mainstay.engine.basics.periods import month_after, month_of
    from mainstay.engine.benefits.profile import Profile, target
    from mainstay.value.models import Benefit

    last, planned, came, due = month_of(until), Decimal(0), Decimal(0), Decimal(0)
    for benefit in Benefit.objects.visible_to(estate.manager).prefetch_related("readings"):
        course = target(benefit.target, benefit.months, Profile(benefit.profile), benefit.waiting)
        by_month = {month_after(benefit.first_month, at): part for at, part in enumerate(course)}
        planned += sum((part for month, part in by_month.items() if month <= last), Decimal(0))
        for reading in benefit.readings.all():
            if reading.month <= last:
                came += reading.amount * benefit.attribution
                due += by_month.get(reading.month, Decimal(0))
    return {"planned": float(planned), "came": float(came), "rate": float(came / due)}


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
    print("database   projects page                            CPU ms   p50 ms  queries      KiB", flush=True)
    return max(run_inside("benchmarks.value", kind, ["--projects", str(options.projects)]) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
