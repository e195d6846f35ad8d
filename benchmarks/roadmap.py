"""What the roadmap costs: its data and its page for 2,000 bars with dependencies and milestones.

    uv run python -m benchmarks.roadmap

On SQLite and PostgreSQL: CPU milliseconds of the web process for the data of the picture (at most 150), for the whole
page, the API's answer and the effect of a move, with their query counts. A database server's own CPU is not counted.
"""

import random
import sys
from datetime import timedelta
from typing import Any

from benchmarks.pages import measure
from benchmarks.surroundings import run_inside

BARS, LINKS, MOST_MS = 2000, 1500, 150
EVERYTHING = "phase=pipeline,committed,finished,dropped"
PAGES = {
    "data of the picture": f"/roadmap/data/?{EVERYTHING}",
    "page": f"/roadmap/?{EVERYTHING}",
    "API": f"/api/v1/roadmap?{EVERYTHING}",
    "effect of a move": "/roadmap/effect/?project=B-00001&start=2026-01-01&end=2027-12-31",
}


def tie() -> None:
    """Dependencies from each project to one of those after it, and two milestones for each."""
    from mainstay.portfolio.models import Dependency, DependencyKind, Milestone, Project

    draw = random.Random(1)  # noqa: S311  (the same plan every time)
    projects = list(Project.objects.order_by("code"))
    pairs = [sorted(draw.sample(range(len(projects)), 2)) for _ in range(LINKS)]
    kind = DependencyKind.FINISH_TO_START
    links = {(low, high): Dependency(project=projects[high], needs=projects[low], kind=kind) for low, high in pairs}
    Dependency.objects.bulk_create(links.values())
    marks = [
        Milestone(project=one, name=f"Result {number}", due_date=one.start_date + timedelta(days=40 * number))
        for one in projects
        for number in (1, 2)
    ]
    Milestone.objects.bulk_create(marks)


def inside(database: str) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.cache import cache
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks.estate import Estate

    estate = Estate()
    estate.grow_to(BARS)
    tie()
    browser = Client()
    browser.force_login(estate.manager)
    most = 0.0
    for name, address in PAGES.items():
        told = measure(lambda address=address: browser.get(address), cache.clear)
        most = max(most, told.cpu_ms if name == "data of the picture" else 0)
        row: tuple[Any, ...] = (told.cpu_ms, told.p50_ms, told.queries, told.kilobytes)
        print(f"{database:9} {BARS:6,}  {name:20} {row[0]:7.1f} {row[1]:7.1f} {row[2]:8} {row[3]:8.0f}", flush=True)
    return 0 if most <= MOST_MS else 1


def main() -> int:
    """Both databases, each in a process of its own."""
    if "--inside" in sys.argv:
        return inside(sys.argv[-1])
    print("                                     CPU ms  p50 ms  queries  kilobytes")
    return max([run_inside("benchmarks.roadmap", kind, []) for kind in ("sqlite", "postgres")])


if __name__ == "__main__":
    raise SystemExit(main())
