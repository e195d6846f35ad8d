"""Many projects are changed at once, all or none, and the change can be undone."""

import re

import pytest
from django.utils import timezone

from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field


@pytest.fixture
def amara(world, client):
    client.force_login(world.portfolio_manager)
    return client


def themes():
    return dict(Project.objects.order_by("code").values_list("code", "theme"))


def test_the_ticked_rows_are_changed_and_the_list_comes_back(world, amara):
    back = "?portfolio=NET&sort=-cost"
    address = "/inventory/edits/?selected=PUMPS&selected=METERS&back=%3Fportfolio%3DNET%26sort%3D-cost"
    form = amara.get(address).content.decode()
    assert "Edit 2 projects" in form
    answer = amara.post(address, {"theme": "Customers", "owner": "amara", "reason": "New year"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/projects/{back}"
    assert themes() == {"DEPOT": "Resilience", "HERON": "Resilience", "METERS": "Customers", "PUMPS": "Customers"}
    event = Event.objects.filter(verb=Verb.PROJECTS_EDIT).get()
    assert (event.count, event.reason, event.person) == (2, "New year", world.portfolio_manager)


def test_every_row_of_a_list_is_changed_whatever_the_page_shows(world, client):
    client.force_login(world.director)
    client.post("/inventory/edits/?all=1&risk_min=30", {"health": "red"})
    changed = Project.objects.filter(health="red").order_by("code")
    assert list(changed.values_list("code", flat=True)) == ["HERON", "METERS", "PUMPS"]


def test_what_is_left_empty_stays_and_a_tick_empties(world, amara):
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor, health="green")
    amara.post("/inventory/edits/?selected=PUMPS", {"empty_theme": "on", "owner": "-", "risk": "0"})
    pumps = Project.objects.get(code="PUMPS")
    assert (pumps.theme, pumps.owner, pumps.health, pumps.risk) == ("", None, "green", 0)


def test_custom_fields_are_changed_too(world, amara):
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="choice", options=["North", "South"])
    create_field(None, actor=MAINSTAY, key="legal", label="Legal duty", kind="yes_no")
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    sent = {"custom_region": "South", "custom_legal": "yes", "custom_votes": "1,200"}
    amara.post("/inventory/edits/?selected=PUMPS&selected=METERS", sent)
    assert [project.custom for project in Project.objects.filter(code__in=["PUMPS", "METERS"])] == [
        {"region": "South", "legal": True, "votes": "1200"}
    ] * 2
    amara.post("/inventory/edits/?selected=PUMPS", {"custom_region": "-", "empty_custom_votes": "on"})
    assert Project.objects.get(code="PUMPS").custom == {"legal": True}


def test_the_change_is_undone_with_one_button(world, amara):
    amara.post("/inventory/edits/?selected=PUMPS&selected=METERS", {"theme": "Customers"})
    text = amara.get("/projects/").content.decode()
    action = re.search(r'action="(/changes/\d+/undo/)"', text)[1]
    assert "2 projects changed." in text
    answer = amara.post(action, headers={"Referer": "http://testserver/projects/?sort=-cost"})
    assert answer["Location"] == "http://testserver/projects/?sort=-cost"
    assert set(themes().values()) == {"Resilience"}
    assert amara.post(action).status_code == 409


def test_an_undo_never_leaves_the_instance(world, amara):
    amara.post("/inventory/edits/?selected=PUMPS", {"theme": "Customers"})
    event = Event.objects.filter(verb=Verb.PROJECTS_EDIT).get()
    answer = amara.post(f"/changes/{event.pk}/undo/", headers={"Referer": "https://elsewhere.example/"})
    assert answer["Location"] == "/projects/"


def test_what_somebody_changed_since_is_not_undone(world, amara):
    amara.post("/inventory/edits/?selected=PUMPS&selected=METERS", {"theme": "Customers"})
    event = Event.objects.filter(verb=Verb.PROJECTS_EDIT).get()
    edit_project(world.pumps, actor=MAINSTAY, theme="Safety")
    assert amara.post(f"/changes/{event.pk}/undo/").status_code == 409
    assert themes()["METERS"] == "Customers"


def test_somebody_elses_event_out_of_sight_is_not_there(world, client, amara):
    edit_project(world.heron, actor=MAINSTAY, theme="Hidden")
    event = Event.objects.filter(verb=Verb.PROJECT_EDIT).get()
    assert amara.post(f"/changes/{event.pk}/undo/").status_code == 404
    assert themes()["HERON"] == "Hidden"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"risk": "101"},
        {"risk": "much"},
        {"health": "purple"},
        {"owner": "nobody"},
        {"start_date": "2027-02-30"},
        {"start_date": "2027-03-01", "end_date": "2027-02-01"},
        {"theme": "x" * 101},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_happens(world, amara, sent):
    before, events = list(Project.objects.order_by("pk").values()), Event.objects.count()
    answer = amara.post("/inventory/edits/?selected=PUMPS&selected=METERS", sent)
    assert answer.status_code == 422
    assert list(Project.objects.order_by("pk").values()) == before
    assert Event.objects.count() == events


def test_one_project_that_refuses_keeps_all_as_they_were(world, amara):
    edit_project(world.meters, actor=MAINSTAY, start_date="2028-01-01")
    answer = amara.post("/inventory/edits/?selected=PUMPS&selected=METERS", {"end_date": "2027-12-31"})
    assert answer.status_code == 422
    assert not Project.objects.exclude(end_date=None).exists()


def test_rows_one_may_only_see_are_left_out_and_said(world, client):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.SPONSOR, path=world.top.path)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.PROGRAMME_MANAGER, path=world.programme.path)
    client.force_login(world.stranger)
    address = "/inventory/edits/?all=1"
    text = client.get(address).content.decode()
    assert "Edit 1 project<" in text
    assert "2 of those chosen you may not change; they stay as they are." in text
    client.post(address, {"theme": "Customers"})
    assert themes() == {"DEPOT": "Resilience", "HERON": "Resilience", "METERS": "Resilience", "PUMPS": "Customers"}


def test_rows_out_of_sight_are_not_changed_by_naming_them(world, amara):
    amara.post("/inventory/edits/?selected=HERON&selected=PUMPS", {"theme": "Customers"})
    assert themes()["HERON"] == "Resilience"
    assert "No project chosen" in amara.get("/inventory/edits/").content.decode()


def test_a_hidden_field_is_not_offered(world, client):
    create_field(None, actor=MAINSTAY, key="offer", label="Secret offer", kind="money", is_confidential=True)
    client.force_login(world.portfolio_manager)
    assert "Secret offer" in client.get("/inventory/edits/?selected=PUMPS").content.decode()


def test_the_same_again_changes_nothing(world, amara):
    amara.post("/inventory/edits/?selected=PUMPS", {"theme": "Customers"})
    events = Event.objects.count()
    amara.post("/inventory/edits/?selected=PUMPS", {"theme": "Customers"})
    assert Event.objects.count() == events
    assert "nothing changed" in amara.get("/projects/").content.decode()
    assert timezone.now() >= Event.objects.first().at
