"""The description is the truth: it has every operation once, and what it shows as an example works."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from jsonschema import Draft202012Validator

from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.solving import solve_now
from mainstay.cli import openapi
from mainstay.config.api import api
from mainstay.core import operation
from mainstay.core.api.page import document
from mainstay.core.api.types import Sent, Told
from mainstay.core.models import Event, Notice, Run, RunState
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.keeping import save_mapping, save_view
from mainstay.core.operations.tokens import issue_token
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.value.operations import add_currency
from tests.api.conftest import ROOT, program_of
from tests.api.test_fuzzing import CHECKS
from tests.api.test_fuzzing import api as described
from tests.world import PASSWORD

DOCUMENT = document(api)
OPERATIONS = {
    described["operationId"]: (method.upper(), path, described)
    for path, methods in DOCUMENT["paths"].items()
    for method, described in methods.items()
}


def test_every_verb_is_one_endpoint_and_every_other_endpoint_reads():
    verbs = {verb.value for verb in operation.registered()}
    assert {name for name in OPERATIONS if not name.startswith("see.")} == verbs
    assert verbs == {verb.value for verb in Verb if not verb.reads}
    assert sum(len(methods) for methods in DOCUMENT["paths"].values()) == len(OPERATIONS)


def test_what_reads_is_a_get_unless_it_works_something_out():
    others = {name for name, (method, *_) in OPERATIONS.items() if name.startswith("see.") and method != "GET"}
    assert others == {
        "see.plan.solution", "see.import.check", "see.request.alike", "see.bookings.effect", "see.ledger.check",
        "see.alertrule.preview", "see.release",
    }  # fmt: skip


def test_the_committed_description_is_current(checkout):
    committed = (checkout / "docs" / "api" / "openapi.json").read_text()
    assert committed == openapi.text(), "run `mainstay openapi --output docs/api/openapi.json`"


def test_the_running_application_gives_the_same_description(client):
    assert client.get("/api/openapi.json").json() == json.loads(openapi.text())
    assert DOCUMENT["openapi"] == "3.1.0"


def test_every_endpoint_every_parameter_and_every_answer_is_explained():
    silent = [
        (name, what.get("name", ""))
        for name, (_, _, described) in OPERATIONS.items()
        for what in (described, *described["parameters"])
        if not what.get("description")
    ]
    assert silent == []
    shared = DOCUMENT["components"]["responses"]
    assert [
        name for name, answer in shared.items() if not answer["content"]["application/problem+json"]["example"]
    ] == []


def test_every_edit_of_a_row_with_a_version_needs_that_version():
    patches = {name for name, (method, *_) in OPERATIONS.items() if method == "PATCH"}
    required = {
        name
        for name, (_, _, described) in OPERATIONS.items()
        for one in described["parameters"]
        if one["name"] == "If-Match" and one["required"]
    }
    assert patches - required == {"projects.edit"}


@pytest.fixture
def ids(world) -> dict[str, Any]:
    """The world of the examples: something of every kind, by the name its place has in addresses."""
    give_grant(world.administrator, actor=MAINSTAY, role="pmo_director")
    ada, edition = world.administrator, [Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(100))]
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="text")
    add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
    for project in (world.meters, world.depot):
        candidate = project.stage.__class__.objects.get(key="candidate")
        advance_project(project, actor=MAINSTAY, target=candidate)
    edit_project(world.pumps, actor=ada, risk=31)
    model = create_model(world.networks, actor=MAINSTAY, name="Risk", criteria=edition)
    score_projects(model, actor=MAINSTAY)
    made = {
        "milestone_id": add_milestone(world.pumps, actor=ada, name="Design", due_date=date(2026, 5, 1)).pk,
        "dependency_id": add_dependency(world.meters, actor=ada, needs=world.depot).pk,
        "member_id": add_member(world.meters, actor=ada, person=world.portfolio_manager, role="sponsor").pk,
        "grant_id": give_grant(world.stranger, actor=ada, role="auditor").pk,
        "token_id": issue_token(ada, actor=ada, name="Old", scopes=["read"])[0].pk,
        "view_id": save_view(None, actor=ada, page="projects", name="Mine", query="").pk,
        "mapping_id": save_mapping(None, actor=ada, sheet="projects", name="Mine", columns={}).pk,
        "notice_id": Notice.objects.create(person=ada, text="Hello").pk,
        "event_id": Event.objects.filter(verb=Verb.PROJECT_EDIT).first().pk,
        "model_id": model.pk,
    }
    return made | _decided(world, ada) | {"run_id": _run(ada, RunState.QUEUED), "failed": _run(ada, RunState.FAILED)}


def _run(person, state) -> int:
    return Run.objects.create(kind="nothing", title="Nothing", person=person, state=state).pk


def _decided(world, ada) -> dict[str, int]:
    terms = {"maximise": "benefit", "budget": 900_000, "stages": ["candidate"]}
    decided = prepare_selection(world.networks, actor=ada, name="Decided", **terms)
    decision = adopt_selection(solve_now(decided, actor=ada, seconds=5), actor=ada)
    waiting = prepare_selection(world.top, actor=ada, name="Waiting", **terms)
    return {"decision_id": decision.pk, "selection_id": solve_now(waiting, actor=ada, seconds=5).pk}


BY_FORM = {"rows.import", "see.import.check", "ledger.import", "see.ledger.check"}
BY_SESSION = {"password.set"}
# What is tried out with its example; the other rooms' tests send theirs to rows of their own.
TRIED = {
    "currencies", "decisions", "dependencies", "events", "fields", "grants", "mappings", "me", "members",
    "milestones", "notices", "people", "plans", "portfolios", "programmes", "projects", "rates", "runs", "search",
    "selections", "sheets", "stages", "tokens", "transitions", "views", "years",
}  # fmt: skip
OF_OTHER_ROOMS = {
    "strategy", "case", "rank", "demand", "staffing", "uncertainty", "frontier", "robustness", "commitments", "gates",
    "undoing", "move-effect", "money", "ledger", "closed-months", "alert-evaluation", "exit-terms", "release", "stop",
    "pause", "resumption", "progress", "earned-value",
    "closure", "completion", "post-review", "changes", "reports",
}  # fmt: skip


def _tried(path: str) -> bool:
    parts = path.split("/")
    return parts[3] in TRIED and not OF_OTHER_ROOMS & set(parts)


def test_no_two_bodies_of_the_api_have_the_same_name():
    """Of two with one name the description would tell only one."""
    named: dict[str, set[str]] = {}
    waiting = [Told, Sent]
    while waiting:
        body = waiting.pop()
        waiting += body.__subclasses__()
        named.setdefault(body.__name__, set()).add(body.__module__)
    assert {name: rooms for name, rooms in named.items() if len(rooms) > 1} == {}


def test_every_example_fits_the_schema_it_stands_beside():
    misfits = {}
    for name, (_, _, told) in OPERATIONS.items():
        for kind, content in told.get("requestBody", {}).get("content", {}).items():
            if kind != "application/json" or "example" not in content:
                continue
            schema = content["schema"] | {"components": DOCUMENT["components"]}
            errors = [error.message for error in Draft202012Validator(schema).iter_errors(content["example"])]
            if errors:
                misfits[name] = errors[:2]
    assert misfits == {}


@pytest.mark.usefixtures("held_open")
def test_every_example_works(ids, world):
    secret = program_of(world.administrator).secret
    failed = {}
    for name, (method, path, told) in OPERATIONS.items():
        if name in BY_FORM | BY_SESSION or not _tried(path):
            continue
        case = _case(described[path][method], told, ids, secret)
        with transaction.atomic():
            answer = case.call()
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)
        if not 200 <= answer.status_code < 300:
            failed[name] = (answer.status_code, answer.text[:200])
    assert failed == {}


def _case(endpoint: Any, told: dict[str, Any], ids: dict[str, Any], secret: str) -> Any:
    named = {one["name"]: one for one in told["parameters"]}
    places = {name: ids.get(name) or _example(one) for name, one in named.items() if one["in"] == "path"}
    if told["operationId"] == "run.retry":
        places["run_id"] = ids["failed"]
    headers = {"Authorization": f"Bearer {secret}"} | ({"If-Match": "*"} if "If-Match" in named else {})
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", {})
    if told["operationId"] == "run.start":
        body = {**body, "parameters": {"selection": ids["selection_id"]}}
    sent = {"body": body, "media_type": "application/json"} if "requestBody" in told else {}
    return endpoint.Case(path_parameters=places, headers=headers, **sent)


def _example(parameter: dict[str, Any]) -> Any:
    return parameter["examples"]["example"]["value"]


def test_the_example_of_a_new_password_works(world):
    client = Client()
    client.force_login(world.administrator)
    example = OPERATIONS["password.set"][2]["requestBody"]["content"]["application/json"]["example"]
    assert example["current"] == PASSWORD
    assert client.put(f"{ROOT}/me/password", example, "application/json").status_code == 204


def test_a_file_is_checked_and_imported(world):
    client, secret = Client(), program_of(world.administrator).secret
    headers = {"Authorization": f"Bearer {secret}"}

    def send(path: str, text: str) -> Any:
        form = {"sheet": "projects", "portfolio": "NET", "file": SimpleUploadedFile("list.csv", text.encode())}
        return client.post(ROOT + path, form, headers=headers)

    text = "Key,Name,Whole-life cost\nK1,Valves,1000\nK2,Pipes,2000\n"
    text = text.replace("Key,", "Key in the source,")
    counts = {"rows": 2, "new": 2, "changed": 0, "unchanged": 0, "error_count": 0}
    checked = send("/imports/check", text).json()
    assert ({name: checked[name] for name in counts}, checked["committed"]) == (counts, False)
    assert world.networks.projects.count() == 2
    assert send("/imports", text).json()["committed"] is True
    assert world.networks.projects.count() == 4
    assert send("/imports", text).json()["unchanged"] == 2
    broken = send("/imports", text.replace("1000", "a lot"))
    assert (broken.status_code, broken["Content-Type"]) == (422, "application/problem+json")
    assert world.networks.projects.count() == 4


def test_the_page_for_people_shows_every_operation(client, db):
    page = client.get("/api/docs")
    assert page.status_code == 200
    shown = set(re.findall(r'<details[^>]* id="([^"]+)"', page.content.decode()))
    assert shown == set(OPERATIONS)
    assert "<style" not in page.content.decode()
