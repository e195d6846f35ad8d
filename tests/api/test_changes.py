"""Changing things: versions keep two editors apart, a repeated request acts once, refusals change nothing."""

import pytest
from django.db import transaction

from mainstay.core.models import Event, KeptAnswer
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field


def test_an_edit_changes_what_was_sent_and_nothing_else(amara, world):
    before = amara.get("/projects/PUMPS").data
    answer = amara.patch("/projects/PUMPS", {"health": "amber", "reason": "Late pumps"}, version=1)
    assert answer.status_code == 200
    assert answer["ETag"] == '"2"'
    assert answer.data == before | {"health": "amber", "version": 2}
    event = Event.objects.first()
    assert (event.who, event.channel, event.verb, event.reason) == (
        "Amara Diallo",
        "api",
        "project.edit",
        "Late pumps",
    )


def test_every_field_of_a_project_can_be_sent_and_comes_back(amara, world):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    sent = {
        "portfolio": "NET", "name": "Valves", "code": "VALVES", "description": "New valves.", "programme": "SMART",
        "owner": "grace", "manager": "jonas", "theme": "Safety", "health": "green", "confidence": "amber_red",
        "start_date": "2026-04-01", "end_date": "2027-03-31", "currency": "EUR", "cost": "1234567890123.45",
        "benefit": "0.10", "risk": 100, "external_key": "X-1", "custom": {"votes": "12.50"},
    }  # fmt: skip
    answer = amara.post("/projects", sent)
    assert (answer.status_code, answer["Location"]) == (201, "/api/v1/projects/VALVES")
    told = amara.get(answer["Location"]).data
    assert {name: told[name] for name in sent} == sent | {"custom": {"votes": "12.5"}}
    assert (told["stage"], told["phase"], told["version"]) == ("proposed", "pipeline", 1)


def test_an_edit_needs_the_version_it_is_based_on(amara, world):
    answer = amara.patch("/projects/PUMPS", {"risk": 1})
    assert (answer.status_code, answer.data["title"]) == (428, "Precondition required")
    world.pumps.refresh_from_db()
    assert (world.pumps.risk, world.pumps.version) == (30, 1)


def test_the_second_of_two_editors_is_told_what_the_first_changed(amara, jonas, world):
    assert amara.patch("/projects/PUMPS", {"risk": 40, "cost": "1500000.00"}, version=1).status_code == 200
    answer = jonas.patch("/projects/PUMPS", {"risk": 50}, version=1)
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert (answer.data["expected_version"], answer.data["current_version"]) == (1, 2)
    changes = [(one["field"], one["before"], one["after"], one["who"]) for one in answer.data["changes"]]
    assert changes == [
        ("cost", "1200000.00", "1500000.00", "Amara Diallo"),
        ("risk", 30, 40, "Amara Diallo"),
    ]
    world.pumps.refresh_from_db()
    assert (world.pumps.risk, world.pumps.version) == (40, 2)


EDITS = [
    ("/projects/PUMPS", {"risk": 1}, {"risk": 2}),
    ("/portfolios/NET", {"description": "One"}, {"description": "Two"}),
    ("/programmes/SMART", {"objective": "One"}, {"objective": "Two"}),
    ("/people/grace", {"job_title": "One"}, {"job_title": "Two"}),
    ("/milestones/{milestone}", {"name": "One"}, {"name": "Two"}),
    ("/fields/region", {"label": "One"}, {"label": "Two"}),
]


@pytest.mark.parametrize(("path", "first", "second"), EDITS, ids=[path for path, *_ in EDITS])
def test_of_two_edits_from_one_version_the_second_is_refused(ada, world, path, first, second):
    from datetime import date

    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="text")
    milestone = add_milestone(world.pumps, actor=MAINSTAY, name="Design", due_date=date(2026, 5, 1))
    path = path.format(milestone=milestone.pk)
    (field,) = first
    assert ada.patch(path, first, version=1).status_code == 200
    refused = ada.patch(path, second, version=1)
    assert (refused.status_code, [one["field"] for one in refused.data["changes"]]) == (412, [field])
    assert ada.patch(path, second, version=2).status_code == 200


