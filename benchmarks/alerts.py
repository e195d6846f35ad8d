"""What it costs to evaluate alert rules over a whole estate.

    uv run python -m benchmarks.alerts            # 10,000 running projects, 20 rules
    uv run python -m benchmarks.alerts --small    # a hundredth of it

On SQLite and PostgreSQL, seconds of the wall and of the process: the first look, which raises most alerts, a look
after which nothing changes, and one after some projects slipped. Under the figures lie milestones, risks, issues,
progress, money, reports and demand.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.surroundings import run_inside

SIZES = {"whole": 10_000, "small": 100}
TODAY = datetime.now(tz=UTC).date()
BATCH = 2_000
RULES = (
    ("milestones.slip", 60.0, 30.0), ("milestones.overdue", 3.0, 1.0), ("end.slip", 90.0, 60.0),
    ("cost.slip", 20.0, 10.0), ("issues.open", 4.0, 2.0), ("issues.serious", 2.0, 1.0),
    ("actions.overdue", 2.0, 1.0), ("risk.exposure", 900_000.0, 800_000.0), ("risk.share", 40.0, 30.0),
    ("people.missing", 95.0, 90.0), ("budget.used", 95.0, 90.0), ("budget.bound", 98.0, 95.0),
    ("forecast.over", 20.0, 15.0), ("forward.net", 90_000_000.0, 80_000_000.0), ("source.risk", 95.0, 90.0),
)  # fmt: skip
BELOW = (("forward.ratio", 0.2, 0.3),)
SILENT = (("report.silence", 85), ("progress.silence", 85), ("register.silence", 400))
TRENDS = (("milestones.slip", 45.0, 30),)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of the wall, of the process, and what came of it."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def told(kind: str, what: str, wall: float, cpu: float, more: Any = "") -> None:
    """One line of the table."""
    print(f"{kind:9} {what:40} {wall:8.2f} {cpu:8.2f}  {more}", flush=True)


def inside(kind: str, size: str) -> int:
    """Build the estate with what is measured of it, then measure."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.estate import Estate
    from mainstay.core.system import MAINSTAY
    from mainstay.monitoring.alerts.evaluating import look
    from mainstay.monitoring.alerts.operations import evaluate_alerts

    call_command("migrate", verbosity=0)
    estate = Estate()
    estate.grow_to(SIZES[size])
    _fill(estate)
    count = _rules(estate)
    print(f"{kind:9} {SIZES[size]:,} running projects, {count} rules", flush=True)
    for what in ("first", "again", "after some slipped"):
        if what == "after some slipped":
            _let_slip()
        wall, cpu, found = timed(lambda: look(estate.top))
        told(kind, f"{what}: the figures read and compared", wall, cpu)
        more_wall, more_cpu, outcome = timed(
            lambda found=found: evaluate_alerts(estate.top, actor=MAINSTAY, findings=found)
        )
        told(kind, f"{what}: alerts written, owners told", more_wall, more_cpu, outcome.counts)
        told(kind, f"{what}: together", wall + more_wall, cpu + more_cpu)
    return 0


def _rules(estate: Any) -> int:
    from mainstay.core.system import MAINSTAY
    from mainstay.monitoring.alerts.operations import create_rule

    terms: list[dict[str, Any]] = [{"measure": key, "raise_at": at, "clear_at": back} for key, at, back in RULES]
    terms += [{"measure": key, "raise_at": at, "clear_at": back, "side": "below"} for key, at, back in BELOW]
    terms += [{"measure": key, "kind": "silence", "days": days} for key, days in SILENT]
    terms += [{"measure": key, "kind": "trend", "raise_at": at, "days": days} for key, at, days in TRENDS]
    for number, each in enumerate(terms):
        create_rule(estate.top, actor=MAINSTAY, name=f"Rule {number}", **each)
    return len(terms)


def _fill(estate: Any) -> None:
    """Let every project run, and write what measures read of it in bulk, past the operations."""
    from mainstay.portfolio.models import Project, Stage

    Project.objects.update(stage=Stage.objects.get(key="active"), stage_since=TODAY - timedelta(days=90))
    draw = random.Random(11)  # noqa: S311  (the same every time)
    projects = list(Project.objects.only("pk", "cost", "owner_id", "portfolio_id").order_by("pk"))
    for rows in _parts(projects):
        _plan(rows, draw)
        _course(rows, draw)


def _parts(rows: list[Any]) -> Any:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _write(model: Any, rows: list[Any]) -> list[Any]:
    return model.objects.bulk_create(rows, batch_size=1000)


