"""Signing in, and getting a new password, as a person meets it."""

import re

import pytest
from django.core import mail

from mainstay.core.operations.people import edit_person
from mainstay.core.system import MAINSTAY
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def test_the_sign_in_page_names_the_product_and_offers_a_new_password(client):
    shown = client.get("/account/login/").content.decode()
    assert "<title>Sign in · Mainstay</title>" in shown
    assert "Choose, fund, staff and review a portfolio of projects." in shown
    assert 'href="/account/password/reset/"' in shown
    assert "Look around as" not in shown


def test_a_wrong_password_is_said_without_telling_which_part_was_wrong(client, world):
    response = client.post("/account/login/", {"login": "amara", "password": "wrong"})
    assert "username and/or password you specified are not correct" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_leads_to_where_one_wanted_to_go(client, world):
    response = client.post(
        "/account/login/?next=/gallery/", {"login": "amara", "password": PASSWORD, "next": "/gallery/"}
    )
    assert response.url == "/gallery/"


def test_signing_out_asks_first_and_then_ends_the_session(client, world):
    client.force_login(world.portfolio_manager)
    assert heading(client.get("/account/logout/")) == "Sign out"
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_set_anew_by_the_link_in_the_post(client, world):
    person = edit_person(world.portfolio_manager, actor=MAINSTAY, email="amara@example.org")
    assert heading(client.get("/account/password/reset/")) == "Set a new password"
    client.post("/account/password/reset/", {"email": person.email})
    assert heading(client.get("/account/password/reset/done/")) == "Look into your post"
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body)[0]
    page = client.get(link, follow=True)
    assert heading(page) == "Choose a new password"
    new = "a calmer sea than before"
    done = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert heading(done) == "Your password is set"
    assert client.login(username=person.username, password=new)


def test_a_link_that_was_used_says_so(client, world):
    page = client.get("/account/password/reset/key/1-used-up/", follow=True)
    assert heading(page) == "This link does not hold any more"


def test_the_password_is_changed_inside_the_frame(client, world):
    client.force_login(world.portfolio_manager)
    assert heading(client.get("/account/password/change/")) == "Change your password"


def test_a_closed_account_is_told_so(client):
    assert heading(client.get("/account/inactive/")) == "This account is closed"


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("400.html", "This cannot be read"),
        ("403.html", "You may not do this"),
        ("403_csrf.html", "This page was open for too long"),
        ("404.html", "There is nothing here"),
        ("500.html", "Something broke on our side"),
    ],
)
def test_an_error_page_needs_nothing_from_the_request(template, title):
    from django.template.loader import render_to_string

    assert f"<h1>{title}</h1>" in render_to_string(template)
