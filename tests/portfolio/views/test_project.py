"""The page of a project says what the register knows, as far as its reader may know it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.operations.setup import create_field


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def facts(text):
    """What each fact says, by its label."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text, re.DOTALL)
    return {label: " ".join(re.sub(r"<[^>]+>", "", words).replace("\xa0", " ").split()) for label, words in found}


@pytest.fixture
def grace(world, client):
    client.force_login(world.sponsor)
    return client


@pytest.fixture
def jonas(world, client):
    client.force_login(world.project_manager)
    return client


def test_facts_are_told_with_their_units(world, grace):
    edit_project(
        world.pumps,
        actor=MAINSTAY,
        owner=world.sponsor,
        start_date=date(2026, 4, 1),
        end_date=date(2027, 3, 31),
        cost=Decimal("1200000.50"),
        confidence="amber_red",
    )
    assert facts(page(grace, "/projects/PUMPS/")) == {
        "Owner": "Grace Okafor",
        "Project manager": "–",
        "Proposed by": "–",
        "Theme": "Resilience",
        "Whole-life cost": "GBP 1,200,000.50",
        "Whole-life benefit": "GBP 2,000,000",
        "Start": "1 Apr 2026",
        "End": "31 Mar 2027",
        "Risk": "30 of 100",
        "Delivery confidence": "Amber/red",
        "In this stage since": f"{timezone.localdate():%-d %b %Y}",
        "Key in the source": "–",
    }


def test_a_text_given_instead_of_a_value_can_be_read_where_the_value_would_stand(world, grace):
    text = "Exempt under Section 43 of the Freedom of Information Act."
    Project.objects.filter(code="PUMPS").update(cost=None, given_text={"cost": text, "end_date": "To be agreed"})
    shown = facts(page(grace, "/projects/PUMPS/"))
    assert shown["Whole-life cost"] == f"Text given instead {text}"
    assert shown["End"] == "Text given instead To be agreed"


def test_custom_fields_are_shown_by_their_kind(world, grace):
    for key, kind, unit in (
        ("votes", "number", "votes"),
        ("levy", "money", ""),
        ("due", "date", ""),
        ("legal", "yes_no", ""),
        ("story", "long_text", ""),
        ("unused", "text", ""),
    ):
        create_field(None, actor=MAINSTAY, key=key, label=key.title(), kind=kind, unit=unit)
    custom = {"votes": "12345", "levy": "99.5", "due": "2027-01-31", "legal": False, "story": "One.\n\nTwo."}
    edit_project(world.pumps, actor=MAINSTAY, custom=custom)
    shown = facts(page(grace, "/projects/PUMPS/"))
    assert {key: shown.get(key) for key in ("Votes", "Levy", "Due", "Legal", "Story", "Unused")} == {
        "Votes": "12,345 votes",
        "Levy": "GBP 99.5",
        "Due": "31 Jan 2027",
        "Legal": "No",
        "Story": "One. Two.",
        "Unused": None,
    }


def test_hidden_figures_stand_nowhere_not_even_in_the_history(world, client):
    create_field(None, actor=MAINSTAY, key="offer", label="Offer", kind="money", is_confidential=True)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("1234567.89"), custom={"offer": "7654321"})
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("2345678"), theme="Safety")
    Project.objects.filter(code="PUMPS").update(benefit=None, given_text={"benefit": "About nine million"})
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    client.force_login(world.stranger)
    text = page(client, "/projects/PUMPS/") + page(client, "/projects/PUMPS/history/")
    for figure in (
        "1234567",
        "1,234,567",
        "2345678",
        "2,345,678",
        "7654321",
        "7,654,321",
        "nine million",
        "1,200,000",
    ):
        assert figure not in text
    shown = facts(page(client, "/projects/PUMPS/"))
    assert (shown["Whole-life cost"], shown["Whole-life benefit"], shown["Offer"]) == ("Confidential",) * 3
    assert "Safety" in page(client, "/projects/PUMPS/history/")
    client.force_login(world.sponsor)
    assert "1,234,567.89" in page(client, "/projects/PUMPS/history/")


def test_the_history_says_who_changed_what_when_and_why(world, jonas):
    jonas.post("/projects/PUMPS/edit/", edit_form(jonas, "PUMPS") | {"theme": "Safety", "reason": "New strategy"})
    text = page(jonas, "/projects/PUMPS/history/")
    newest = re.search(r'aria-labelledby="version-2">(.*?)</section>', text, re.DOTALL)[1]
    words = " ".join(re.sub(r"<[^>]+>", " ", newest).split())
    assert re.fullmatch(
        r"Edit project by Jonas Weber, \d+ \w+ \d{4} \d\d:\d\d, Page Reason: New strategy "
        r"Field Before After Theme Resilience Safety",
        words,
    )