def test_a_version_that_never_was_is_refused_without_inventing_changes(amara):
    answer = amara.patch("/projects/PUMPS", {"risk": 1}, version=9)
    assert (answer.status_code, answer.data["changes"]) == (412, [])
    assert (answer.data["expected_version"], answer.data["current_version"]) == (9, 1)


@pytest.mark.parametrize("header", ["3", '"a"', '"1", "2"', 'W/"1"', '"99999999999"'])
def test_a_version_that_is_none_is_refused(amara, header, world):
    assert amara.call("PATCH", "/projects/PUMPS", {"risk": 1}, If_Match=header).status_code == 400
    world.pumps.refresh_from_db()
    assert world.pumps.version == 1


def test_any_version_is_what_a_star_means(amara):
    assert amara.call("PATCH", "/projects/PUMPS", {"risk": 1}, If_Match="*").data["version"] == 2


def test_many_projects_change_together_or_not_at_all(amara, world):
    sent = {"projects": [{"code": "PUMPS", "version": 1}, {"code": "METERS"}], "changes": {"theme": "Growth"}}
    assert amara.call("PATCH", "/projects", sent).data == {"changed": 2}
    again = sent | {"changes": {"theme": "Safety"}}
    assert amara.call("PATCH", "/projects", again).status_code == 409
    hidden = {"projects": [{"code": "METERS"}, {"code": "HERON"}], "changes": {"theme": "Safety"}}
    assert amara.call("PATCH", "/projects", hidden).status_code == 404
    assert set(Project.objects.values_list("code", "theme")) == {
        ("PUMPS", "Growth"), ("METERS", "Growth"), ("DEPOT", "Resilience"), ("HERON", "Resilience"),
    }  # fmt: skip


def test_an_edit_of_many_is_undone(amara, world):
    sent = {"projects": [{"code": "PUMPS"}, {"code": "METERS"}], "changes": {"theme": "Growth"}}
    amara.call("PATCH", "/projects", sent)
    event = amara.get("/events?limit=1").data["items"][0]
    assert (event["verb"], event["count"]) == ("projects.edit", 2)
    assert amara.post(f"/events/{event['id']}/undo").data == {"restored": 2}
    assert set(Project.objects.values_list("theme", flat=True)) == {"Resilience"}


def test_a_project_goes_its_way_step_by_step(amara, world):
    ways = {way["stage"]: way for way in amara.get("/projects/PUMPS/transitions").data["items"]}
    assert ways["under_evaluation"]["obstacles"] == ["Nobody owns it yet."]
    assert amara.post("/projects/PUMPS/advance", {"stage": "under_evaluation"}).status_code == 409
    assert amara.post("/projects/PUMPS/advance", {"stage": "candidate"}, If_Match='"1"').data["stage"] == "candidate"
    assert amara.post("/projects/PUMPS/authorise", {"stage": "authorised"}).data["errors"] == {
        "reason": ["Authorise needs a reason."]
    }
    done = amara.post("/projects/PUMPS/authorise", {"stage": "authorised", "reason": "Board of March"})
    assert (done.data["stage"], done.data["phase"], done.data["version"]) == ("authorised", "committed", 3)


def test_a_proposer_sees_their_proposal(world, tom):
    from mainstay.core.operations.grants import give_grant

    give_grant(world.stranger, actor=MAINSTAY, role="requester", path=world.networks.path)
    assert tom.get("/portfolios").data["items"] == []
    answer = tom.post("/projects", {"portfolio": "NET", "name": "Brighter lamps"})
    assert (answer.status_code, answer.data["name"]) == (201, "Brighter lamps")
    assert [row["name"] for row in tom.get("/projects").data["items"]] == ["Brighter lamps"]


