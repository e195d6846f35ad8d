"""Projects are proposed, edited and moved by those who may; who saves second loses nothing."""

import re
from decimal import Decimal

import pytest

from mainstay.core.models import Event, Grant
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import deactivate_person
from mainstay.core.roles import VERBS_OF, Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field
from tests.portfolio.views.test_project import edit_form

EDIT = "/projects/PUMPS/edit/"


@pytest.fixture
def jonas(world, client):
    client.force_login(world.project_manager)
    return client


def pumps():
    return Project.objects.get(code="PUMPS")


def test_an_edit_saves_what_was_changed_and_offers_to_undo_it(world, jonas):
    answer = jonas.post(EDIT, edit_form(jonas, "PUMPS") | {"name": "New pumps", "cost": "1300000", "owner": ""})
    assert answer["Location"] == "/projects/PUMPS/"
    assert (pumps().name, pumps().cost, pumps().version) == ("New pumps", Decimal("1300000.00"), 2)
    event = Event.objects.first()
    assert set(event.changes[0]["fields"]) == {"cost", "name"}
    action = re.search(r'action="(/changes/\d+/undo/)"', jonas.get("/projects/PUMPS/").content.decode())[1]
    jonas.post(action)
    assert (pumps().name, pumps().cost) == ("Replace the pumps", Decimal("1200000.00"))


def test_custom_fields_are_edited_by_kind(world, jonas):
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="choice", options=["North", "South"])
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    create_field(None, actor=MAINSTAY, key="sponsor", label="Sponsor", kind="user")
    create_field(None, actor=MAINSTAY, key="legal", label="Legal", kind="yes_no")
    sent = {"custom_region": "South", "custom_votes": "1,200", "custom_sponsor": "grace", "custom_legal": "no"}
    assert jonas.post(EDIT, edit_form(jonas, "PUMPS") | sent).status_code == 302
    assert pumps().custom == {"region": "South", "votes": "1200", "sponsor": "grace", "legal": False}
    jonas.post(EDIT, edit_form(jonas, "PUMPS") | {"custom_region": ""})
    assert pumps().custom == {"votes": "1200", "sponsor": "grace", "legal": False}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"code": "METERS"}, "already exists"),
        ({"cost": "-5"}, "A cost is not negative."),
        ({"cost": "much"}, "Enter a number."),
        ({"risk": "101"}, "less than or equal to 100"),
        ({"start_date": "2027-05-01", "end_date": "2027-04-01"}, "The end lies before the start."),
        ({"custom_votes": "many"}, "This takes a number."),
        ({"owner": "999999"}, "valid choice"),
    ],
)
def test_a_wrong_input_is_answered_beside_its_field_and_nothing_is_saved(world, jonas, sent, words):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    before, events = Project.objects.filter(code="PUMPS").values().get(), Event.objects.count()
    answer = jonas.post(EDIT, edit_form(jonas, "PUMPS") | {"theme": "Typed and kept"} | sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert 'value="Typed and kept"' in text
    assert Project.objects.filter(code="PUMPS").values().get() == before
    assert Event.objects.count() == events


def test_who_saves_second_sees_both_versions_and_what_was_typed(world, jonas):
    sent = edit_form(jonas, "PUMPS")
    edit_project(world.pumps, actor=world.portfolio_manager, name="Pumps, phase 1", theme="Safety")
    events = Event.objects.count()
    answer = jonas.post(EDIT, sent | {"name": "New pumps", "risk": "45"})
    assert answer.status_code == 409
    assert (pumps().name, pumps().theme, pumps().risk) == ("Pumps, phase 1", "Safety", 30)
    assert Event.objects.count() == events
    clashes = {clash.label: clash for clash in answer.context["conflict"].clashes}
    assert set(clashes) == {"Name", "Theme"}
    name = clashes["Name"]
    assert (name.before, name.after, name.yours) == ("Replace the pumps", "Pumps, phase 1", "New pumps")
    assert (name.who, name.is_mine_too, clashes["Theme"].is_mine_too) == ("Amara Diallo", True, False)
    form = answer.context["conflict"].form
    assert (form["name"].value(), form["theme"].value(), form["risk"].value()) == ("New pumps", "Safety", "45")
    assert 'name="version" value="2"' in answer.content.decode()


@pytest.mark.parametrize(("choice", "name"), [("mine", "New pumps"), ("theirs", "Pumps, phase 1")])
def test_the_choice_is_saved_against_the_new_version(world, jonas, choice, name):
    sent = edit_form(jonas, "PUMPS")
    edit_project(world.pumps, actor=world.portfolio_manager, name="Pumps, phase 1", theme="Safety")
    refused = jonas.post(EDIT, sent | {"name": "New pumps", "risk": "45"})
    form = refused.context["conflict"].form
    again = {field: form[field].value() or "" for field in form.fields} | {"version": 2, "keep_name": choice}
    assert jonas.post(EDIT, again).status_code == 302
    assert (pumps().name, pumps().theme, pumps().risk, pumps().version) == (name, "Safety", 45, 3)


def test_a_conflict_speaks_of_people_and_custom_fields_in_words(world, jonas):
    create_field(None, actor=MAINSTAY, key="legal", label="Legal duty", kind="yes_no")
    sent = edit_form(jonas, "PUMPS")
    edit_project(world.pumps, actor=world.portfolio_manager, owner=world.sponsor, custom={"legal": True})
    mei = str(world.controller.pk)
    answer = jonas.post(EDIT, sent | {"owner": mei, "custom_legal": "no"})
    clashes = [(c.label, c.before, c.after, c.yours) for c in answer.context["conflict"].clashes]
    assert clashes == [
        ("Legal duty", "", "Yes", "No"),
        ("Owner", "", "Grace Okafor", "Mei Tanaka"),
    ]


def test_somebody_who_may_edit_but_not_see_figures_gets_none_of_them(world, client, monkeypatch):
    monkeypatch.setitem(VERBS_OF, Role.EVALUATOR, frozenset({Verb.SEE_REGISTER, Verb.PROJECT_EDIT}))
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    client.force_login(world.stranger)
    sent = edit_form(client, "PUMPS")
    assert not {"cost", "benefit"} & sent.keys()
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(7654321), theme="Safety")
    answer = client.post(EDIT, sent | {"theme": "Customers", "cost": "1"})
    assert answer.status_code == 409
    assert [clash.label for clash in answer.context["conflict"].clashes] == ["Theme"]
    assert "7654321" not in answer.content.decode()
    assert client.post(EDIT, sent | {"version": 2, "theme": "Customers", "cost": "1"}).status_code == 302
    assert (pumps().theme, pumps().cost) == ("Customers", Decimal("7654321.00"))


