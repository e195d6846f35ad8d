"""Packages and their progress come in as lists, whatever system they were kept in."""

from decimal import Decimal
from typing import Any

from mainstay.core.exchange import commit, propose, read_table, sheet_named
from mainstay.monitoring.models import ProgressReading, WorkPackage
from tests.core.exchange.files import csv_file

PACKAGES = """Project,Epic,Earns by,Budget,Start,Finish,Quantity,Unit
PUMPS,Civil works,physical,600.00,2026-01-01,2026-06-30,,
PUMPS,Pipes,units,400.00,2026-02-01,2026-06-30,200,metres
"""
PROGRESS = """Project,Epic,Status date,% complete,Units done,Source
PUMPS,Civil works,2026-03-31,40,,Jira
PUMPS,Pipes,2026-03-31,,50,Jira
"""


def bring(name: str, text: str, actor: Any, world: Any) -> Any:
    """A file of Networks."""
    sheet, table = sheet_named(name), read_table(csv_file(text), f"{name}.csv")
    return commit(sheet, table, propose(sheet, table), world.networks, actor)


def test_packages_and_progress_come_in_once_however_often_a_file_is_sent(world):
    amara = world.portfolio_manager
    assert [bring("packages", PACKAGES, amara, world).new, bring("packages", PACKAGES, amara, world).unchanged] == [
        2,
        2,
    ]
    assert [bring("progress", PROGRESS, amara, world).new, bring("progress", PROGRESS, amara, world).unchanged] == [
        2,
        2,
    ]
    told = ProgressReading.objects.order_by("package__name").values_list("package__name", "share", "units", "source")
    assert list(told) == [
        ("Civil works", Decimal("0.4000"), None, "Jira"),
        ("Pipes", Decimal("0.2500"), Decimal("50.00"), "Jira"),
    ]


def test_a_file_with_one_row_that_cannot_be_leaves_all_of_it_out(world):
    amara = world.portfolio_manager
    bring("packages", PACKAGES, amara, world)
    wrong = PROGRESS.replace("Civil works", "Bridge") + "PUMPS,Pipes,2026-04-30,30,,Jira\n"
    found = bring("progress", wrong, amara, world)
    assert [(one.row, one.message) for one in found.problems] == [
        (2, "PUMPS has no package Bridge."),
        (4, "Pipes counts units."),
    ]
    assert not ProgressReading.objects.exists()
    assert bring("packages", PACKAGES.replace("PUMPS", "HERON"), amara, world).problems
    assert WorkPackage.objects.count() == 2
