"""A list is exported as it is seen."""

import csv
import io
import json
from datetime import date

import pytest
from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field


@pytest.fixture
def grace(world, client):
    client.force_login(world.sponsor)
    return client


def lines(answer):
    """The rows of a CSV answer."""
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_file_has_the_rows_and_columns_of_the_list_in_its_order(world, grace):
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor, health="red", end_date=date(2027, 3, 31))
    answer = grace.get("/inventory/export/?format=csv&portfolio=NET&sort=-cost")
    assert lines(answer) == [
        ["Name", "Code", "Stage", "Health", "Owner", "Theme", "Whole-life cost", "End", "Currency"],
        ["Replace the pumps", "PUMPS", "Proposed", "Off track", "Grace Okafor", "Resilience", "1200000.00",
         "2027-03-31", "GBP"],
        ["Smart meters", "METERS", "Proposed", "", "", "Resilience", "800000.00", "", "GBP"],
    ]  # fmt: skip
    assert answer["Content-Disposition"] == f'attachment; filename="projects-{timezone.localdate()}.csv"'


def test_custom_columns_keep_their_kinds(world, grace):
    for key, kind in (("votes", "number"), ("legal", "yes_no"), ("due", "date")):
        create_field(None, actor=MAINSTAY, key=key, label=key.title(), kind=kind)
    edit_project(world.pumps, actor=MAINSTAY, custom={"votes": "950", "legal": True, "due": "2027-01-31"})
    address = (
        "/inventory/export/?format=json&columns=name,custom.votes,custom.legal,custom.due,portfolio,phase&q=pumps"
    )
    assert json.loads(grace.get(address).getvalue()) == [
        {
            "name": "Replace the pumps",
            "custom.votes": 950,
            "custom.legal": True,
            "custom.due": "2027-01-31",
            "portfolio": "Networks",
            "phase": "Pipeline",
        }
    ]


def test_hidden_figures_are_empty_and_hidden_rows_absent(world, client):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    client.force_login(world.stranger)
    rows = lines(client.get("/inventory/export/?format=csv&columns=name,cost,benefit&sort=code"))
    assert [row[0] for row in rows[1:]] == ["New depot", "Smart meters", "Replace the pumps"]
    assert {cell for row in rows[1:] for cell in row[1:3]} == {""}


def test_the_past_is_exported_as_it_was(world, grace):
    moment = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, name="Replace all pumps")
    answer = grace.get("/inventory/export/", {"format": "csv", "q": "pumps", "as_of": moment.isoformat()})
    assert lines(answer)[1][0] == "Replace the pumps"


def test_a_workbook_comes_too_and_an_unknown_format_does_not(grace):
    book = grace.get("/inventory/export/?format=xlsx")
    assert book.getvalue()[:2] == b"PK"
    assert grace.get("/inventory/export/?format=pdf").status_code == 400


def test_a_list_offers_its_export_with_its_filters(grace):
    text = grace.get("/projects/?portfolio=NET&sort=-cost&page=1").content.decode()
    assert 'href="/inventory/export/?portfolio=NET&amp;sort=-cost&amp;format=csv"' in text
