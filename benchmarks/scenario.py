"""What a change to a scenario costs: one line taken in or out among 300 projects, 36 periods and 20 skills.

    uv run python -m benchmarks.scenario

On SQLite and PostgreSQL: milliseconds of the whole request through HTTP, write included, with the totals in the
answer; the 95th of 100 is at most 300.
"""

import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Any

from benchmarks.surroundings import run_inside

PROJECTS, PERIODS, SKILLS, REQUESTS, MOST_MS = 300, 36, 20, 100, 300
FIRST = date(2030, 1, 1)


def grown() -> tuple[Any, Any]:
    """A scenario of 36 months over an estate of 300 projects that need people of 20 roles; and its manager."""
    from benchmarks.estate import Estate
    from mainstay.authorisation.scenarios.operations import create_scenario
    from mainstay.core.system import MAINSTAY
    from mainstay.engine.basics.periods import month_after
    from mainstay.portfolio.models import Phase, Project, Stage
    from mainstay.resources.models import Demand
    from mainstay.resources.operations.vocabulary import add_role

    estate = Estate()
    estate.grow_to(PROJECTS)
    draw = random.Random(1)  # noqa: S311  (the same plan every time)
    roles = [add_role(None, actor=MAINSTAY, name=f"Skill {n}", key=f"skill{n}") for n in range(SKILLS)]
    stage = Stage.objects.filter(phase=Phase.PIPELINE).first()
    for project in Project.objects.select_related("portfolio"):
        start = month_after(FIRST, draw.randrange(24))
        project.stage, project.start_date, project.end_date = stage, start, start + timedelta(days=360)
        project.cost, project.benefit, project.currency = Decimal(100), Decimal(150), "GBP"
        project.save()
        for role in draw.sample(roles, 4):
            months = (month_after(start, place) for place in range(12))
            Demand.objects.bulk_create(
                [Demand(project=project, role=role, month=month, hours=Decimal(80)) for month in months]
            )
    limits = [{"source": "cost", "max": "20000"}]
    limits += [{"source": f"role.skill{n}", "max": "2000"} for n in range(SKILLS)]
    scenario = create_scenario(
        estate.top, actor=estate.manager, name="Bench", starts_on=FIRST, period="month", periods=PERIODS,
        maximise="benefit", limits=limits, currency="GBP",
    )  # fmt: skip
    return scenario, estate.manager


def inside(database: str) -> int:
    """Measure against the database of this process."""
    import django
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    from mainstay.authorisation.models import PlanLine

    scenario, manager = grown()
    codes = list(PlanLine.objects.filter(scenario=scenario).values_list("project__code", flat=True))
    browser, times = Client(), []
    browser.force_login(manager)
    address = f"/authorise/scenarios/{scenario.pk}/arranging/"
    for number in range(REQUESTS):
        sent = {"toggle": codes[number % len(codes)], "version": str(number + 1)}
        began = perf_counter()
        answer = browser.post(address, sent, headers={"HX-Request": "true"})
        times.append(1000 * (perf_counter() - began))
        if answer.status_code != 200 or b'id="totals"' not in answer.content:
            print(f"{database}: request {number} was refused with {answer.status_code}")
            return 1
    times.sort()
    half, most = times[REQUESTS // 2], times[int(REQUESTS * 0.95)]
    print(f"{database:9} {len(codes)} lines: half within {half:.0f} ms, 95 % within {most:.0f} ms", flush=True)
    return 0 if most <= MOST_MS else 1


def main() -> int:
    """Both databases, each in a process of its own."""
    if "--inside" in sys.argv:
        return inside(sys.argv[-1])
    return max([run_inside("benchmarks.scenario", kind, []) for kind in ("sqlite", "postgres")])


if __name__ == "__main__":
    raise SystemExit(main())
