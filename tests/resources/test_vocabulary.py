"""Roles and skills: added, changed, brought in, and only by who may."""

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Missing
from mainstay.core.exchange import commit, propose, read_table, sheet_named
from mainstay.core.models import Event
from mainstay.resources import standard
from mainstay.resources.models import Role, Skill
from mainstay.resources.operations.vocabulary import add_role, add_skill, edit_role
from tests.core.exchange.files import csv_file
from tests.second_save import answered

pytestmark = pytest.mark.django_db


def test_a_name_makes_the_key_and_stands_there_once(world):
    role = add_role(None, actor=world.director, name="Data engineer")
    assert (role.key, role.is_active) == ("data-engineer", True)
    with pytest.raises(ValidationError, match="already exists"):
        add_role(None, actor=world.director, name="Data engineer")
    assert Role.objects.count() == 1


@pytest.mark.parametrize(("who", "refusal"), [("portfolio_manager", Forbidden), ("stranger", Forbidden)])
def test_only_who_may_for_the_whole_adds_words(world, who, refusal):
    before = Event.objects.count()
    with pytest.raises((refusal, Missing)):
        add_skill(None, actor=getattr(world, who), name="Welding")
    assert (Skill.objects.count(), Event.objects.count()) == (0, before)


def test_the_page_adds_and_changes_words(world, client):
    client.force_login(world.director)
    assert client.post("/resources/vocabulary/roles/", {"roles-name": ""}).status_code == 422
    assert client.post("/resources/vocabulary/roles/", {"roles-name": "Site manager"}).status_code == 302
    url = "/resources/vocabulary/roles/site-manager/"
    assert client.post(url, {"name": "Site lead", "version": "1"}).status_code == 302
    assert client.post(url, {"name": "Site boss", "version": "1"}).status_code == 409
    role = Role.objects.get()
    assert (role.key, role.name, role.is_active) == ("site-manager", "Site lead", False)
    assert "Site lead" in client.get("/resources/vocabulary/").content.decode()
    assert client.get("/resources/vocabulary/cooks/x/").status_code == 404


def test_who_saves_a_word_second_chooses_and_overwrites_nothing_else(world, client):
    role = add_role(None, actor=world.director, name="Site manager")
    edit_role(role, actor=world.administrator, name="Site lead", is_active=False)
    client.force_login(world.director)
    url = "/resources/vocabulary/roles/site-manager/"
    page = client.post(url, {"name": "Site boss", "description": "Runs it", "is_active": "on", "version": "1"})
    shown = page.content.decode()
    assert page.status_code == 409
    assert "Name: whose version stays?" in shown
    assert "Taken over as saved: In use." in shown
    assert client.post(url, answered(page, name="theirs")).status_code == 302
    role.refresh_from_db()
    assert (role.name, role.description, role.is_active) == ("Site lead", "Runs it", False)


def test_words_come_in_as_a_list_and_are_found_again(world):
    sheet = sheet_named("roles")
    table = read_table(csv_file("Key,Name,Description\ndata,Data engineer,Keeps data right\n,Buyer,"), "roles.csv")
    done = commit(sheet, table, propose(sheet, table), world.networks, world.administrator)
    assert (done.new, list(Role.objects.values_list("key", "name"))) == (
        2,
        [("buyer", "Buyer"), ("data", "Data engineer")],
    )
    again = commit(sheet, table, propose(sheet, table), world.networks, world.administrator)
    assert (again.new, again.unchanged) == (0, 2)
    with pytest.raises(Forbidden):
        commit(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager)


def test_the_usual_words_are_added_once(db):
    standard.set_up()
    count = Role.objects.count(), Skill.objects.count()
    standard.set_up()
    assert (Role.objects.count(), Skill.objects.count()) == count == (12, 6)
