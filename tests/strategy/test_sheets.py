"""Goals and key results as lists, in and out."""

import io

import pytest

from mainstay.core.exchange import check, commit, export_file, propose, read_table, sheet_named
from mainstay.strategy.models import Goal, KeyResult
from tests.core.exchange.files import csv_file

pytestmark = pytest.mark.django_db
GOALS = [
    ["Code", "Name", "Kind", "Under", "Perspective", "Owner"],
    ["SAFE", "Safe supply", "Theme", "", "", "grace"],
]
BELOW = [["Code", "Name", "Under", "Perspective"], ["LEAK", "Halve the leaks", "SAFE", "Internal processes"]]
RESULTS = [
    ["Goal", "Key result", "Unit", "Start value", "Target", "Due"],
    ["LEAK", "Leakage", "Ml a day", "46", "23", "2030-12-31"],
]


def table_of(lines):
    return read_table(csv_file("\n".join(",".join(line) for line in lines)), "list.csv")


def bring(world, name, lines):
    sheet, table = sheet_named(name), table_of(lines)
    chosen = propose(sheet, table)
    return commit(sheet, table, chosen, world.networks, world.portfolio_manager)


def test_a_strategy_is_brought_in_twice_and_changes_nothing_the_second_time(world):
    for name, lines in (("goals", GOALS), ("goals", BELOW), ("key-results", RESULTS)):
        done = bring(world, name, lines)
        assert (done.problems, done.committed, done.new) == ((), True, 1)
    again = bring(world, "key-results", RESULTS)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    leak = Goal.objects.get(code="LEAK")
    assert (leak.parent.code, leak.perspective, leak.portfolio) == ("SAFE", "internal", world.networks)
    assert (leak.parent.owner, KeyResult.objects.get().target_value) == (world.sponsor, 23)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([GOALS[0], ["X", "X", "Dream", "", "", ""]], "Dream"),
        ([BELOW[0], ["X", "X", "NOWHERE", ""]], "There is no goal NOWHERE here."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_brought_in(world, lines, told):
    done = bring(world, "goals", lines)
    assert told in done.problems[0].message
    assert not Goal.objects.exists()


def test_a_key_result_without_a_target_is_told(world):
    bring(world, "goals", [["Code", "Name"], ["LEAK", "Halve the leaks"]])
    done = bring(world, "key-results", [["Goal", "Name"], ["LEAK", "Leakage"]])
    assert {problem.message for problem in done.problems} == {
        "Say where it starts.",
        "Say the target.",
        "Say when it is due.",
    }
    assert not KeyResult.objects.exists()


def test_a_code_of_another_portfolio_is_not_taken_over(golden):
    sheet = sheet_named("goals")
    table = table_of([["Code", "Name"], [golden.leaks.code, "Mine"]])
    world = golden.world
    done = check(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager)
    assert "is taken elsewhere" in done.problems[0].message


def test_an_export_holds_what_the_person_may_see(golden):
    sheet = sheet_named("goals")
    columns = sheet.export_columns(golden.world.sponsor)
    file = io.BytesIO()
    export_file(columns, sheet.rows_for(golden.world.sponsor), "csv", file)
    text = file.getvalue().decode("utf-8-sig")
    assert text.splitlines()[0] == 'Code,Name,Kind,Under,Perspective,Owner,From,Until,Description,"Weight, %"'
    assert len(text.splitlines()) == 4
