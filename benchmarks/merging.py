"""What comparing and merging cost with 2,000 projects in each of two scenarios.

    uv run python -m benchmarks.merging

The plan of record moved for 400 projects since the branch, the scenario changed 500, and 40 are at odds. On SQLite
and PostgreSQL: milliseconds of the whole request through HTTP for both scenarios side by side, the difference field
by field, the page of the merge, and the merge itself with every conflict settled; each is at most 1,000.
"""

import random
import re
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from benchmarks.surroundings import run_inside

PROJECTS, MOVED_THERE, CHANGED_HERE, AT_ODDS, TIMES, MOST_MS = 2000, 400, 500, 40, 5, 1000
FIRST = date(2027, 1, 1)


def grown() -> tuple[Any, Any, Any]:
    """Two scenarios of an estate, the second changed by hand, and its manager; then the plan of record moves on."""
    from benchmarks.estate import Estate
    from mainstay.authorisation.scenarios.operations import copy_scenario, create_scenario
    from mainstay.portfolio.models import Phase, Project, Stage

    estate = Estate()
    estate.grow_to(PROJECTS)
    stages = list(Stage.objects.filter(phase__in=[Phase.PIPELINE, Phase.COMMITTED]))
    draw = random.Random(1)  # noqa: S311  (the same plan every time)
    projects = list(Project.objects.order_by("code"))
    for project in projects:
        project.stage, project.start_date = draw.choice(stages), FIRST + timedelta(days=draw.randrange(300))
        project.end_date = project.start_date + timedelta(days=300)
    Project.objects.bulk_update(projects, ["stage", "start_date", "end_date"], batch_size=200)
    first = create_scenario(
        estate.top, actor=estate.manager, name="As it is", starts_on=FIRST, maximise="benefit", currency="GBP"
    )
    second = copy_scenario(first, actor=estate.manager, name="Otherwise")
    _change(second)
    _move_on(second, estate.manager)
    return first, second, estate.manager


def _change(scenario: Any) -> None:
    """The scenario takes projects in and out, and moves as many."""
    from mainstay.authorisation.models import PlanLine

    lines = list(PlanLine.objects.filter(scenario=scenario).order_by("project__code")[:CHANGED_HERE])
    for nth, line in enumerate(lines):
        if nth < AT_ODDS:
            line.is_in, line.start_date = True, line.start_date + timedelta(days=60)
        else:
            line.is_in = not line.is_in
    PlanLine.objects.bulk_update(lines, ["is_in", "start_date"])


def _move_on(scenario: Any, manager: Any) -> None:
    """The plan of record moves on: some where the scenario did, the others elsewhere."""
    from mainstay.authorisation.models import PlanLine
    from mainstay.portfolio.operations.projects import edit_project

    lines = PlanLine.objects.filter(scenario=scenario).select_related("project").order_by("project__code")
    elsewhere = CHANGED_HERE + MOVED_THERE - AT_ODDS
    for line in [*lines[:AT_ODDS], *lines[CHANGED_HERE:elsewhere]]:
        edit_project(line.project, actor=manager, start_date=line.project.start_date + timedelta(days=30))


def settled(page: str) -> dict[str, str]:
    """What the form of the merge is sent with: the scenario's version of every conflict."""
    sent = dict(re.findall(r'<input type="hidden" name="(version|plan)" value="([^"]*)"', page))
    return sent | {f"choice-{key}": "mine" for key in re.findall(r'name="choice-([^"]+)"', page)}


def inside(database: str) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    first, second, manager = grown()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what a server does by itself a minute after so many rows
    browser = Client()
    browser.force_login(manager)
    one = f"/authorise/scenarios/{second.pk}"
    pages = {
        "side by side": f"/authorise/scenarios/comparison/?scenario={first.pk}&scenario={second.pk}",
        "difference": f"{one}/difference/",
        "page of the merge": f"{one}/merge/",
    }
    most = max(_told(database, name, [_seconds(browser, path) for _ in range(TIMES)]) for name, path in pages.items())
    form = settled(browser.get(f"{one}/merge/").content.decode())
    conflicts = len(form) - 2
    began = perf_counter()
    answer = browser.post(f"{one}/merge/", form)
    most = max(most, _told(database, f"merge, {conflicts} conflicts settled", [perf_counter() - began]))
    return 0 if answer.status_code == 302 and most <= MOST_MS else 1


def _seconds(browser: Any, path: str) -> float:
    began = perf_counter()
    if browser.get(path).status_code != 200:
        raise SystemExit(f"{path} was refused")
    return perf_counter() - began


def _told(database: str, name: str, seconds: list[float]) -> float:
    """Print how long it took, the middle of several; gives milliseconds."""
    middle = 1000 * sorted(seconds)[len(seconds) // 2]
    print(f"{database:9} {name}: {middle:.0f} ms", flush=True)
    return middle


def main() -> int:
    """Both databases, each in a process of its own."""
    if "--inside" in sys.argv:
        return inside(sys.argv[-1])
    return max([run_inside("benchmarks.merging", kind, []) for kind in ("sqlite", "postgres")])


if __name__ == "__main__":
    raise SystemExit(main())
