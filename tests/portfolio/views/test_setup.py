"""Administrators set up fields, the life cycle and fiscal years on pages."""

from datetime import date

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import CustomField, FiscalYear, Stage, Transition
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field

FIELD = {"label": "Region", "key": "region", "kind": "choice", "options": "North\nSouth\n\nNorth", "position": "10"}


@pytest.fixture
def ada(world, client):
    client.force_login(world.administrator)
    return client


def test_a_field_is_added_and_stands_in_forms_lists_and_filters_at_once(world, ada):
    assert ada.post("/fields/", FIELD)["Location"] == "/fields/"
    made = CustomField.objects.get()
    assert (made.key, made.options, made.is_active) == ("region", ["North", "South"], True)
    assert "custom_region" in ada.get("/projects/PUMPS/edit/").context["form"].fields
    assert 'value="custom.region"' in ada.get("/inventory/columns/").content.decode()
    assert 'name="custom.region" value="South"' in ada.get("/inventory/filters/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"key": "Region 1"}, {"label": ""}, {"options": ""}, {"kind": "colour"}, {"position": "-1"}],
)
def test_a_wrong_field_is_refused(ada, wrong):
    assert ada.post("/fields/", FIELD | wrong).status_code == 422
    assert not CustomField.objects.exists()


def test_a_field_is_changed_previewed_and_retired(world, ada):
    ada.post("/fields/", FIELD)
    text = ada.get("/fields/region/").content.decode()
    assert "As the project form shows it" in text
    assert '<option value="South">South</option>' in text
    sent = {"label": "Area", "options": "North\nSouth\nEast", "position": "5", "version": "1"}
    ada.post("/fields/region/", sent)
    made = CustomField.objects.get()
    assert (made.label, made.options, made.is_active) == ("Area", ["North", "South", "East"], False)
    assert "custom_region" not in ada.get("/projects/PUMPS/edit/").context["form"].fields
    assert ada.post("/fields/region/", sent | {"label": "Late"}).status_code == 409


def test_an_option_in_use_stays(world, ada):
    ada.post("/fields/", FIELD)
    edit_project(world.pumps, actor=MAINSTAY, custom={"region": "South"})
    sent = {"label": "Region", "options": "North", "position": "10", "is_active": "on", "version": "1"}
    assert ada.post("/fields/region/", sent).status_code == 409
    assert CustomField.objects.get().options == ["North", "South"]


def test_a_stage_is_added_and_changed(ada):
    facts = {"position": "6", "phase": "committed", "probability": "60"}
    sent = facts | {"key": "pilot", "name": "Pilot", "description": "Tried out."}
    ada.post("/life-cycle/", sent)
    pilot = Stage.objects.get(key="pilot")
    assert (pilot.phase, pilot.probability) == ("committed", 60)
    ada.post("/life-cycle/stages/pilot/", facts | {"name": "Trial", "version": "1"})
    assert Stage.objects.get(key="pilot").name == "Trial"
    assert ada.post("/life-cycle/", sent | {"name": "Again"}).status_code == 422
    assert Stage.objects.filter(name="Again").count() == 0


def test_a_way_between_stages_is_opened_changed_and_closed(ada):
    sent = {"origin": "active", "target": "proposed", "action": "Start over", "guards": ["has_owner"]}
    ada.post("/life-cycle/ways/", sent | {"needs_reason": "on"})
    way = Transition.objects.get(action="Start over")
    assert (way.origin.key, way.target.key, way.guards, way.needs_reason) == (
        "active",
        "proposed",
        ["has_owner"],
        True,
    )
    ada.post(f"/life-cycle/ways/{way.pk}/", {"action": "Begin again", "guards": ["has_cost", "has_dates"]})
    way.refresh_from_db()
    assert (way.action, way.guards, way.needs_reason) == ("Begin again", ["has_cost", "has_dates"], False)
    ada.post(f"/life-cycle/ways/{way.pk}/removal/")
    assert not Transition.objects.filter(pk=way.pk).exists()


@pytest.mark.parametrize(
    "wrong", [{"target": "active"}, {"target": "nowhere"}, {"action": ""}, {"guards": ["no_such_guard"]}]
)
def test_a_wrong_way_is_refused(ada, wrong):
    count = Transition.objects.count()
    sent = {"origin": "active", "target": "proposed", "action": "Start over"}
    assert ada.post("/life-cycle/ways/", sent | wrong).status_code == 422
    assert Transition.objects.count() == count


def test_a_fiscal_year_is_opened_with_its_quarters(ada):
    sent = {"name": "2026/27", "start_date": "2026-04-01", "end_date": "2027-03-31"}
    ada.post("/years/", sent)
    assert FiscalYear.objects.get().end_date == date(2027, 3, 31)
    assert "1\xa0Jan\xa02027–31\xa0Mar\xa02027" in ada.get("/years/").content.decode()
    assert ada.post("/years/", sent | {"name": "Again"}).status_code == 422
    assert FiscalYear.objects.count() == 1


@pytest.mark.parametrize("address", ["/fields/", "/life-cycle/", "/life-cycle/ways/", "/years/"])
def test_nobody_else_sets_up(world, client, address):
    before = (CustomField.objects.count(), Stage.objects.count(), Transition.objects.count())
    client.force_login(world.portfolio_manager)
    assert client.post(address, FIELD).status_code == 403
    assert (CustomField.objects.count(), Stage.objects.count(), Transition.objects.count()) == before
    assert not FiscalYear.objects.exists()


def test_a_retired_field_keeps_its_values(world, ada):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    edit_project(world.pumps, actor=MAINSTAY, custom={"votes": "7"})
    ada.post("/fields/votes/", {"label": "Votes", "options": "", "position": "1", "version": "1"})
    world.pumps.refresh_from_db()
    assert world.pumps.custom == {"votes": "7"}
    assert ada.get("/projects/?column=custom.votes").status_code == 400
