"""Nobody approves their own project: by no operation, on no page and not through the API."""

import json

import pytest
from django.utils import timezone

from mainstay.authorisation.models import Decision
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.core.errors import Forbidden
from mainstay.core.models import Event, Notice, Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.tokens import issue_token
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.operations.delegations import set_delegation
from mainstay.identification.models import FormEdition, Request, RequestForm
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.parts import add_member
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project
from mainstay.portfolio.operations.setup import set_transition
from tests.authorisation.test_pages import words

TOLD = "Nobody decides on their own cause: Bao Board {} Project B. Amara Diallo, Dora Director and Fay Further can."


@pytest.fixture(autouse=True)
def further(golden):
    """One more who may decide, and one who no longer may."""
    for username, name, is_active in (("fay", "Fay Further", True), ("gone", "Ada Gone", False)):
        person = Person.objects.create(username=username, name=name)
        give_grant(person, actor=MAINSTAY, role=Role.BOARD_MEMBER, path=golden.portfolio.path)
        Person.objects.filter(pk=person.pk).update(is_active=is_active)


def owns(golden, member):
    edit_project(golden.project("B"), actor=MAINSTAY, owner=member)


def manages(golden, member):
    edit_project(golden.project("B"), actor=MAINSTAY, manager=member)


def proposed(golden, member):
    type(golden.project("B")).objects.filter(code="B").update(proposed_by=member)


def sponsors(golden, member):
    add_member(golden.project("B"), actor=MAINSTAY, person=member, role=Role.SPONSOR)


def asked_for(golden, member):
    kind = RequestForm.objects.create(key="idea", name="Idea")
    form = FormEdition.objects.create(form=kind, number=1, definition={}, published_at=timezone.now())
    Request.objects.create(portfolio=golden.portfolio, edition=form, requester=member, project=golden.project("B"))


TIES = [
    (owns, "owns"),
    (manages, "manages"),
    (proposed, "proposed"),
    (sponsors, "sponsors"),
    (asked_for, "asked for"),
]


def authorised():
    return Stage.objects.get(key="authorised")


def assert_nothing_happened(golden):
    assert {golden.project(code).stage.key for code in "ABCDE"} == {"candidate"}
    assert not Decision.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.filter(verb__in=["selection.adopt", "project.authorise"]).exists()


@pytest.mark.parametrize(("tie", "word"), TIES)
def test_a_project_is_not_authorised_by_whom_it_belongs_to(golden, tie, word):
    tie(golden, golden.member)
    with pytest.raises(Forbidden) as refused:
        authorise_project(golden.project("B"), actor=golden.member, target=authorised(), reason="Good")
    assert refused.value.message == TOLD.format(word)
    assert_nothing_happened(golden)


@pytest.mark.parametrize(("tie", "word"), TIES)
def test_a_selection_is_not_adopted_by_whom_one_of_its_projects_belongs_to(golden, tie, word):
    selection = golden.solved()
    tie(golden, golden.member)
    with pytest.raises(Forbidden) as refused:
        adopt_selection(selection, actor=golden.member)
    assert refused.value.message == TOLD.format(word)
    assert_nothing_happened(golden)


def test_the_page_and_the_api_refuse_as_the_operations_do(golden, client):
    selection = golden.solved()
    owns(golden, golden.member)
    client.force_login(golden.member)
    adoption = f"/authorise/selections/{selection.pk}/adoption/"
    said = words(client.get(adoption))
    assert TOLD.format("owns") in said
    refused = client.post(adoption, {"version": selection.version})
    assert (refused.status_code, TOLD.format("owns") in words(refused)) == (403, True)
    assert TOLD.format("owns") in words(client.get("/projects/B/"))
    assert client.post("/projects/B/stage/authorised/", {"reason": "Good"}).status_code == 403
    assert_nothing_happened(golden)


@pytest.mark.parametrize(
    ("path", "body"), [("/projects/B/authorise", {"stage": "authorised"}), ("/selections/{}/adopt", {"note": "Yes"})]
)
def test_the_api_refuses_one_s_own_cause(golden, client, path, body):
    selection = golden.solved()
    owns(golden, golden.member)
    _, secret = issue_token(golden.member, actor=golden.member, name="Test", scopes=["read", "write"])
    row = golden.project("B") if "projects" in path else selection
    answer = client.post(
        f"/api/v1{path.format(selection.pk)}",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "If-Match": f'"{row.version}"'},
    )
    assert (answer.status_code, answer.json()["detail"]) == (403, TOLD.format("owns"))
    assert_nothing_happened(golden)


def test_the_api_says_beforehand_what_stands_in_the_way(golden, client):
    owns(golden, golden.member)
    client.force_login(golden.member)
    ways = {way["stage"]: way for way in client.get("/api/v1/projects/B/transitions").json()["items"]}
    assert ways["authorised"]["obstacles"] == [TOLD.format("owns")]
    assert ways["rejected"]["obstacles"] == []


def test_a_way_that_is_no_decision_is_no_way_round(golden):
    set_transition(None, actor=MAINSTAY, origin=golden.project("B").stage, target=authorised(), action="Slip in")
    owns(golden, golden.manager)
    with pytest.raises(Forbidden, match="Nobody decides on their own cause: Amara Diallo owns Project B"):
        advance_project(golden.project("B"), actor=golden.manager, target=authorised())
    assert_nothing_happened(golden)


def test_one_s_own_project_may_be_given_up(golden):
    owns(golden, golden.member)
    rejected = Stage.objects.get(key="rejected")
    gone = authorise_project(golden.project("B"), actor=golden.member, target=rejected, reason="Not now")
    assert gone.stage == rejected


def test_nobody_authorises_beyond_what_was_delegated_to_them(golden):
    set_delegation(golden.portfolio, actor=MAINSTAY, role=Role.BOARD_MEMBER.value, up_to=85, currency="GBP")
    with pytest.raises(Forbidden, match=r"^Project B costs GBP 90; Bao Board decides up to 85 GBP\.$"):
        authorise_project(golden.project("B"), actor=golden.member, target=authorised(), reason="Good")
    assert_nothing_happened(golden)
    assert authorise_project(
        golden.project("C"), actor=golden.member, target=authorised(), reason="Good"
    ).stage.key == ("authorised")


def test_where_nobody_else_can_the_administrator_is_named(golden):
    for person in (golden.manager, Person.objects.get(username="dora"), Person.objects.get(username="fay")):
        add_member(golden.project("B"), actor=MAINSTAY, person=person, role=Role.SPONSOR)
    owns(golden, golden.member)
    with pytest.raises(Forbidden, match=r"owns Project B\. Nobody else has the right here yet; an administrator"):
        authorise_project(golden.project("B"), actor=golden.member, target=authorised(), reason="Good")
    assert_nothing_happened(golden)
