"""What may not be seen does not exist: in no row, list, count, sum, feed or refusal."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Dependency, Milestone
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone
from mainstay.portfolio.operations.projects import edit_project, edit_projects, propose_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.operations.tree import create_programme
from tests.api.conftest import program_of


def names_in(answer):
    return {row["code"] for row in answer.data["items"]}


def test_everybody_sees_their_own_part(grace, amara, jonas, tom, ada):
    assert names_in(grace.get("/projects")) == {"PUMPS", "METERS", "DEPOT"}
    assert names_in(amara.get("/projects")) == {"PUMPS", "METERS"}
    assert names_in(jonas.get("/projects")) == {"PUMPS"}
    assert names_in(tom.get("/projects")) == set()


@pytest.fixture
def traces(world):
    """Something of every kind that belongs to the confidential project, beside open things."""
    heron = world.heron
    milestone = add_milestone(heron, actor=MAINSTAY, name="Heron lands", due_date=timezone.localdate())
    dependency = add_dependency(world.pumps, actor=MAINSTAY, needs=heron)
    member = add_member(heron, actor=MAINSTAY, person=world.administrator, role="sponsor")
    programme = create_programme(world.secret, actor=MAINSTAY, name="Heron flock", code="FLOCK")
    edit_project(heron, actor=MAINSTAY, description="Heron nests", reason="Heron told us")
    return {"milestone": milestone, "dependency": dependency, "member": member, "programme": programme}


LISTS = (
    "/projects", "/portfolios", "/programmes", "/milestones", "/dependencies", "/members", "/events?limit=500",
    "/grants", "/people", "/views", "/mappings", "/notices", "/runs", "/models", "/scores", "/selections",
    "/decisions", "/projects?q=heron", "/events?q=heron", "/projects?portfolio=NM&count=true",
    "/portfolios/NM/figures",
    "/portfolios/NET/figures", "/projects/PUMPS/transitions", "/projects/PUMPS/history", "/currencies", "/me",
    "/search?q=heron&limit=50", "/search?q=e&limit=50", "/search",
)  # fmt: skip


@pytest.mark.parametrize("who", ["grace", "amara", "jonas", "mei", "tom"])
def test_no_list_names_what_is_confidential(traces, world, who):
    program, marks = program_of(world.person(who)), ("heron", "9999999", world.heron.path)
    bodies = {path: program.get(path).content.decode().lower() for path in LISTS}
    assert [(path, mark) for path, body in bodies.items() for mark in marks if mark in body] == []


def test_a_count_counts_only_what_is_seen(traces, grace, ada):
    assert grace.get("/projects?count=true").data["count"] == 3
    assert grace.get("/portfolios/NM/figures").data["projects"] == 3
    assert grace.get("/dependencies").data["items"] == []


def test_every_address_of_what_is_hidden_answers_as_if_it_were_not(traces, amara, world):
    milestone, dependency, member = (traces[name].pk for name in ("milestone", "dependency", "member"))
    addresses = [
        ("GET", "/projects/HERON", None), ("GET", "/projects/HERON/history", None),
        ("GET", "/projects/HERON/transitions", None), ("PATCH", "/projects/HERON", {"risk": 1}),
        ("POST", "/projects/HERON/move", {"portfolio": "NET"}),
        ("POST", "/projects/HERON/advance", {"stage": "active"}),
        ("POST", "/projects/HERON/authorise", {"stage": "rejected"}), ("GET", "/portfolios/UND", None),
        ("GET", "/portfolios/UND/figures", None), ("PATCH", "/portfolios/UND", {"name": "Mine"}),
        ("POST", "/portfolios/UND/move", {"parent": "NET"}), ("GET", "/programmes/FLOCK", None),
        ("PATCH", "/programmes/FLOCK", {"name": "Mine"}), ("GET", f"/milestones/{milestone}", None),
        ("PATCH", f"/milestones/{milestone}", {"name": "Mine"}), ("DELETE", f"/milestones/{milestone}", None),
        ("DELETE", f"/dependencies/{dependency}", None), ("DELETE", f"/members/{member}", None),
        ("POST", "/projects/HERON/milestones", {"name": "x", "due_date": "2026-01-01"}),
        ("POST", "/projects/HERON/dependencies", {"needs": "PUMPS"}),
        ("POST", "/projects/HERON/members", {"person": "amara", "role": "sponsor"}),
    ]  # fmt: skip
    for method, path, body in addresses:
        headers = {"If_Match": "*"} if method == "PATCH" else {}
        answer = amara.call(method, path, body, **headers)
        assert (answer.status_code, method, path) == (404, method, path)
        assert answer.data["detail"] == "There is nothing here, or it is not open to you."
    assert Milestone.objects.filter(pk=milestone, name="Heron lands").exists()
    assert Dependency.objects.filter(pk=dependency).exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/projects", {"portfolio": "UND", "name": "Mine"}),
        ("/projects/PUMPS/dependencies", {"needs": "HERON"}),
        ("/projects/PUMPS/move", {"portfolio": "UND"}),
        ("/portfolios", {"name": "Mine", "parent": "UND"}),
    ],
)
def test_what_is_hidden_cannot_be_named_in_a_body(amara, path, body):
    hidden = amara.post(path, body)
    unknown = amara.post(path, {k: "NONE" if v in {"UND", "HERON"} else v for k, v in body.items()})
    assert (hidden.status_code, unknown.status_code) == (422, 422)
    assert hidden.content.decode().replace("UND", "NONE").replace("HERON", "NONE") == unknown.content.decode()


def test_a_parent_that_is_not_open_is_not_named(jonas, amara):
    assert jonas.get("/projects/PUMPS").data["portfolio"] is None
    assert jonas.get("/projects/PUMPS").data["programme"] is None
    assert amara.get("/portfolios/NET").data["parent"] is None
    assert "Networks" not in jonas.get("/projects/PUMPS/history").content.decode()


@pytest.fixture
def evaluator(world):
    """A program of somebody who sees the projects of Networks and no figure."""
    create_field(None, actor=MAINSTAY, key="saving", label="Saving", kind="money", is_confidential=True)
    edit_project(world.pumps, actor=MAINSTAY, custom={"saving": "77777"}, cost=Decimal("1234321.00"))
    person = world.stranger
    give_grant(person, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    return program_of(person)


FIGURES = ("1234321", "1200000", "77777", "2000000")


@pytest.mark.parametrize(
    "path",
    ["/projects", "/projects/PUMPS", "/projects/PUMPS/history", "/events?limit=500", "/portfolios/NET/figures",
     "/projects?sort=-cost", "/projects?fields=cost,custom"],
)  # fmt: skip
def test_a_hidden_figure_is_in_no_answer(evaluator, path):
    answer = evaluator.get(path)
    assert answer.status_code == 200
    assert [figure for figure in FIGURES if figure in answer.content.decode()] == []


def test_a_row_says_which_figures_are_hidden(evaluator, amara):
    row = evaluator.get("/projects/PUMPS").data
    assert (row["cost"], row["benefit"], row["custom"]) == (None, None, {})
    assert row["hidden"] == ["cost", "benefit", "custom.saving"]
    open_row = amara.get("/projects/PUMPS").data
    assert (open_row["cost"], open_row["custom"], open_row["hidden"]) == ("1234321.00", {"saving": "77777"}, [])


@pytest.mark.parametrize("query", ["cost_gte=1", "custom.saving_gte=1", "cost_given=true", "cost=1234321"])
def test_a_hidden_figure_cannot_be_guessed_by_filters(evaluator, query):
    assert evaluator.get(f"/projects?{query}").data["items"] == []


def test_sorting_by_a_hidden_figure_tells_nothing(evaluator):
    rows = evaluator.get("/projects?sort=-cost").data["items"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


def test_a_hidden_figure_cannot_be_written(world):
    person = Person.objects.get(username="tom")
    give_grant(person, actor=MAINSTAY, role=Role.PROGRAMME_MANAGER, path=world.networks.path)
    assert program_of(person).patch("/projects/PUMPS", {"cost": "1.00"}, version=1).status_code == 200
    person.grants.all().delete()
    give_grant(person, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    assert program_of(person).patch("/projects/PUMPS", {"cost": "2.00"}, version=2).status_code == 403


def test_an_event_over_many_rows_tells_only_those_that_are_seen(world, jonas, amara):
    edit_projects([world.pumps, world.meters, world.depot], actor=MAINSTAY, theme="Growth")
    of_jonas = jonas.get("/events?limit=1").data["items"][0]
    assert [change["label"] for change in of_jonas["changes"]] == ["Replace the pumps"]
    assert of_jonas["count"] == 1
    of_amara = amara.get("/events?limit=1").data["items"][0]
    assert ([change["label"] for change in of_amara["changes"]], of_amara["count"]) == (
        ["Replace the pumps", "Smart meters"],
        2,
    )


def test_e_mail_addresses_are_for_those_who_manage_access(world, grace, ada):
    from mainstay.core.operations.people import edit_person

    edit_person(world.person("jonas"), actor=MAINSTAY, email="jonas@northmoor.example")
    assert grace.get("/people/jonas").data["email"] is None
    assert "northmoor.example" not in grace.get("/people").content.decode()
    assert ada.get("/people/jonas").data["email"] == "jonas@northmoor.example"
    assert program_of(world.person("jonas")).get("/people/jonas").data["email"] == "jonas@northmoor.example"


def test_a_stranger_knows_nobody_but_themselves(tom):
    assert [row["username"] for row in tom.get("/people").data["items"]] == ["tom"]
    assert tom.get("/people/grace").status_code == 404
    assert tom.get("/fields").data["items"] == tom.get("/stages").data["items"] == []


def test_what_was_known_on_a_date_is_told_as_it_was(world, amara):
    yesterday = timezone.now() - timedelta(days=1)
    with acting(at=yesterday - timedelta(days=2)):
        project = propose_project(world.networks, actor=MAINSTAY, name="Old name", code="OLD", cost=Decimal(10))
    edit_project(project, actor=MAINSTAY, name="New name", cost=Decimal(99))
    day = timezone.localdate(yesterday).isoformat()
    assert [(row["name"], row["cost"]) for row in amara.get(f"/projects?as_of={day}").data["items"]] == [
        ("Old name", "10.00")
    ]
    assert amara.get(f"/projects/OLD?as_of={day}").data["name"] == "Old name"
    assert amara.get("/projects/OLD").data["name"] == "New name"
    assert amara.get(f"/projects?as_of={day}&cost_gte=50").data["items"] == []
    assert amara.get(f"/projects?as_of={day}&limit=1&sort=-cost").data["next"] is None
    assert amara.get(f"/projects/PUMPS?as_of={day}").status_code == 404
    assert amara.get("/projects?as_of=2199-01-01").status_code == 400


def test_nothing_is_changed_on_a_past_date(amara, world):
    answer = amara.patch("/projects/PUMPS?as_of=2026-01-01", {"risk": 1}, version=1)
    assert answer.status_code == 400
    world.pumps.refresh_from_db()
    assert world.pumps.risk == 30
