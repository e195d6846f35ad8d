"""Conditions as a list: taken over by key, and what a board or a gate set stays as it is."""

from datetime import date
from typing import Any

import pytest

from mainstay.authorisation.meetings.operations.session import meet_condition
from mainstay.authorisation.models import Condition
from mainstay.core.exchange import check, commit, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from tests.authorisation.meetings.test_conditions import condition
from tests.core.exchange.files import csv_file

pytestmark = pytest.mark.django_db
HEAD = "Key in the source,Project,What must be done,Owner,Due,Blocks\n"
LINE = "C-1,N1,Pilot result,cleo,2027-06-30,yes\n"


def plan(committee: Any, text: str) -> Any:
    """What an import would do."""
    sheet, table = sheet_named("conditions"), read_table(csv_file(text), "conditions.csv")
    return check(sheet, table, propose(sheet, table), committee.world.networks, committee.world.administrator)


def bring_in(committee: Any, text: str) -> Any:
    """Import lines into Networks."""
    sheet, table = sheet_named("conditions"), read_table(csv_file(text), "conditions.csv")
    return commit(sheet, table, propose(sheet, table), committee.world.networks, committee.world.administrator)


def said(found: Any) -> list[str]:
    """What stands in the way of an import."""
    return [problem.message for problem in found.problems]


def test_conditions_come_in_by_their_key_and_a_second_time_change(committee: Any) -> None:
    bring_in(committee, HEAD + LINE)
    row = Condition.objects.get()
    told = (row.external_key, row.project.code, row.text, row.owner.username, row.due_date, row.blocks)
    assert told == ("C-1", "N1", "Pilot result", "cleo", date(2027, 6, 30), True)
    bring_in(committee, HEAD + LINE.replace("2027-06-30,yes", "2027-09-30,no"))
    row.refresh_from_db()
    assert (row.due_date, row.blocks, row.version) == (date(2027, 9, 30), False, 2)


def test_what_a_gate_set_or_is_met_is_not_changed_by_a_list_but_read_back_unchanged(committee: Any) -> None:
    condition(committee)
    assert said(plan(committee, HEAD + LINE)) == ["A board or a gate set this condition; a list does not change it."]
    same = plan(committee, HEAD + LINE.replace("C-1", ""))
    assert (same.unchanged, said(same)) == (1, [])
    bring_in(committee, HEAD + LINE.replace("Pilot result", "Licence"))
    met = Condition.objects.get(text="Licence")
    meet_condition(met, actor=met.owner, evidence="Letter")
    found = plan(committee, HEAD + LINE.replace("Pilot result", "Licence").replace("cleo", "dev"))
    assert said(found) == ["This condition is met; a list does not change it."]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("C-1,N2,Pilot result,cleo,2027-06-30,yes\n", "The key belongs to a condition of another project."),
        ("C-2,HERON,Anything,cleo,2027-06-30,yes\n", "There is no project HERON here."),
        ("C-2,N1,Anything,nobody,2027-06-30,yes\n", "There is nobody called “nobody”."),
        ("C-2,N1,Pilot result,cleo,2027-06-30,yes\n", None),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_written(committee: Any, line: str, told: str | None) -> None:
    bring_in(committee, HEAD + LINE)
    known = "This is known already, by the key C-1."
    assert said(plan(committee, HEAD + line)) == [told or known]
    assert Condition.objects.count() == 1


def test_an_export_tells_what_was_met_and_nothing_of_closed_projects(committee: Any) -> None:
    bring_in(committee, HEAD + LINE)
    row = meet_condition(Condition.objects.get(), actor=MAINSTAY, evidence="Report")
    hidden = Condition(
        project=committee.world.heron, owner=committee.person("cleo"), text="Secret", due_date=row.due_date
    )
    hidden.save()
    sheet, reader = sheet_named("conditions"), committee.secretary
    columns = sheet.export_columns(reader)
    told = [[column.write(one) for column in columns] for one in sheet.rows_for(reader)]
    assert told == [["C-1", "N1", "Pilot result", "cleo", date(2027, 6, 30), True, row.met_at.date(), "Report"]]
