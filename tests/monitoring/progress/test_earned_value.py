"""Earned value of projects from packages, readings, milestones and money, against working it out cell by cell."""

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.authorisation.models import Baseline
from mainstay.core.models import Channel
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import EarningRule, WorkPackage
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.progress.operations import Done, add_package, edit_package, record_progress
from mainstay.monitoring.progress.queries import earned_value
from mainstay.monitoring.progress.ranges import Ranges
from mainstay.portfolio.models import Milestone, Phase, Portfolio, Project, Stage
from mainstay.portfolio.operations.projects import propose_project
from mainstay.portfolio.queries.reading import Reading

TODAY = date(2026, 7, 14)
FROZEN = datetime(2026, 1, 10, tzinfo=UTC)


def add(project: Any, **terms: Any) -> WorkPackage:
    """A package, known since before the baseline."""
    given = {"name": f"Package {WorkPackage.objects.count()}", "budget": Decimal(1200)}
    days = {"start_date": date(2026, 1, 1), "end_date": date(2026, 12, 31)}
    with acting(Channel.SYSTEM, at=FROZEN - timedelta(days=1)):
        return add_package(project, actor=MAINSTAY, **given | days | terms)


def freeze(project: Any, number: int = 1) -> None:
    """A baseline of the packages known on the day it is frozen."""
    Baseline.objects.create(project=project, number=number, reason="Chosen", frozen_at=FROZEN)


def tell(package: WorkPackage, day: date, share: Any) -> None:
    """Say how far a package was."""
    with acting(Channel.SYSTEM, at=datetime(2026, 7, 14, tzinfo=UTC)):
        record_progress(package.project, actor=MAINSTAY, readings=[Done(package, day, Decimal(str(share)))])


def now(project: Any, name: str) -> float:
    """A figure or measure of a project in its last known month."""
    found = earned_value([project], today=TODAY)
    source = next(one for one in (found.figures, found.measures, found.schedule) if hasattr(one, name))
    return float(found.now(getattr(source, name))[0])


def test_the_plan_stays_as_it_was_frozen_and_what_came_later_earns_nothing(world):
    kept, later = add(world.pumps), add(world.pumps, start_date=date(2026, 2, 1))
    WorkPackage.Version.objects.filter(row_id=later.pk).update(known_from=FROZEN + timedelta(days=1))
    freeze(world.pumps)
    edit_package(kept, actor=MAINSTAY, budget=Decimal(9999))
    tell(kept, date(2026, 3, 20), "0.5")
    tell(later, date(2026, 3, 20), "1")
    found = earned_value([world.pumps], today=TODAY)
    assert found.plans.frozen[world.pumps.pk].number == 1
    assert (found.figures.bac.tolist(), now(world.pumps, "ev")) == ([1200.0], 600.0)


def test_without_a_package_known_then_the_plan_is_as_the_packages_are(world):
    package = add(world.pumps)
    WorkPackage.Version.objects.update(known_from=FROZEN + timedelta(days=1))
    freeze(world.pumps)
    found = earned_value([world.pumps], today=TODAY)
    assert (found.plans.frozen, found.plans.loose) == ({}, frozenset({world.pumps.pk}))
    assert found.figures.bac.tolist() == [float(package.budget)]


def test_a_month_counts_once_it_is_over_and_the_last_reading_is_carried_forward(world):
    package = add(world.pumps)
    for day, share in ((date(2026, 2, 10), "0.1"), (date(2026, 5, 3), "0.4"), (date(2026, 7, 9), "0.9")):
        tell(package, day, share)
    found = earned_value([world.pumps], today=TODAY)
    assert found.month(0) == date(2026, 6, 30)
    known = [round(value, 2) if value == value else None for value in found.figures.ev[0, :8]]
    assert known == [None, 120, 120, 120, 480, 480, None, None]


def test_milestones_earn_their_weight_when_they_are_done(world):
    first, second = (Milestone.objects.create(project=world.pumps, name=name, due_date=TODAY) for name in "ab")
    weights = {str(first.pk): 1, str(second.pk): 3}
    add(world.pumps, rule=EarningRule.MILESTONES, milestones=weights)
    Milestone.objects.filter(pk=second.pk).update(done_date=date(2026, 6, 2))
    assert now(world.pumps, "ev") == 900


def test_what_takes_longer_shows_in_money_and_in_time(world):
    """A year of 1,200; at the end of June half should be done, 0.4 is, for 800: worked out by hand."""
    package = add(world.pumps)
    entries = [MoneyEntry("forecast", date(2026, 8, 1), Decimal(700))]
    enter_money(world.pumps, actor=MAINSTAY, entries=entries)
    tell(package, date(2026, 6, 30), "0.4")
    planned = 1200 * 181 / 365
    assert now(world.pumps, "pv") == pytest.approx(planned)
    assert now(world.pumps, "sv") == pytest.approx(480 - planned)
    whole_months, rest = 4, (480 - 1200 * 120 / 365) / (1200 * 31 / 365)
    assert now(world.pumps, "es") == pytest.approx(whole_months + rest)
    assert math.isnan(now(world.pumps, "cpi"))
    found = earned_value([world.pumps], today=TODAY)
    assert found.day(0, 12.0) == date(2026, 12, 31)
    assert float(found.now(found.remaining)[0]) == 700


