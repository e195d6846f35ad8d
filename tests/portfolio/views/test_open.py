"""Every page of the register opens for those who may, answers 404 to strangers, and 403 where a right is missing."""

import pytest
from django.urls import reverse

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Transition
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.setup import create_field

OPEN = [
    ("projects", []),
    ("inventory_filters", []),
    ("inventory_columns", []),
    ("inventory_views", []),
    ("project", ["PUMPS"]),
    ("project_history", ["PUMPS"]),
    ("portfolios", []),
    ("programme", ["SMART"]),
]
OUT_OF_SIGHT = [
    ("project", ["HERON"]),
    ("project_history", ["HERON"]),
    ("project_edit", ["HERON"]),
    ("project_move", ["HERON"]),
    ("portfolio_edit", ["UND"]),
    ("portfolio_move", ["UND"]),
    ("programme_new", ["UND"]),
    ("project", ["NOWHERE"]),
    ("programme", ["NOWHERE"]),
]
OF_THE_MANAGER = [
    ("inventory_edits", []),
    ("project_new", []),
    ("project_edit", ["PUMPS"]),
    ("project_move", ["PUMPS"]),
    ("portfolio_edit", ["NET"]),
    ("programme_new", ["NET"]),
    ("programme_edit", ["SMART"]),
]
OF_THE_ADMINISTRATOR = [
    ("portfolio_new", []),
    ("portfolio_move", ["NET"]),
    ("fields", []),
    ("field", ["votes"]),
    ("life_cycle", []),
    ("stage_edit", ["active"]),
    ("years", []),
]


@pytest.mark.parametrize(("route", "words"), OPEN)
def test_a_page_opens_for_who_may_see_the_register(world, client, route, words):
    client.force_login(world.sponsor)
    assert client.get(reverse(route, args=words)).status_code == 200


@pytest.mark.parametrize(("route", "words"), OPEN + OF_THE_MANAGER)
def test_a_page_asks_who_one_is(world, client, route, words):
    answer = client.get(reverse(route, args=words))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(("route", "words"), OUT_OF_SIGHT)
def test_what_is_out_of_sight_is_not_there(world, client, route, words):
    client.force_login(world.portfolio_manager)
    answer = client.get(reverse(route, args=words))
    assert answer.status_code == 404
    assert b"HERON" not in answer.content.replace(b"/projects/HERON/", b"")
    assert b"Undisclosed" not in answer.content


@pytest.mark.parametrize(("route", "words"), OF_THE_MANAGER)
def test_a_portfolio_manager_changes_what_is_theirs(world, client, route, words):
    client.force_login(world.portfolio_manager)
    assert client.get(reverse(route, args=words)).status_code == 200


@pytest.mark.parametrize(("route", "words"), [entry for entry in OF_THE_MANAGER if entry[0] != "project_new"])
def test_a_sponsor_sees_but_does_not_change(world, client, route, words):
    client.force_login(world.sponsor)
    assert client.get(reverse(route, args=words)).status_code == 403


@pytest.mark.parametrize(("route", "words"), OF_THE_ADMINISTRATOR)
def test_only_an_administrator_sets_up(world, client, route, words):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    client.force_login(world.administrator)
    assert client.get(reverse(route, args=words)).status_code == 200
    client.force_login(world.portfolio_manager)
    assert client.get(reverse(route, args=words)).status_code == 403


def test_a_way_between_stages_opens_for_an_administrator_only(world, client):
    address = reverse("way", args=[Transition.objects.first().pk])
    client.force_login(world.administrator)
    assert client.get(address).status_code == 200
    client.force_login(world.sponsor)
    assert client.get(address).status_code == 403


def test_a_milestone_opens_for_who_may_change_it(world, client):
    milestone = add_milestone(world.pumps, actor=MAINSTAY, name="Design approved", due_date="2027-01-31")
    address = reverse("milestone", args=["PUMPS", milestone.pk])
    client.force_login(world.project_manager)
    assert client.get(address).status_code == 200
    client.force_login(world.sponsor)
    assert client.get(address).status_code == 403
    client.force_login(world.portfolio_manager)
    assert client.get(reverse("milestone", args=["METERS", milestone.pk])).status_code == 404


@pytest.mark.parametrize("address", ["/projects/?colour=red", "/projects/?page=0", "/projects/?sort=colour"])
def test_an_address_that_cannot_be_read_is_refused_with_a_page(world, client, address):
    client.force_login(world.sponsor)
    answer = client.get(address)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


def test_pages_of_the_past_offer_nothing_to_change(world, client):
    client.force_login(world.director)
    from django.utils import timezone

    now = timezone.now().isoformat()
    for route, words in OPEN:
        answer = client.get(reverse(route, args=words), {"as_of": now})
        assert answer.status_code == 200, route
        page = answer.content.decode()
        assert "Propose a project" not in page
        assert "/edit/" not in page