def test_a_repeated_request_acts_once(amara, world):
    body = {"portfolio": "NET", "name": "Valves"}
    first = amara.post("/projects", body, Idempotency_Key="abc-1")
    again = amara.post("/projects", body, Idempotency_Key="abc-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.data, again["ETag"], again["Location"]) == (first.data, first["ETag"], first["Location"])
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert Project.objects.filter(name="Valves").count() == 1


def test_a_key_used_for_another_request_is_refused(amara, world):
    amara.post("/projects", {"portfolio": "NET", "name": "Valves"}, Idempotency_Key="abc-1")
    for path, body in (("/projects", {"portfolio": "NET", "name": "Pipes"}), ("/views", {"page": "a", "name": "b"})):
        assert amara.post(path, body, Idempotency_Key="abc-1").status_code == 422
    assert Project.objects.filter(name="Pipes").count() == 0


def test_keys_of_two_people_do_not_meet(amara, jonas, world):
    body = {"page": "projects", "name": "Mine"}
    first = amara.post("/views", body, Idempotency_Key="same")
    second = jonas.post("/views", body, Idempotency_Key="same")
    assert first.data["id"] != second.data["id"]


def test_a_refused_request_keeps_no_key(amara, world):
    body = {"stage": "under_evaluation"}
    assert amara.post("/projects/PUMPS/advance", body, Idempotency_Key="step").status_code == 409
    assert KeptAnswer.objects.count() == 0
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor)
    assert amara.post("/projects/PUMPS/advance", body, Idempotency_Key="step").status_code == 200
    assert amara.post("/projects/PUMPS/advance", body, Idempotency_Key="step").status_code == 200


def test_a_secret_is_not_kept_for_repeats(grace):
    body = {"name": "Report", "scopes": ["read"]}
    first = grace.post("/tokens", body, Idempotency_Key="key")
    again = grace.post("/tokens", body, Idempotency_Key="key")
    assert (again.data["id"], again.data["secret"]) == (first.data["id"], None)
    assert first.data["secret"] not in KeptAnswer.objects.get().body


@pytest.mark.parametrize("key", ["", " ", "a b", "\u00e9", "x" * 101])
def test_a_key_that_is_none_is_refused_or_left_alone(amara, key, world):
    answer = amara.post("/views", {"page": "a", "name": "b"}, Idempotency_Key=key)
    assert answer.status_code == (201 if key == "" else 400)


def test_a_failure_while_acting_leaves_neither_change_nor_key(amara, world, monkeypatch):
    from mainstay.core.api import repeats

    def broken(*parts):
        raise RuntimeError("the power went")

    monkeypatch.setattr(repeats, "keep_answer", broken)
    with transaction.atomic():
        answer = amara.post("/projects", {"portfolio": "NET", "name": "Valves"}, Idempotency_Key="abc")
    assert answer.status_code == 500
    assert (KeptAnswer.objects.count(), Project.objects.filter(name="Valves").count()) == (0, 0)


def valves(rest: bytes) -> bytes:
    """A proposal with something wrong behind it."""
    return b'{"portfolio": "NET", "name": "x", ' + rest + b"}"


BAD_BODIES = [
    (b"", 422),
    (b"{", 400),
    (b"[]", 422),
    (b"null", 422),
    (b'"text"', 422),
    (b"[" * 100_000, 400),
    (b'{"portfolio": "NET", "name": NaN}', 400),
    (valves(b'"risk": 1e400'), 400),
    (valves(b'"risk": ' + b"9" * 5000), 400),
    (b'{"portfolio": "NET", "name": "\\u0000"}', 422),
    (b'{"portfolio": "NET", "name": "\\ud800"}', 422),
    (b'{"portfolio": "NET", "name": "' + b"x" * 201 + b'"}', 422),
    (b'{"portfolio": "NET", "name": "  "}', 422),
    (valves(b'"cost": -1'), 422),
    (valves(b'"cost": 1.5'), 422),
    (valves(b'"cost": "1e9"'), 422),
    (valves(b'"cost": "12345678901234.00"'), 422),
    (valves(b'"start_date": "0001-01-01"'), 422),
    (valves(b'"start_date": 0'), 422),
    (valves(b'"start_date": "2026-05-02", "end_date": "2026-05-01"'), 422),
    (valves(b'"risk": true'), 422),
    (valves(b'"risk": 101'), 422),
    (valves(b'"risk": 99999999999999999999'), 422),
    (valves(b'"code": "PUMPS"'), 422),
    (valves(b'"id": 5'), 422),
    (valves(b'"stage": "active"'), 422),
    (valves(b'"path": "/"'), 422),
    (valves(b'"version": 9'), 422),
    (valves(b'"owner": "nobody"'), 422),
    (valves(b'"currency": "gbp"'), 422),
    (valves(b'"custom": {"unknown": 1}'), 422),
    (valves(b'"custom": {"votes": 1e-300}'), 422),
    (valves(b'"custom": {"votes": "1e-999999"}'), 422),
    (valves(b'"custom": {"votes": [1]}'), 422),
    (b'\xff\xfe{"portfolio"', 400),
    (valves(b'"programme": "NONE"'), 422),
]


