"""People, their skills and their absences as lists."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.core.errors import Forbidden
from mainstay.core.exchange import check, commit, propose, read_table, sheet_named
from mainstay.core.system import MAINSTAY
from mainstay.resources.models import Absence, Proficiency, Resource
from mainstay.resources.operations.absences import record_absence
from tests.core.exchange.files import csv_file
from tests.resources.people import hire

pytestmark = pytest.mark.django_db


def bring_in(sheet_name: str, text: str, target, actor):
    """Import lines of text as a list."""
    sheet = sheet_named(sheet_name)
    table = read_table(csv_file(text), f"{sheet_name}.csv")
    return commit(sheet, table, propose(sheet, table), target, actor)


PEOPLE = """Key,Name,Team,Role,Site,"Working time, %",First day
p-1,Ben Frost,Design,UX designer,Northmoor,80,2026-02-01
,Cy Moor,design,ux-designer,,,
"""


def test_people_come_in_and_are_found_again(world):
    hire(world)
    done = bring_in("people", PEOPLE, world.networks, world.administrator)
    again = bring_in("people", PEOPLE.replace("80", "60"), world.networks, world.administrator)
    assert (done.new, again.new, again.changed, again.unchanged) == (2, 0, 1, 1)
    rows = Resource.objects.exclude(name="Anna Berg").order_by("key")
    assert list(rows.values_list("key", "working_share", "starts_on")) == [
        ("cy-moor", Decimal(1), None),
        ("p-1", Decimal("0.6"), date(2026, 2, 1)),
    ]


def test_an_unknown_team_is_named_and_nobody_comes_in(world):
    hire(world)
    sheet, table = sheet_named("people"), read_table(csv_file(PEOPLE.replace("Design,", "Sales,")), "people.csv")
    found = check(sheet, table, propose(sheet, table), world.networks, world.administrator)
    assert [problem.message for problem in found.problems] == ["There is no team Sales here."]
    assert Resource.objects.count() == 1


def test_only_who_may_add_people_there_brings_a_list_in(world):
    hire(world)
    with pytest.raises(Forbidden):
        bring_in("people", PEOPLE, world.networks, world.controller)
    assert Resource.objects.count() == 1


def test_skills_come_in_by_person_and_skill(world):
    hire(world)
    text = "Person,Skill,Level,Until\nanna-berg,Prototyping,3,2027-01-31\n"
    done = bring_in("proficiencies", text, world.networks, world.administrator)
    again = bring_in("proficiencies", text.replace(",3,", ",4,"), world.networks, world.administrator)
    assert (done.new, again.changed) == (1, 1)
    assert list(Proficiency.objects.values_list("level", "valid_until")) == [(4, date(2027, 1, 31))]


ABSENCES = "Person,Key in the source,From,Until,Kind,Reason\nanna-berg,a1,2027-05-03,2027-05-07,Sickness,Back pain\n"


def test_absences_come_in_by_their_key(world):
    hire(world)
    done = bring_in("absences", ABSENCES, world.networks, world.director)
    again = bring_in("absences", ABSENCES.replace("05-07", "05-10"), world.networks, world.director)
    assert (done.new, again.changed) == (1, 1)
    row = Absence.objects.get()
    assert (row.ends_on, row.kind, row.note) == (date(2027, 5, 10), "sickness", "Back pain")


def test_an_import_neither_shows_nor_changes_a_reason_to_who_may_not_know_it(world):
    staff = hire(world)
    days = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 6)}
    record_absence(staff.anna, actor=MAINSTAY, kind="sickness", note="Secret", external_key="a1", **days)
    sheet, table = (
        sheet_named("absences"),
        read_table(csv_file(ABSENCES.replace("Sickness", "Leave")), "absences.csv"),
    )
    found = check(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager)
    assert [change.field for row in found.changes for change in row.fields] == ["ends_on"]
    commit(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager)
    row = Absence.objects.get()
    assert (row.ends_on, row.kind, row.note) == (date(2027, 5, 7), "sickness", "Secret")


def test_an_export_tells_why_only_to_those_who_may_know(world):
    staff = hire(world)
    days = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 6)}
    record_absence(staff.anna, actor=MAINSTAY, kind="sickness", note="Secret", **days)
    sheet = sheet_named("absences")

    def told(person) -> list[list[object]]:
        columns = [one for one in sheet.export_columns(person) if one.name in {"person", "kind", "note"}]
        return [[column.write(row) for column in columns] for row in sheet.rows_for(person)]

    assert told(world.director) == [["anna-berg", "Sickness", "Secret"]]
    assert told(world.portfolio_manager) == [["anna-berg", "", None]]
    assert told(world.sponsor) == []