def _plan(projects: list[Any], draw: random.Random) -> None:
    """Three milestones, a baseline, a case with ten risks, and demand."""
    from django.utils import timezone

    from mainstay.authorisation.models import Baseline
    from mainstay.core.system import MAINSTAY
    from mainstay.identification.models import BusinessCase, Risk
    from mainstay.portfolio.models import Milestone
    from mainstay.resources.models import Demand, Role
    from mainstay.resources.operations.vocabulary import add_role

    role = Role.objects.first() or add_role(None, actor=MAINSTAY, name="Engineer")
    due = [TODAY + timedelta(days=draw.randrange(-80, 200)) for _ in range(3 * len(projects))]
    dated = [{"due_date": day, "forecast_date": day + timedelta(days=draw.randrange(0, 80))} for day in due]
    _write(Milestone, [Milestone(project=projects[at // 3], name="Step", **days) for at, days in enumerate(dated)])
    kept = {"number": 1, "reason": "Chosen", "frozen_at": timezone.now(), "end_date": TODAY + timedelta(days=300)}
    _write(Baseline, [Baseline(project=one, figures={"cost": str(one.cost)}, **kept) for one in projects])
    cases = _write(BusinessCase, [BusinessCase(project=one, first_period=TODAY.replace(day=1)) for one in projects])
    chance = lambda: round(draw.random(), 2)  # noqa: E731
    impact = lambda: draw.randrange(1_000, 300_000)  # noqa: E731
    risks = [Risk(case=one, name="It", probability=chance(), impact=impact()) for one in cases for _ in range(10)]
    _write(Risk, risks)
    month = TODAY.replace(day=1)
    _write(Demand, [Demand(project=one, role=role, month=month, hours=draw.randrange(10, 200)) for one in projects])


def _course(projects: list[Any], draw: random.Random) -> None:
    """Two issues, an action, a published report, a package with a reading, and money of twelve months."""
    from django.utils import timezone

    from mainstay.engine.basics.periods import month_after
    from mainstay.monitoring.models import Action, Issue, MoneyLine, ProgressReading, StatusReport, WorkPackage
    from mainstay.monitoring.money.operations.keeping import keep_money

    grave = ("notice", "warning", "serious")
    _write(Issue, [Issue(project=one, title="It", severity=draw.choice(grave)) for one in projects for _ in range(2)])
    _write(Action, [Action(project=one, text="Do", due_date=TODAY - timedelta(days=1)) for one in projects])
    days = {"start_date": TODAY - timedelta(days=30), "end_date": TODAY, "due_date": TODAY, "state": "published"}
    at = [timezone.now() - timedelta(days=draw.randrange(90)) for _ in projects]
    made = [StatusReport(project=one, published_at=when, **days) for one, when in zip(projects, at, strict=True)]
    _write(StatusReport, made)
    spans = {"start_date": TODAY - timedelta(days=90), "end_date": TODAY}
    packages = _write(WorkPackage, [WorkPackage(project=one, name="All", budget=1000, **spans) for one in projects])
    read = lambda one: {"package": one, "date": TODAY - timedelta(days=draw.randrange(90)), "share": 0.5}  # noqa: E731
    _write(ProgressReading, [ProgressReading(**read(one)) for one in packages])
    months = [month_after(TODAY, place) for place in range(-6, 6)]
    for kind, share in (("budget", 1.0), ("forecast", 1.1)):
        rows = [
            MoneyLine(project=one, kind=kind, month=month, amount=round(float(one.cost) * share / 12, 2))
            for one in projects
            for month in months
        ]
        _write(MoneyLine, rows)
    keep_money([one.pk for one in projects])


def _let_slip() -> None:
    """One milestone of a hundred projects slips by half a year."""
    from mainstay.portfolio.models import Milestone

    chosen = list(Milestone.objects.order_by("pk").values_list("pk", flat=True)[: 3 * 100 : 3])
    Milestone.objects.filter(pk__in=chosen).update(forecast_date=TODAY + timedelta(days=400))


def main() -> int:
    """Each database in a process of its own."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--small", action="store_true", help="a hundredth of it")
    reader.add_argument("--database", choices=("sqlite", "postgres"), help="only this one")
    reader.add_argument("--inside", choices=("sqlite", "postgres"), help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.inside:
        return inside(asked.inside, "small" if asked.small else "whole")
    print(f"{'':9} {'':40} {'seconds':>8} {'CPU s':>8}")
    words = ["--small"] if asked.small else []
    kinds = [asked.database] if asked.database else ["sqlite", "postgres"]
    return max(run_inside("benchmarks.alerts", kind, words) for kind in kinds)


if __name__ == "__main__":
    sys.exit(main())