def test_a_programme_out_of_sight_stays_as_it_is(world, jonas):
    assert "programme" not in edit_form(jonas, "PUMPS")
    jonas.post(EDIT, edit_form(jonas, "PUMPS") | {"name": "New pumps"})
    assert (pumps().name, pumps().programme) == ("New pumps", world.programme)


def test_an_owner_who_left_does_not_stand_in_the_way(world, jonas):
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor)
    deactivate_person(world.sponsor, actor=MAINSTAY)
    jonas.post(EDIT, edit_form(jonas, "PUMPS") | {"name": "New pumps"})
    assert (pumps().name, pumps().owner) == ("New pumps", world.sponsor)


def test_a_proposal_needs_only_a_name(world, client):
    client.force_login(world.sponsor)
    assert b"First choose the portfolio" in client.get("/projects/new/").content
    answer = client.post("/projects/new/?portfolio=NET", {"name": "Leak detection", "currency": "GBP"})
    assert answer["Location"] == "/projects/PRJ-0001/"
    made = Project.objects.get(code="PRJ-0001")
    assert (made.name, made.stage.key, made.proposed_by, made.portfolio) == (
        "Leak detection",
        "proposed",
        world.sponsor,
        world.networks,
    )


def test_a_requester_proposes_with_figures_and_sees_what_they_proposed(world, client):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.REQUESTER, path=world.networks.path)
    client.force_login(world.stranger)
    sent = {"name": "Leak detection", "currency": "GBP", "cost": "250000", "code": "LEAKS"}
    client.post("/projects/new/?portfolio=NET", sent)
    assert Project.objects.get(code="LEAKS").cost == Decimal("250000.00")
    assert b"GBP 250,000" in client.get("/projects/LEAKS/").content
    assert Grant.objects.filter(person=world.stranger, role=Role.PROPOSER).count() == 1
    assert client.get("/projects/PUMPS/").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"name": " "}, {"name": "x", "code": "PUMPS"}, {"name": "x", "code": "a b"}])
def test_a_wrong_proposal_is_refused(world, client, sent):
    client.force_login(world.sponsor)
    count = Project.objects.count()
    answer = client.post("/projects/new/?portfolio=NET", {"currency": "GBP"} | sent)
    assert answer.status_code == 422
    assert Project.objects.count() == count


def test_nobody_proposes_where_they_may_not(world, client):
    client.force_login(world.stranger)
    assert client.get("/projects/new/").status_code == 403
    client.force_login(world.project_manager)
    assert client.post("/projects/new/?portfolio=NM", {"name": "x", "currency": "GBP"}).status_code == 403
    assert Project.objects.count() == 4


def test_a_project_is_moved_with_its_place(world, client):
    client.force_login(world.administrator)
    answer = client.post("/projects/PUMPS/place/", {"portfolio": "NM", "programme": ""})
    assert answer["Location"] == "/projects/PUMPS/"
    assert (pumps().portfolio, pumps().programme) == (world.top, None)
    assert pumps().path == f"{world.top.path}{pumps().key}/"


def test_a_project_is_not_moved_to_where_the_mover_has_no_right(world, client):
    client.force_login(world.portfolio_manager)
    answer = client.post("/projects/PUMPS/place/", {"portfolio": "NM", "programme": ""})
    assert answer.status_code == 422
    assert pumps().portfolio == world.networks