def by_hand(packages: list[Any], readings: list[Any], begin: date, column: int) -> tuple[float, float]:
    """Planned and earned value of a project at the end of a month, one package after the other."""
    last, planned, earned = month_after(begin, column + 1) - timedelta(days=1), 0.0, 0.0
    for one in packages:
        days = (min(last, one.end_date) - one.start_date).days + 1
        part = max(days, 0) / ((one.end_date - one.start_date).days + 1) * float(one.budget)
        told = [float(share) for package, day, share in readings if package == one.pk and day <= last]
        share, planned = told[-1] if told else 0.0, planned + part
        earned += {
            "0_100": float(one.budget) * (share == 1),
            "50_50": float(one.budget) * ((share > 0) + (share == 1)) / 2,
            "effort": part,
        }.get(one.rule, float(one.budget) * share)
    return planned, earned


def test_many_projects_equal_working_out_each_by_hand_in_the_same_number_of_queries(world):
    dice, readings = Random(8), []  # noqa: S311  (the same figures every time)
    projects = [world.pumps, world.meters, world.depot]
    for project in projects:
        for rule in ("0_100", "50_50", "physical", "effort"):
            start = date(2025, 10, 1) + timedelta(days=dice.randrange(120))
            end = start + timedelta(days=dice.randrange(20, 400))
            one = add(
                project, rule=rule, budget=Decimal(dice.randrange(1, 10**6)) / 100, start_date=start, end_date=end
            )
            for month in sorted(dice.sample(range(1, 7), 3)):
                told = (
                    one.pk,
                    date(2026, month, dice.randrange(1, 28)),
                    Decimal(dice.choice(["0", "0.35", "0.8", "1"])),
                )
                readings.append(told)
                tell(one, *told[1:])
    with CaptureQueriesContext(
        connection,
    ) as few:
        found = earned_value(Project.objects.filter(pk=world.pumps.pk), today=TODAY)
    with CaptureQueriesContext(connection) as many:
        found = earned_value(Project.objects.all(), today=TODAY)
    assert len(few) == len(many)
    for place, pk in enumerate(found.ids):
        packages = list(WorkPackage.objects.filter(project_id=pk))
        begin = min(one.start_date for one in packages).replace(day=1)
        for column in range(int(found.last[place]) + 1):
            planned, earned = by_hand(packages, readings, begin, column)
            assert found.figures.pv[place, column] == pytest.approx(planned)
            if not math.isnan(found.figures.ev[place, column]):
                assert found.figures.ev[place, column] == pytest.approx(earned)
    assert found.month(0) == date(2026, 6, 30)


def finished(codes: range) -> list[Project]:
    """Projects of a year that took two months longer and cost a tenth more than was foreseen half way."""
    found = []
    for number in codes:
        project = propose_project(
            Portfolio.objects.get(code="NET"), actor=MAINSTAY, code=f"OLD-{number}", name=f"Old {number}"
        )
        Project.objects.filter(pk=project.pk).update(stage=Stage.objects.filter(phase=Phase.FINISHED).first())
        package = add(project, start_date=date(2025, 1, 1), end_date=date(2025, 10, 31))
        for month in range(1, 13):
            tell(package, date(2025, month, 28), min(1, month / 12))
        found.append(project)
    return found


@pytest.mark.parametrize(("many", "told"), [(4, "Too few: 4 finished projects"), (5, "5 finished projects")])
def test_a_range_needs_five_finished_projects_that_the_reader_sees(world, many, told):
    finished(range(many))
    package = add(world.pumps)
    tell(package, date(2026, 6, 30), "0.4")
    value = earned_value([world.pumps], today=TODAY)
    found = Ranges(Reading(world.portfolio_manager), value, 0, None).finish_by_history
    assert (found.missing or found.source).startswith(told)
    assert len(found.ends) == (4 if many == 5 else 0)
    assert list(found.ends) == sorted(found.ends)
    hidden = Ranges(Reading(world.project_manager), value, 0, None).finish_by_history
    assert hidden.missing.startswith("Too few: 0 finished projects")


def test_the_pace_of_the_project_itself_tells_its_finish_after_five_months(world):
    package = add(world.pumps)
    for month in range(1, 5):
        tell(package, date(2026, month, 28), month / 10)
    few = Ranges(Reading(world.sponsor), earned_value([world.pumps], today=TODAY), 0, None).finish_by_pace
    assert few.missing == "Five months with progress are needed; there are 4."
    for month in (5, 6):
        tell(package, date(2026, month, 28), month / 10)
    enough = Ranges(Reading(world.sponsor), earned_value([world.pumps], today=TODAY), 0, None).finish_by_pace
    assert enough.ends[0] < enough.ends[-1]
    assert date(2026, 8, 1) < enough.ends[1] < date(2026, 12, 31)
