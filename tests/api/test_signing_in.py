"""Who may call: keys with scopes and ends, sessions with their protection, nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mainstay.core.models import Event, Token
from mainstay.core.operations.grants import withdraw_grant
from mainstay.core.operations.people import deactivate_person
from mainstay.core.operations.tokens import issue_token, revoke_token
from tests.api.conftest import ROOT, Program, program_of
from tests.world import PASSWORD


def test_without_a_key_nothing_is_told(nobody):
    answer = nobody.get("/projects")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.data["title"] == "Not signed in"


@pytest.mark.parametrize("secret", ["mst_wrong", "", "a b c", "\u00e9"])
def test_a_wrong_key_is_refused(world, secret):
    client = Client(raise_request_exception=False)
    answer = client.get(f"{ROOT}/projects", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401


def test_a_wrong_key_is_not_replaced_by_the_session(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.sponsor)
    assert client.get(f"{ROOT}/me", headers={"Authorization": "Bearer mst_wrong"}).status_code == 401
    assert client.get(f"{ROOT}/me", headers={"Authorization": "Basic Z3JhY2U6eA=="}).status_code == 401


def test_a_key_tells_who_it_acts_for(jonas, world):
    me = jonas.get("/me").data
    assert (me["username"], me["scopes"]) == ("jonas", ["read", "write"])
    assert [(role["role"], role["path"]) for role in me["roles"]] == [("project_manager", world.pumps.path)]


def test_a_key_that_only_reads_changes_nothing(world):
    reader = program_of(world.portfolio_manager, "read")
    before = Event.objects.count()
    answer = reader.patch("/projects/PUMPS", {"risk": 1}, version=1)
    assert (answer.status_code, answer.data["detail"]) == (403, "The scopes of this key do not include project.edit.")
    world.pumps.refresh_from_db()
    assert (world.pumps.risk, Event.objects.count()) == (30, before)


def test_a_key_for_one_verb_does_that_and_no_other(world):
    narrow = program_of(world.portfolio_manager, "read", "project.edit")
    assert narrow.patch("/projects/PUMPS", {"risk": 1}, version=1).status_code == 200
    assert narrow.post("/projects", {"portfolio": "NET", "name": "Valves"}).status_code == 403


def test_a_key_that_may_not_read_is_told_nothing(world):
    writer = program_of(world.portfolio_manager, "write")
    assert writer.get("/projects").data["detail"] == "The scopes of this key do not include read."
    assert writer.patch("/projects/PUMPS", {"risk": 1}, version=1).status_code == 403


def test_a_key_ends_at_once_when_it_is_revoked(amara):
    assert amara.get("/me").status_code == 200
    token = Token.objects.get(digest=Token.digest_of(amara.secret))
    revoke_token(token, actor=token.person)
    assert amara.get("/me").status_code == 401


def test_a_key_that_ran_out_is_refused(world):
    end = timezone.now() - timedelta(seconds=1)
    _, secret = issue_token(world.sponsor, actor=world.sponsor, name="Old", scopes=["read"], expires_at=end)
    assert Program(secret, Client()).get("/me").status_code == 401


def test_a_person_who_is_shut_out_is_shut_out_here_too(grace, world):
    deactivate_person(world.sponsor, actor=world.administrator)
    assert grace.get("/me").status_code == 401


def test_a_withdrawn_role_ends_with_the_next_request(amara, world):
    assert amara.get("/projects/PUMPS").status_code == 200
    withdraw_grant(world.portfolio_manager.grants.get(), actor=world.administrator)
    assert amara.get("/projects/PUMPS").status_code == 404


def test_a_session_reads(world):
    client = Client()
    client.force_login(world.sponsor)
    assert client.get(f"{ROOT}/me").json()["username"] == "grace"
    assert client.get(f"{ROOT}/me").json()["scopes"] is None


def test_a_session_changes_nothing_without_its_csrf_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.portfolio_manager)
    body = {"portfolio": "NET", "name": "Forged"}
    answer = client.post(f"{ROOT}/projects", body, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert world.networks.projects.filter(name="Forged").count() == 0


def test_a_session_changes_something_with_its_csrf_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.portfolio_manager)
    client.cookies["csrftoken"] = token = "a" * 32
    headers = {"X-CSRFToken": token}
    answer = client.post(
        f"{ROOT}/projects", {"portfolio": "NET", "name": "Real"}, "application/json", headers=headers
    )
    assert (answer.status_code, answer.json()["name"]) == (201, "Real")


def test_a_password_is_set_in_a_session_that_knows_it(world):
    client = Client()
    client.force_login(world.sponsor)
    body = {"current": PASSWORD, "password": "green-lantern-42-river"}
    assert client.put(f"{ROOT}/me/password", body, "application/json").status_code == 204
    assert world.sponsor.check_password("green-lantern-42-river")
    assert client.get(f"{ROOT}/me").status_code == 200


def test_a_password_is_not_set_by_a_key_nor_by_guessing(grace, world):
    body = {"current": PASSWORD, "password": "green-lantern-42-river"}
    assert grace.call("PUT", "/me/password", body).status_code == 403
    client = Client()
    client.force_login(world.sponsor)
    answer = client.put(f"{ROOT}/me/password", body | {"current": "wrong"}, "application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["current"])
    assert world.sponsor.check_password(PASSWORD)


def test_a_new_key_is_shown_once_and_kept_as_a_hash(grace):
    answer = grace.post("/tokens", {"name": "Report", "scopes": ["read"]})
    secret = answer.data["secret"]
    assert answer.status_code == 201
    assert Token.objects.get(pk=answer.data["id"]).digest == Token.digest_of(secret)
    assert Program(secret, Client()).get("/me").data["scopes"] == ["read"]
    assert secret not in grace.get("/tokens").content.decode()


def test_keys_of_others_do_not_exist(grace, amara):
    mine = amara.get("/tokens").data["items"][0]["id"]
    assert grace.post(f"/tokens/{mine}/revoke").status_code == 404
    assert amara.get("/me").status_code == 200


def test_a_session_key_that_is_none_is_nobodys(world):
    client = Client(raise_request_exception=False)
    answer = client.get(f"{ROOT}/me", headers={"Cookie": 'sessionid="aaaaaaaaaaaa\\000"'})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
