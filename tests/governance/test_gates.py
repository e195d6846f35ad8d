"""Gate models: what is written is checked, tried, published as editions, and applies to the projects it is for."""

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.system import MAINSTAY
from mainstay.governance.gates.applying import edition_for, gate_between
from mainstay.governance.gates.queries import conditions_in_words, tried_on, unguarded
from mainstay.governance.models import GateEdition, GateModel
from mainstay.governance.operations.gates import create_gate_model, edit_gate_model, publish_gate_model
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project

GATE = {"name": "Ready", "origin": "authorised", "target": "active", "criteria": ["Agreed"], "rules": ["risk <= 60"]}


@pytest.fixture
def model(world):
    """A gate model of Networks that is being prepared."""
    return create_gate_model(world.networks, actor=MAINSTAY, key="works", name="Works", draft={"gates": [GATE]})


def published(place, key, **applies_to):
    made = create_gate_model(place, actor=MAINSTAY, key=key, name=key, draft={"gates": [GATE]}, applies_to=applies_to)
    return publish_gate_model(made, actor=MAINSTAY)


def test_a_rule_written_as_a_line_is_kept_in_its_parts(model):
    (gate,) = GateModel.objects.get().draft["gates"]
    assert gate["rules"] == [{"field": "risk", "test": "<=", "value": "60"}]
    assert [line["text"] for line in gate["criteria"]] == ["Agreed"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rules": ["colour <= 60"]}, "There is no field colour"),
        ({"rules": ["risk about 60"]}, "After risk comes one of <=, >=, =, !="),
        ({"target": "nowhere"}, "leads into no stage"),
        ({"origin": "active"}, "leads from no other stage"),
        ({"name": " "}, "needs a name"),
        ({"fields": ["colour"]}, "There is no field colour"),
        ({"criteria": ["x" * 301]}, "At most 40 lines of 300 characters"),
    ],
)
def test_a_gate_that_cannot_be_asked_is_refused(model, changes, told):
    with pytest.raises(ValidationError, match=told):
        edit_gate_model(model, actor=MAINSTAY, draft={"gates": [GATE | changes]})
    assert GateModel.objects.get().version == 1


def test_two_gates_between_the_same_stages_are_refused(model):
    with pytest.raises(ValidationError, match="Two gates lead from authorised to active"):
        edit_gate_model(model, actor=MAINSTAY, draft={"gates": [GATE, GATE | {"key": "other"}]})
    assert len(GateModel.objects.get().draft["gates"]) == 1


def test_an_edition_replaces_the_one_before_and_both_are_kept(model):
    publish_gate_model(model, actor=MAINSTAY)
    with pytest.raises(Impossible, match="Edition 1 says the same"):
        publish_gate_model(model, actor=MAINSTAY)
    edit_gate_model(model, actor=MAINSTAY, draft={"gates": [GATE | {"name": "Ready at last"}]})
    publish_gate_model(model, actor=MAINSTAY, note="Renamed")
    rows = GateEdition.objects.order_by("number").values_list("number", "is_current", "note")
    assert list(rows) == [(1, False, ""), (2, True, "Renamed")]


def test_a_model_without_gates_is_not_published(world):
    empty = create_gate_model(world.networks, actor=MAINSTAY, key="empty", name="Empty")
    with pytest.raises(ValidationError, match="Write a gate before you publish"):
        publish_gate_model(empty, actor=MAINSTAY)
    assert GateEdition.objects.count() == 0


def test_only_those_with_the_right_change_and_publish(world, model):
    for person in (world.portfolio_manager, world.controller):
        with pytest.raises(Forbidden):
            edit_gate_model(model, actor=person, name="Mine")
        with pytest.raises(Forbidden):
            publish_gate_model(model, actor=person)
    assert (GateModel.objects.get().version, GateEdition.objects.count()) == (1, 0)


def test_an_edit_of_an_old_version_is_refused(world, model):
    edit_gate_model(model, actor=world.director, name="First", expected_version=1)
    with pytest.raises(Stale):
        edit_gate_model(model, actor=world.director, name="Second", expected_version=1)
    assert GateModel.objects.get().name == "First"


def test_the_nearest_and_most_particular_model_applies(world):
    published(world.top, "all")
    assert edition_for(world.pumps).model.key == "all"
    published(world.networks, "networks")
    published(world.networks, "costly", cost_above="1000000")
    assert [edition_for(one).model.key for one in (world.pumps, world.meters, world.depot)] == [
        "costly",
        "networks",
        "all",
    ]


def test_a_model_for_a_theme_leaves_other_themes_alone(world):
    published(world.networks, "digital", theme="digital")
    assert edition_for(world.pumps) is None
    edit_project(world.pumps, actor=MAINSTAY, theme="Digital")
    assert edition_for(Project.objects.get(code="PUMPS")).model.key == "digital"


def test_a_gate_stands_only_between_its_stages(model):
    edition = publish_gate_model(model, actor=MAINSTAY)
    assert gate_between(edition, "authorised", "active")["name"] == "Ready"
    assert (gate_between(edition, "on_hold", "active"), gate_between(edition, "authorised", "closing")) == (
        None,
        None,
    )
    assert gate_between(None, "authorised", "active") is None


def test_a_trial_shows_what_a_project_would_lack(world, model):
    edit_project(world.meters, actor=MAINSTAY, risk=61)
    _, (tried,) = tried_on(model, world.portfolio_manager, "METERS")
    assert [(line.text, line.is_met) for line in tried.lines] == [
        ("Agreed", False),
        ("Risk (0-100) at most 60", False),
    ]
    edit_project(world.meters, actor=MAINSTAY, risk=60)
    _, (tried,) = tried_on(model, world.portfolio_manager, "METERS")
    assert tried.missing == 1


def test_a_gate_that_no_way_asks_for_is_named(model):
    assert unguarded(model.draft["gates"]) == []
    assert unguarded([GATE | {"origin": "candidate", "target": "authorised"}]) == ["Ready"]


def test_the_cost_from_which_a_model_applies_is_told_only_with_the_figures(world):
    edition = published(world.networks, "costly", cost_above="1000000")
    requester = world.stranger
    assert conditions_in_words(edition.model, world.director) == "Projects that cost more than 1000000"
    assert conditions_in_words(edition.model, requester) == "Projects above a cost"


def test_the_pages_write_a_gate_and_keep_what_is_wrong_in_the_form(world, client):
    client.force_login(world.director)
    client.post("/governance/gates/new/", {"portfolio": "NET", "key": "small", "name": "Small", "is_active": "on"})
    typed = {"name": "Ready", "target": "active", "origin": "", "rules": "risk about 60", "version": "1"}
    answer = client.post("/governance/gates/small/new/", typed)
    assert (answer.status_code, GateModel.objects.get().draft) == (422, {"gates": []})
    assert b"After risk comes one of" in answer.content
    assert b"risk about 60" in answer.content
    answer = client.post("/governance/gates/small/new/", typed | {"rules": "risk <= 60"})
    assert (answer.status_code, len(GateModel.objects.get().draft["gates"])) == (302, 1)
    client.post("/governance/gates/small/active/", {"remove": "1", "version": "2"})
    assert GateModel.objects.get().draft == {"gates": []}
