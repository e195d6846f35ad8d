"""Home tells each person what waits for them, and nothing of what is not theirs to know."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.cockpit.queries.attention import attention
from mainstay.cockpit.queries.mine import my_projects
from mainstay.core.models import Notice, Person, Run, RunState
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.queries import Reading
from mainstay.resources.operations.bookings import add_booking
from mainstay.resources.operations.staffing import ask_for_staff
from mainstay.value.operations import add_currency, set_rate
from tests.resources.people import hire


def waiting(person):
    items = attention(person, my_projects(Reading(person)))
    return [(item.word, item.text, item.detail) for item in items]


def test_work_off_track_comes_first_with_the_last_word_on_it(world, bring):
    project = bring(world.pumps, "active")
    edit_project(project, actor=MAINSTAY, health="red", reason="The pumps are stuck at sea.")
    assert waiting(world.project_manager) == [("Off track", "Replace the pumps", "The pumps are stuck at sea.")]


def test_a_milestone_whose_day_is_over_is_overdue(world, bring):
    project = bring(world.pumps, "active")
    due = timezone.localdate() - timedelta(days=3)
    add_milestone(project, actor=MAINSTAY, name="Design agreed", due_date=due)
    add_milestone(project, actor=MAINSTAY, name="Ordered", due_date=due, done_date=due)
    add_milestone(project, actor=MAINSTAY, name="Built", due_date=due + timedelta(days=4))
    assert waiting(world.project_manager) == [("Overdue", "Replace the pumps: Design agreed", "Due 3 days ago")]
    assert my_projects(Reading(world.project_manager))[0].next.name == "Built"


def test_a_project_one_may_no_longer_see_is_not_mine(world, bring):
    bring(world.meters, "active", health="red")
    assert waiting(world.project_manager) == []


def test_those_who_admit_proposals_see_how_many_wait(world):
    assert waiting(world.portfolio_manager) == [("To admit", "2 proposals wait for a first look", "")]
    assert waiting(world.sponsor) == []


def test_those_who_set_rates_learn_of_missing_and_old_ones(world):
    euro = add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
    add_currency(None, actor=MAINSTAY, code="PLN", name="Złoty")
    day = timezone.localdate() - timedelta(days=120)
    set_rate(euro, actor=MAINSTAY, date=day, rate="0.85")
    words = [item for item in waiting(world.director) if item[0] in {"No rate", "Old rate"}]
    assert words == [
        ("No rate", "Złoty has no exchange rate", "Sums leave it out"),
        ("Old rate", "The rate of the euro is 120 days old", ""),
    ]
    assert [item for item in waiting(world.project_manager) if "rate" in item[0]] == []


def test_the_administrator_learns_of_people_without_a_role(world):
    assert ("No role", "1 person can sign in but holds no role", "") in waiting(world.administrator)


def test_failed_runs_and_unread_notices_wait_for_their_person_only(world):
    over = timezone.now()
    Run.objects.create(
        kind="x", title="Import", person=world.sponsor, state=RunState.FAILED, finished_at=over, step="Row 4"
    )
    Notice.objects.create(person=world.sponsor, text="Something changed.")
    Notice.objects.create(person=world.sponsor, text="Long ago.", read_at=over)
    assert waiting(world.sponsor) == [("Failed", "Import", "Row 4"), ("Notice", "Something changed.", "")]
    assert waiting(world.controller) == []


def test_the_page_shows_the_outermost_portfolios_of_each_person(see):
    page = see("amara", "/")
    assert "Networks" in page
    assert "Northmoor" not in page
    assert "Undisclosed" not in see("grace", "/")
    assert "Undisclosed" in see("dora", "/")


def test_a_requester_sees_their_own_proposals_and_how_to_make_one(see, world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.REQUESTER, path=world.top.path)
    assert "No request of yours yet" in see("tom", "/")
    propose_project(world.top, actor=world.stranger, name="A bench by the river")
    page = see("tom", "/")
    assert "A bench by the river" in page
    assert "Replace the pumps" not in page


def test_somebody_without_a_role_is_told_so(see):
    page = see("tom", "/")
    assert "You hold no role yet" in page
    assert "Northmoor" not in page


def test_a_new_instance_begins_with_the_list_one_has(client, db):
    ada = Person.objects.create(username="ada", name="Ada")
    give_grant(ada, actor=MAINSTAY, role=Role.ADMINISTRATOR)
    client.force_login(ada)
    page = client.get("/").content.decode()
    assert Portfolio.objects.count() == 0
    assert "Start with the list you have" in page


@pytest.fixture
def queries_of_home(client, world):
    def count():
        client.force_login(world.portfolio_manager)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    return count


def test_the_number_of_queries_does_not_grow(world, queries_of_home):
    amara = world.portfolio_manager
    for number in range(10):
        propose_project(world.networks, actor=amara, name=f"Project {number}", owner=amara)
    queries_of_home()
    propose_project(world.networks, actor=amara, name="One more", owner=amara)
    few = queries_of_home()
    for number in range(30):
        propose_project(world.networks, actor=amara, name=f"Later {number}", owner=amara)
    assert (few, queries_of_home()) == (35, 35)


def test_home_tells_who_plans_people_what_waits_and_who_is_overbooked(world):
    staff = hire(world)
    first = timezone.localdate().replace(day=1)
    time = {"starts_on": first, "ends_on": first + timedelta(days=27), "role": staff.role}
    ask_for_staff(world.pumps, actor=world.project_manager, team=staff.team, hours=Decimal(8), **time)
    rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind")
    give_grant(rosa, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    add_booking(staff.anna, actor=MAINSTAY, project=world.pumps, hours=Decimal(900), **time)
    told = {item.word: (item.text, item.url) for item in attention(world.person("rosa"), [])}
    assert told["To staff"] == ("1 staffing request waits for your answer", "/resources/staffing/?waits=on")
    assert told["Overbooked"] == ("1 person is overbooked this month", "/resources/?by=person")
    assert not {"To staff", "Overbooked"} & {item.word for item in attention(world.sponsor, [])}