def test_a_body_that_makes_no_sense_is_refused_and_changes_nothing(amara, world):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    before = (Event.objects.count(), Project.objects.count())
    answers = [(amara.post("/projects", body), body, status) for body, status in BAD_BODIES]
    wrong = [
        (body[:80], answer.status_code, answer.data)
        for answer, body, status in answers
        if answer.status_code != status
    ]
    assert wrong == []
    assert {answer["Content-Type"] for answer, _, _ in answers} == {"application/problem+json"}
    assert (Event.objects.count(), Project.objects.count()) == before


def test_a_body_larger_than_five_megabytes_is_refused(amara, world):
    body = b'{"portfolio": "NET", "name": "x", "description": "' + b"x" * 6_000_000 + b'"}'
    assert amara.post("/projects", body).status_code == 413


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/projects"), ("DELETE", "/projects/PUMPS"), ("POST", "/projects/PUMPS"), ("OPTIONS", "/projects")],
)
def test_a_method_that_is_not_offered_is_refused(amara, method, path):
    answer = amara.call(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v2/projects", "/api/v1/projects/", "/api/v1/projects/a%00b"]
)
def test_an_address_that_leads_nowhere_is_refused_with_a_document(amara, path):
    answer = amara.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_database_that_is_busy_is_said_so(amara, monkeypatch):
    from django.db import OperationalError

    from mainstay.portfolio.api import reading

    def locked(request):
        raise OperationalError("database is locked")

    monkeypatch.setattr(reading, "projects", locked)
    answer = amara.get("/projects")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_what_nobody_foresaw_tells_nothing_of_the_inside(amara, monkeypatch):
    from mainstay.portfolio.api import reading

    def broken(request):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(reading, "projects", broken)
    answer = amara.get("/projects")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


def test_a_milestone_is_added_changed_and_removed(amara, world):
    added = amara.post("/projects/PUMPS/milestones", {"name": "Design", "due_date": "2026-09-30"})
    assert (added.status_code, added.data["project"]) == (201, "PUMPS")
    path = added["Location"]
    assert amara.patch(path, {"done_date": "2026-10-02"}, version=1).data["done_date"] == "2026-10-02"
    assert [row["name"] for row in amara.get("/milestones?project=PUMPS").data["items"]] == ["Design"]
    assert amara.call("DELETE", path).status_code == 204
    assert amara.get(path).status_code == 404


def test_a_circle_of_dependencies_is_refused(amara, world):
    assert amara.post("/projects/PUMPS/dependencies", {"needs": "METERS"}).status_code == 201
    answer = amara.post("/projects/METERS/dependencies", {"needs": "PUMPS"})
    assert (answer.status_code, list(answer.data["errors"])) == (422, ["needs"])


def test_the_history_tells_who_changed_what_and_why(amara, world):
    amara.patch("/projects/PUMPS", {"risk": 55, "reason": "New survey"}, version=1)
    newest = amara.get("/projects/PUMPS/history").data["items"][0]
    assert (newest["version"], newest["who"], newest["channel"], newest["reason"]) == (
        2, "Amara Diallo", "API", "New survey",
    )  # fmt: skip
    assert [(one["field"], one["before"], one["after"]) for one in newest["fields"]] == [("risk", 30, 55)]
