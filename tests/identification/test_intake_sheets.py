"""Requests as lists: brought in for others, again without change, out again with formulas made harmless."""

import csv
import io

import pytest

from mainstay.core.exchange import check, commit, export_file, read_table, sheet_named, suggest
from mainstay.identification.models import Request, State
from mainstay.identification.operations.triage import return_request

pytestmark = pytest.mark.django_db
HEAD = "Key,Form,Title,Description,Requester,Who has the need,Calls a month,Channel\n"
ROWS = "A-1,Idea,First,It is needed,rosa,Customers,,Web\nA-2,idea,Second,,rosa,,120,Phone\n"


def _brought(intake, text, do=commit):
    sheet = sheet_named("requests")
    table = read_table(io.BytesIO(text.encode()), "requests.csv")
    _, mapping = suggest(sheet, table)
    return do(sheet, table, mapping, intake.world.networks, intake.amara)


def test_complete_rows_are_submitted_and_the_others_stay_drafts_of_their_requester(intake):
    done = _brought(intake, HEAD + ROWS)
    assert (done.committed, done.new) == (True, 2)
    first, second = Request.objects.order_by("code")
    assert (first.state, first.requester, first.project.name) == (State.SUBMITTED, intake.rosa, "First")
    assert (second.state, second.answers) == (State.DRAFT, {"calls": "120", "channel": "Phone"})
    assert list(Request.objects.visible_to(intake.amara)) == [first]


def test_the_same_list_again_changes_nothing(intake):
    _brought(intake, HEAD + ROWS)
    again = _brought(intake, HEAD + ROWS)
    assert (again.committed, again.new, again.changed, again.unchanged) == (True, 0, 0, 2)


def test_a_list_does_not_change_what_was_submitted(intake):
    _brought(intake, HEAD + ROWS)
    checked = _brought(intake, HEAD + ROWS.replace("First", "Another"), check)
    assert [problem.message for problem in checked.problems] == [
        "REQ-0001 is submitted; a list does not change it any more."
    ]
    return_request(Request.objects.get(code="REQ-0001"), actor=intake.amara, text="Name it.")
    assert _brought(intake, HEAD + ROWS.replace("First", "Another")).changed == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("A-1,Nothing,First,d,rosa,x,,Web\n", "There is no open form Nothing here."),
        ("A-1,Idea,First,d,nobody.known,x,,Web\n", "There is nobody called “nobody.known”."),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_comes_in(intake, rows, told):
    done = _brought(intake, HEAD + rows)
    assert told in [problem.message for problem in done.problems]
    assert not done.committed
    assert Request.objects.count() == 0


def test_formulas_are_made_harmless_on_their_way_out(intake):
    intake.submitted('=HYPERLINK("x")', who="+cmd|' /C calc'!A0", theme="@SUM(1)")
    sheet, file = sheet_named("requests"), io.BytesIO()
    export_file(sheet.export_columns(intake.amara), sheet.rows_for(intake.amara), "csv", file)
    row = next(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert row["Title"] == '\'=HYPERLINK("x")'
    assert row["Who has the need"] == "'+cmd|' /C calc'!A0"
    assert row["Theme"] == "'@SUM(1)"
