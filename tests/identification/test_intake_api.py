"""Requests and forms for programs: schema, hostile input, the same rules as on the pages."""

import json

import pytest
from django.test import Client

from mainstay.core.operations.tokens import issue_token
from mainstay.identification.models import Request, RequestForm
from tests.identification.conftest import TYPED

pytestmark = pytest.mark.django_db


class Program:
    """Calls the API with somebody's key."""

    def __init__(self, person) -> None:
        self.key = issue_token(person, actor=person, name="Test", scopes=["read", "write"])[1]

    def __call__(self, method: str, path: str, body=None, **headers):
        known = {"Authorization": f"Bearer {self.key}", **headers}
        return Client().generic(
            method, f"/api/v1{path}", json.dumps(body if body is not None else {}), "application/json", headers=known
        )


def test_the_schema_of_a_form_says_what_a_request_answers(intake):
    schema = Program(intake.rosa)("GET", "/forms/idea/schema").json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["who"]
    assert schema["properties"]["channel"] == {"title": "Channel", "enum": ["Web", "Phone", "Letter"]}
    assert schema["additionalProperties"] is False
    condition = schema["allOf"][0]
    assert condition["then"] == {"required": ["calls"]}
    assert condition["if"]["allOf"][0]["properties"] == {"channel": {"const": "Phone"}}


def test_a_request_goes_its_way_through_the_api(intake):
    rosa, amara = Program(intake.rosa), Program(intake.amara)
    made = rosa("POST", "/requests", {"portfolio": "NET", "form": "idea", "title": "Portal", "answers": TYPED})
    assert made.status_code == 201
    code = made.json()["code"]
    refused = rosa("POST", f"/requests/{code}/submission")
    assert (refused.status_code, refused.json()["errors"]) == (422, {"description": ["This is needed."]})
    rosa("PATCH", f"/requests/{code}", {"description": "It is needed."}, **{"If-Match": '"1"'})
    assert rosa("POST", f"/requests/{code}/submission").json()["state"] == "submitted"
    assert amara("POST", f"/requests/{code}/question", {"text": "For whom?"}).json()["state"] == "questioned"
    assert rosa("GET", f"/requests/{code}/standing").json()["next_step"].startswith("Answer the question")
    assert rosa("POST", f"/requests/{code}/answer", {"text": "For all."}).json()["state"] == "submitted"
    assert amara("POST", f"/requests/{code}/acceptance").json()["state"] == "accepted"
    kinds = [note["kind"] for note in rosa("GET", f"/requests/{code}/notes").json()["items"]]
    assert kinds == ["question", "answer"]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"nobody_asked": "x"}, 422),
        ({"who": "x" * 20_001}, 422),
        ({"who": {"deep": {"deeper": ["x"]}}}, 422),
        ({"who": ["a", "b"]}, 422),
        ({"who": "a\u0000b"}, 422),
        ({f"key_{number}": "x" for number in range(300)}, 422),
        ([1, 2], 422),
        ("who", 422),
        ({"calls": "many", "start": "soon"}, 201),
    ],
)
def test_hostile_answers_are_refused_and_wrong_ones_kept_as_typed(intake, answers, status):
    body = {"portfolio": "NET", "form": "idea", "title": "Portal", "answers": answers}
    response = Program(intake.rosa)("POST", "/requests", body)
    assert response.status_code == status
    assert Request.objects.count() == (status == 201)


def test_very_deep_json_is_refused(intake):
    key = issue_token(intake.rosa, actor=intake.rosa, name="Deep", scopes=["read", "write"])[1]
    body = '{"portfolio": "NET", "form": "idea", "answers": ' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "}"
    headers = {"Authorization": f"Bearer {key}"}
    response = Client().generic("POST", "/api/v1/requests", body, "application/json", headers=headers)
    assert response.status_code in {400, 422}
    assert Request.objects.count() == 0


def test_a_form_changed_through_the_api_takes_effect_at_once(intake):
    ada = Program(intake.world.administrator)
    version = RequestForm.objects.get(key="idea").version
    draft = {"sections": [{"key": "need", "title": "Need", "fields": [{"key": "why", "label": "Why"}]}]}
    assert ada("PATCH", "/forms/idea", {"draft": draft}, **{"If-Match": f'"{version}"'}).status_code == 200
    assert ada("POST", "/forms/idea/publication", {"reason": "Short"}).json() == {"number": 2}
    assert list(Program(intake.rosa)("GET", "/forms/idea/schema").json()["properties"]) == ["why"]
    assert "who" in Program(intake.rosa)("GET", "/forms/idea/schema?edition=1").json()["properties"]


def test_a_requester_finds_only_what_they_may_know(intake):
    intake.submitted("Customer portal")
    found = Program(intake.rosa)("POST", "/requests/alike", {"title": "Portal for customers"}).json()["items"]
    assert [item["request"] for item in found] == ["REQ-0001"]
    assert Program(intake.world.stranger)("POST", "/requests/alike", {"title": "Portal"}).content == b'{"items":[]}'
