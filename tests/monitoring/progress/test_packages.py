"""Packages of work and how far they are."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mainstay.core.errors import Impossible, Missing, Refusal
from mainstay.monitoring.models import ProgressReading, WorkPackage
from mainstay.monitoring.progress.operations import Done, add_package, edit_package, record_progress, remove_package

MARCH = date(2026, 3, 31)
DAYS = {"start_date": date(2026, 1, 1), "end_date": date(2026, 6, 30)}


def package(world: Any, **terms: Any) -> WorkPackage:
    given = {"name": "Civil works", "budget": Decimal(600)} | DAYS | terms
    return add_package(world.pumps, actor=world.project_manager, **given)


def test_packages_follow_one_another_and_can_be_changed_and_removed(world):
    first, second = package(world), package(world, name="Pumps")
    assert [first.position, second.position] == [0, 1]
    edit_package(second, actor=world.project_manager, budget=Decimal(700))
    remove_package(first, actor=world.project_manager)
    assert list(WorkPackage.objects.values_list("name", "budget")) == [("Pumps", Decimal(700))]


def test_units_done_become_a_share_and_a_day_told_twice_keeps_one_reading(world):
    pipes = package(world, rule="units", units=Decimal(400), unit="metres")
    for units in (100, 150, 150):
        record_progress(world.pumps, actor=world.project_manager, readings=[Done(pipes, MARCH, units=Decimal(units))])
    reading = ProgressReading.objects.get()
    assert (reading.share, reading.units, reading.version) == (Decimal("0.3750"), Decimal(150), 2)


def test_one_reading_that_cannot_be_leaves_all_of_them_out(world):
    works = package(world)
    tomorrow = timezone.localdate() + timedelta(days=1)
    both = [Done(works, MARCH, Decimal("0.5")), Done(works, tomorrow, Decimal("0.6"))]
    with pytest.raises(ValidationError):
        record_progress(world.pumps, actor=world.project_manager, readings=both)
    assert not ProgressReading.objects.exists()


def test_a_package_that_was_reported_on_stays(world):
    works = package(world)
    record_progress(world.pumps, actor=world.project_manager, readings=[Done(works, MARCH, Decimal("0.5"))])
    with pytest.raises(Impossible):
        remove_package(works, actor=world.project_manager)
    assert WorkPackage.objects.get() == works


def test_a_stranger_neither_adds_packages_nor_reports(world):
    works = package(world)
    for attempt in (
        lambda: add_package(world.pumps, actor=world.stranger, name="Mine", budget=Decimal(1), **DAYS),
        lambda: record_progress(world.pumps, actor=world.stranger, readings=[Done(works, MARCH, Decimal("0.5"))]),
    ):
        with pytest.raises((Refusal, Missing)):
            attempt()
    assert WorkPackage.objects.count() == 1
    assert not ProgressReading.objects.exists()