def edit_form(client, code):
    """What the edit form sends when nothing is changed."""
    form = client.get(f"/projects/{code}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    project = Project.objects.get(code=code)
    return {name: "" if value is None else value for name, value in sent.items()} | {"version": project.version}


def test_a_history_names_no_place_out_of_sight(world, client):
    Project.objects.filter(code="PUMPS").update(portfolio=world.secret, programme=None)
    edit_project(Project.objects.get(code="PUMPS"), actor=MAINSTAY, theme="Safety")
    client.force_login(world.sponsor)
    text = page(client, "/projects/PUMPS/history/")
    assert "Undisclosed" not in text
    assert "not open to you" in text


def test_dependencies_show_both_ways_and_only_what_is_in_sight(world, grace):
    edit_project(world.meters, actor=MAINSTAY, start_date=date(2026, 12, 1))
    edit_project(world.pumps, actor=MAINSTAY, end_date=date(2027, 3, 31))
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="finish_to_start", note="Same trench")
    add_dependency(world.meters, actor=MAINSTAY, needs=world.heron)
    meters, pumps = page(grace, "/projects/METERS/"), page(grace, "/projects/PUMPS/")
    assert "Starts after the end of" in meters
    assert "Same trench" in meters
    clash = "Replace the pumps ends on 31\xa0Mar\xa02027, but Smart meters starts on 1\xa0Dec\xa02026."
    assert clash in meters
    assert clash in pumps
    assert "Ends before the start of" in pumps
    for text in (meters, page(grace, "/projects/METERS/history/")):
        assert "Heron" not in text
        assert "HERON" not in text


def test_steps_are_offered_to_those_who_may_with_what_stands_in_the_way(world, client):
    client.force_login(world.project_manager)
    text = page(client, "/projects/PUMPS/")
    assert re.search(r"<button[^>]* disabled>Start evaluation</button> <span[^>]*>Nobody owns it yet.", text)
    assert 'action="/projects/PUMPS/stage/candidate/"' in text
    assert 'action="/projects/PUMPS/stage/rejected/"' not in text
    client.force_login(world.portfolio_manager)
    assert 'action="/projects/PUMPS/stage/rejected/"' in page(client, "/projects/PUMPS/")
    client.force_login(world.sponsor)
    assert "Next step" not in page(client, "/projects/PUMPS/")


def test_a_project_takes_a_step_and_asks_for_a_reason_where_one_is_needed(world, client):
    client.force_login(world.portfolio_manager)
    client.post("/projects/PUMPS/stage/candidate/")
    assert Project.objects.get(code="PUMPS").stage.key == "candidate"
    client.post("/projects/PUMPS/stage/rejected/")
    assert Project.objects.get(code="PUMPS").stage.key == "candidate"
    assert "Reject needs a reason." in page(client, "/projects/PUMPS/")
    client.post("/projects/PUMPS/stage/rejected/", {"reason": "Too dear"})
    assert Project.objects.get(code="PUMPS").stage.key == "rejected"


@pytest.mark.parametrize(
    ("who", "stage", "status"),
    [("jonas", "rejected", 403), ("grace", "candidate", 403), ("amara", "closed", 409), ("amara", "nowhere", 404)],
)
def test_a_step_that_may_not_be_taken_is_refused(world, client, who, stage, status):
    client.force_login(world.person(who))
    assert client.post(f"/projects/PUMPS/stage/{stage}/", {"reason": "x"}).status_code == status
    assert Project.objects.get(code="PUMPS").stage.key == "proposed"


def test_a_required_project_out_of_sight_is_counted_not_named(world, client):
    add_dependency(world.pumps, actor=MAINSTAY, needs=world.heron)
    advance_project(world.pumps, actor=MAINSTAY, target=Stage.objects.get(key="candidate"))
    client.force_login(world.portfolio_manager)
    text = page(client, "/projects/PUMPS/")
    assert "It requires 1 project not authorised yet." in text
    assert "HERON" not in text


def test_the_past_of_a_project_is_shown_as_it_was(world, jonas):
    add_milestone(world.pumps, actor=MAINSTAY, name="Design approved", due_date=date(2026, 1, 31))
    moment = timezone.now().isoformat()
    edit_project(world.pumps, actor=MAINSTAY, name="Replace all pumps", cost=Decimal(1))
    add_member(world.pumps, actor=MAINSTAY, person=world.sponsor, role=Role.SPONSOR)
    answer = jonas.get("/projects/PUMPS/", {"as_of": moment})
    text = answer.content.decode()
    assert "<h1>Replace the pumps</h1>" in text
    assert facts(text)["Whole-life cost"] == "GBP 1,200,000"
    assert "Design approved" in text
    assert "Grace Okafor" not in text
    assert '<form method="post" action="/projects' not in text
    assert jonas.get("/projects/PUMPS/", {"as_of": "2020-01-01"}).status_code == 404
