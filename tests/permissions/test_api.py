"""The permission table over every operation of the API, for every role and for strangers.

A write is named by its verb, so the verb is the rule; the words below say where it must be held and what is sent.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from mainstay.core.models import Event
from mainstay.core.verbs import Verb
from tests.permissions.cast import ROLES, STRANGERS_OUTSIDE, Cast, asked, gather
from tests.permissions.marks import marks_in
from tests.permissions.rooms import ROOMS
from tests.permissions.rows import CLOSED, SIGNED_IN, KeyOf, Row, Rule, expected

pytestmark = pytest.mark.django_db
REFUSED = {401, 403, 404}
ROOT = {
    "currency.add", "rate.set", "field.create", "field.edit", "grant.give", "grant.withdraw", "person.create",
    "person.edit", "person.deactivate", "person.reactivate", "stage.edit", "transition.edit", "year.open",
    "portfolio.move",
}  # fmt: skip
OF_OTHERS = {"run.cancel", "run.retry", "token.revoke", "view.remove", "notice.read", "mapping.remove", "see.run"}
ARGUMENTS = {
    "code": "project", "dependency_id": "dependency", "milestone_id": "milestone", "member_id": "member",
    "event_id": "event", "grant_id": "grant", "username": "username", "decision_id": "decision", "model_id": "model",
    "selection_id": "selection", "run_id": "run", "token_id": "token", "view_id": "view", "notice_id": "notice",
    "mapping_id": "nothing", "origin": "stage", "target": "stage",
}  # fmt: skip
SENT: dict[str, Any] = {
    "currency.add": {"code": "USD", "name": "Dollar"},
    "rate.set": {"date": "2026-01-01", "rate": "1.2"},
    "dependency.add": {"needs": "METERS", "kind": "excludes"},
    "dependency.edit": {"subject": "Meters"},
    "field.create": {"key": "area", "label": "Area", "kind": "text"},
    "field.edit": {"label": "Area"},
    "grant.give": {"role": "executive"},
    "mapping.save": {"sheet": "projects", "name": "Mine", "columns": {"Name": "name"}},
    "member.add": {"person": "nobody", "role": "sponsor"},
    "milestone.add": {"name": "Ordered", "due_date": "2027-01-31"},
    "milestone.edit": {"name": "Ordered"},
    "model.create": {
        "portfolio": "NET",
        "name": "Another",
        "criteria": [{"label": "Risk", "source": "risk", "worst": "100", "best": "0", "weight": "1"}],
    },
    "model.edit": {"name": "Renamed"},
    "password.set": {"current": "correct-horse-battery", "password": "battery-horse-correct"},
    "person.create": {"username": "new", "name": "New"},
    "person.edit": {"name": "New"},
    "portfolio.create": {"name": "Below", "parent": "NET"},
    "portfolio.edit": {"name": "Renamed"},
    "portfolio.move": {"parent": None},
    "programme.create": {"portfolio": "NET", "name": "Another"},
    "programme.edit": {"name": "Renamed"},
    "project.propose": {"portfolio": "NET", "name": "Another"},
    "project.edit": {"name": "Renamed"},
    "project.advance": {"stage": "under_evaluation"},
    "project.authorise": {"stage": "rejected", "reason": "Not now"},
    "project.move": {"portfolio": "NET", "programme": None},
    "projects.edit": {"projects": [{"code": "PUMPS", "version": 1}], "changes": {"theme": "Growth"}},
    "run.start": {"kind": "nonsense", "title": "x", "parameters": {}},
    "see.plan.solution": {"format": "mainstay-plan/1", "periods": 1, "limits": [], "candidates": [], "rules": []},
    "selection.prepare": {"portfolio": "NET", "name": "Another", "maximise": "benefit", "budget": "100"},
    "selection.edit": {"budget": "200"},
    "stage.edit": {"name": "Judged"},
    "token.issue": {"name": "Mine", "scopes": ["read"]},
    "transition.edit": {"action": "Stay"},
    "view.save": {"page": "projects", "name": "Mine", "query": "sort=name"},
    "year.open": {"name": "2031", "start_date": "2031-01-01", "end_date": "2031-12-31"},
}
OTHERWISE: dict[str, Rule] = {
    "token.issue": SIGNED_IN,
    "view.save": SIGNED_IN,
    "run.start": SIGNED_IN,
    "password.set": CLOSED,  # a key never sets a password
    "mapping.save": Verb.ROWS_IMPORT,
}
READS: dict[str, Rule] = {
    "see.field": (Verb.SEE_REGISTER, Verb.PROJECT_PROPOSE),
    "see.plan.solution": Verb.SELECTION_PREPARE,
    "see.project": Verb.SEE_REGISTER,
    "see.project.history": Verb.SEE_REGISTER,
    "see.project.transitions": Verb.SEE_REGISTER,
    "see.portfolio": Verb.SEE_REGISTER,
    "see.portfolio.figures": Verb.SEE_REGISTER,
    "see.programme": Verb.SEE_REGISTER,
    "see.milestone": Verb.SEE_REGISTER,
    "see.dependency": Verb.SEE_REGISTER,
    "see.event": Verb.SEE_REGISTER,
    "see.model": Verb.SEE_REGISTER,
    "see.decision": Verb.SEE_FIGURES,
    "see.decision.lines": Verb.SEE_FIGURES,
    "see.selection": Verb.SEE_FIGURES,
    "see.selection.answer": Verb.SEE_FIGURES,
    "see.selection.problem": Verb.SEE_FIGURES,
    "see.selection.solution": Verb.SEE_FIGURES,
    "see.person": Verb.SEE_REGISTER,
    "see.import.check": Verb.ROWS_IMPORT,
    "see.run": CLOSED,
}
NOUNS = {"portfolios": "portfolio", "programmes": "programme", "currencies": "currency", "fields": "field"}
PLACED = {
    "code", "dependency_id", "milestone_id", "member_id", "decision_id", "model_id", "selection_id",
}  # fmt: skip
NOT_PLACED = {"currencies"}
for _room in ROOMS:
    ROOT |= _room.root
    for _name, _key in _room.arguments.items():
        assert ARGUMENTS.setdefault(_name, _key) == _key, f"{{{_name}}} means two things in paths of the API"
    SENT |= _room.sent
    OTHERWISE |= _room.otherwise
    READS |= _room.reads
    NOUNS |= _room.nouns
    PLACED |= {argument for argument, key in _room.arguments.items() if key in _room.placed}
    NOT_PLACED |= {noun for noun, key in _room.nouns.items() if key not in _room.placed}


def operations() -> list[tuple[str, str, str]]:
    """Method, path and id of every operation the document names."""
    from mainstay.config.api import api

    paths = api.get_openapi_schema()["paths"]
    return [
        (method.upper(), path, found["operationId"])
        for path, methods in paths.items()
        for method, found in methods.items()
        if method in {"get", "post", "patch", "put", "delete"}
    ]


def row_of(operation: str) -> Row:
    """The rule of an operation: its verb, unless it only reads."""
    rule: Rule
    if operation in OF_OTHERS:
        rule = CLOSED
    elif operation.startswith("see."):
        rule = READS.get(operation, SIGNED_IN)
    else:
        rule = OTHERWISE.get(operation) or Verb(operation)
    return Row(rule, None, "root" if operation in ROOT else "scope")


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast with a key for everybody, gathered once and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = gather()
        cast.inside["keys"] = {who: cast.token(who) for who in (*ROLES, "nobody")}
        cast.inside["keys"]["closed"] = cast.inside["closed_key"]
        yield cast
        transaction.set_rollback(True)


def ask(
    cast: Cast, who: str, method: str, path: str, operation: str, where: dict[str, Any]
) -> tuple[int, bytes, int]:
    """What a program of somebody gets, and how many events it made; whatever it changed is taken back."""
    noun = path.split("/")[3]
    arguments = ARGUMENTS | {"code": NOUNS.get(noun, "project"), "key": NOUNS.get(noun, "stage")}
    for name, key in arguments.items():
        path = path.replace(f"{{{name}}}", str(where.get(key, 0)))
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    if who != "anonymous":
        headers["Authorization"] = f"Bearer {cast.inside['keys'][who]}"
    before = Event.objects.count()
    with transaction.atomic():
        response = _send(method, path, operation, headers, where)
        made = Event.objects.count() - before
        transaction.set_rollback(True)
    return response.status_code, response.content, made


def _filled(body: Any, where: dict[str, Any]) -> Any:
    """A body with the keys of rows in the places that name them."""
    if isinstance(body, KeyOf):
        return where.get(body.name, 0)
    if isinstance(body, dict):
        return {name: _filled(part, where) for name, part in body.items()}
    return [_filled(part, where) for part in body] if isinstance(body, list) else body


def _send(method: str, path: str, operation: str, headers: dict[str, str], where: dict[str, Any]) -> Any:
    if operation in {"rows.import", "see.import.check", "ledger.import", "see.ledger.check"}:
        file = SimpleUploadedFile("list.csv", b"name\nOne more\n", "text/csv")
        sent = {"file": file, "portfolio": "NET", "sheet": "projects", "source": "Ledger"}
        return Client().post(path, sent, headers={"Authorization": headers.get("Authorization", "")})
    body = json.dumps(_filled(SENT.get(operation, {}), where))
    return Client().generic(method, path, body, content_type="application/json", headers=headers)


def is_refusal(status: int, body: bytes) -> bool:
    """Refused, or told that what the body names does not exist."""
    return status in REFUSED or (status == 422 and b"There is no" in body)


OPERATIONS = operations()


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[name for *_, name in OPERATIONS])
def test_who_may_call_an_operation(cast: Cast, method: str, path: str, operation: str) -> None:
    may = expected(row_of(operation), "GET")
    for who in asked():
        status, body, made = ask(cast, who, method, path, operation, cast.inside)
        if may(who):
            assert status not in REFUSED | {405, 500}, f"{who} got {status} from {operation}: {body[:200]!r}"
        else:
            assert is_refusal(status, body), f"{who} got {status} from {operation}: {body[:200]!r}"
            assert made == 0, f"{who} was refused by {operation} and yet something happened"
        assert not marks_in(body, who), f"{who} saw {marks_in(body, who)} from {operation}"


OUTSIDE = [
    one
    for one in OPERATIONS
    if any(f"{{{argument}}}" in one[1] for argument in PLACED) and one[1].split("/")[3] not in NOT_PLACED
]


@pytest.mark.parametrize(("method", "path", "operation"), OUTSIDE, ids=[name for *_, name in OUTSIDE])
def test_what_lies_outside_does_not_exist_for_programs(cast: Cast, method: str, path: str, operation: str) -> None:
    for who in STRANGERS_OUTSIDE:
        status, body, made = ask(cast, who, method, path, operation, cast.outside)
        assert status == 404 or is_refusal(status, body), f"{who} got {status} from {operation}: {body[:200]!r}"
        assert made == 0
        assert not marks_in(body, who), f"{who} saw {marks_in(body, who)} from {operation}"
