"""Milestones, dependencies and members come and go on the project's page."""

from datetime import date

import pytest
from django.utils import timezone

from mainstay.core import access
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Dependency, Member, Milestone
from mainstay.portfolio.operations.parts import add_dependency, add_milestone


@pytest.fixture
def jonas(world, client):
    client.force_login(world.project_manager)
    return client


def test_a_milestone_is_added_changed_reached_and_removed(world, jonas):
    jonas.post("/projects/PUMPS/milestones/", {"name": "Design approved", "due_date": "2027-01-31"})
    made = Milestone.objects.get()
    assert (made.project, made.name, made.due_date) == (world.pumps, "Design approved", date(2027, 1, 31))
    address = f"/projects/PUMPS/milestones/{made.pk}/"
    sent = {"name": "Design agreed", "due_date": "2027-01-31", "forecast_date": "2027-02-15", "version": "1"}
    assert jonas.post(address, sent)["Location"] == "/projects/PUMPS/"
    assert Milestone.objects.get().forecast_date == date(2027, 2, 15)
    assert jonas.post(address, sent | {"name": "Too late"}).status_code == 409
    assert Milestone.objects.get().name == "Design agreed"
    jonas.post(f"{address}completion/")
    assert Milestone.objects.get().done_date == timezone.localdate()
    jonas.post(f"{address}completion/")
    assert Milestone.objects.get().done_date is None
    jonas.post(f"{address}removal/")
    assert not Milestone.objects.exists()


def test_a_wrong_milestone_comes_back_as_it_was_typed(world, jonas):
    answer = jonas.post("/projects/PUMPS/milestones/", {"name": "Design approved", "due_date": "31.1."})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="Design approved"' in text
    assert "Enter a valid date." in text
    assert not Milestone.objects.exists()


def test_late_milestones_are_said(world, jonas):
    for name, due in (("Past", "2020-01-31"), ("Future", "2099-01-31")):
        add_milestone(world.pumps, actor=MAINSTAY, name=name, due_date=due)
    assert "1 late" in jonas.get("/projects/PUMPS/").content.decode()


def test_a_dependency_is_added_by_code_and_removed(world, client):
    client.force_login(world.portfolio_manager)
    sent = {"kind": "requires", "needs": "meters", "note": "Same street"}
    assert client.post("/projects/PUMPS/dependencies/", sent)["Location"] == "/projects/PUMPS/"
    made = Dependency.objects.get()
    assert (made.project, made.needs, made.note) == (world.pumps, world.meters, "Same street")
    client.post(f"/projects/PUMPS/dependencies/{made.pk}/removal/")
    assert not Dependency.objects.exists()


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("HERON", "There is no project with the code HERON."),
        ("NOWHERE", "There is no project with the code NOWHERE."),
        ("PUMPS", "circle"),
        ("METERS", "circle"),
    ],
)
def test_a_wrong_dependency_is_refused(world, client, needs, words):
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps)
    client.force_login(world.portfolio_manager)
    answer = client.post("/projects/PUMPS/dependencies/", {"kind": "requires", "needs": needs})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Dependency.objects.count() == 1


def test_projects_are_offered_by_code_or_name_among_those_in_sight(world, client):
    client.force_login(world.portfolio_manager)
    offered = client.get("/inventory/options/?needs=e").content.decode()
    assert '<option value="PUMPS">Replace the pumps</option>' in offered
    assert "HERON" not in offered
    assert client.get("/inventory/options/?needs=").content.decode().strip() == ""


def test_a_member_gets_the_role_and_loses_it_again(world, jonas):
    jonas.post("/projects/PUMPS/members/", {"person": "tom", "role": "evaluator"})
    made = Member.objects.get()
    assert access.may(world.stranger, Verb.SEE_REGISTER, world.pumps)
    assert not access.may(world.stranger, Verb.SEE_REGISTER, world.meters)
    jonas.post(f"/projects/PUMPS/members/{made.pk}/removal/")
    assert not Member.objects.exists()
    assert not access.may(world.stranger, Verb.SEE_REGISTER, world.pumps)


def test_a_wrong_member_is_refused(world, jonas):
    answer = jonas.post("/projects/PUMPS/members/", {"person": "nobody", "role": "administrator"})
    assert answer.status_code == 422
    assert not Member.objects.exists()


@pytest.mark.parametrize("part", ["milestones", "dependencies", "members"])
def test_who_may_only_see_adds_nothing(world, client, part):
    client.force_login(world.sponsor)
    assert client.post(f"/projects/PUMPS/{part}/", {"name": "x"}).status_code == 403
    text = client.get("/projects/PUMPS/").content.decode()
    assert f"/projects/PUMPS/{part}/" not in text


def test_a_part_of_another_project_is_not_there(world, client):
    made = add_milestone(world.meters, actor=MAINSTAY, name="Elsewhere", due_date="2027-01-31")
    client.force_login(world.project_manager)
    assert client.post(f"/projects/PUMPS/milestones/{made.pk}/removal/").status_code == 404
    assert Milestone.objects.count() == 1
