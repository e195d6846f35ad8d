"""The page that looks back on one plan: what came of it, what choosing otherwise cost, the plan before."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mainstay.authorisation.models import Decision
from mainstay.authorisation.operations.adoption import adopt_selection
from mainstay.core.errors import Missing
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.dashboard import Sight, parts_for
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.queries import ProjectFilter, Reading
from tests.authorisation.conftest import build_golden

pytestmark = pytest.mark.django_db
PROMISED = {"forced": [{"code": "D", "way": "in", "reason": "Promised to the board"}]}


def fill(key, person, plan=""):
    return parts_for(person)[key].fill(Sight(ProjectFilter.read({}, Reading(person)), "", {"plan": str(plan)}))


def amounts(content):
    return {one.label: one.amount for one in content.indicators}


def rows(table):
    return [[cell.text for cell in row] for row in table.rows]


@pytest.fixture
def golden(world):
    return build_golden(world)


@pytest.fixture
def twice(golden):
    """Two plans, a year apart: the first took D because of a promise and left C out, which the second took."""
    first = adopt_selection(golden.solved(rules=PROMISED), actor=golden.member, note="")
    edit_project(golden.project("A"), actor=MAINSTAY, cost=Decimal(130))
    with acting(at=first.decided_at + timedelta(days=365)):
        terms = {"name": "Next", "committed": "left_out", "budget": Decimal(80)}
        second = adopt_selection(golden.solved(**terms), actor=golden.member, note="")
        yield golden, first, second


def test_a_plan_tells_what_was_believed_and_what_is_known_now(twice):
    five, first, _ = twice
    told = fill("plan_came", five.manager, first.pk)
    found = amounts(told)
    assert (found["Chosen"], found["Believed cost"], found["Cost now"]) == (4, 300, 330)
    assert (found["Dropped since"], found["In time"]) == (0, None)
    assert told.headline == "4 projects chosen, which cost 10% more than believed"
    assert rows(told.tables[0])[0][:5] == ["Project A", "Committed", "GBP 100", "GBP 130", "+30%"]


def test_the_price_of_a_promise_is_told_with_what_it_displaced(twice):
    five, first, _ = twice
    told = fill("plan_by_hand", five.manager, first.pk)
    assert amounts(told) == {"Price of choosing by hand": 9, "Decided": 83, "Best without": 92, "Settled by hand": 1}
    assert told.sentence.endswith("more than was decided. With “Project C”, without “Project D”.")
    assert rows(told.tables[0]) == [["Project D", "In", "Promised to the board", "GBP 9"]]


def test_what_was_left_out_and_came_later_is_told_with_how_much_later(twice):
    five, first, second = twice
    told = fill("plan_waited", five.manager, first.pk)
    assert amounts(told) == {"Lost by later starts": 0, "Left out, done later": 1, "Still waiting": 0}
    ((name, worth, by, months),) = rows(told.tables[0])
    assert (name, worth, months) == ("Project C", "GBP 24", "12")
    assert by.startswith(second.title)


def test_the_plan_before_is_compared(twice):
    five, first, second = twice
    told = fill("plan_before", five.manager, second.pk)
    assert amounts(told) == {"Carried over": 1, "Of them chosen": 1, "New candidates": 0, "Chosen in both": 0}
    side = {row[0]: row[1:] for row in rows(told.tables[0])}
    assert (side["Candidates"], side["Chosen"]) == (["5", "1"], ["4", "1"])
    assert rows(told.tables[1]) == [["Project C", "Stays a candidate", "Authorised"]]
    assert "first plan" in fill("plan_before", five.manager, first.pk).sentence


def test_without_a_number_it_is_the_latest_plan(twice):
    five, _, _ = twice
    assert amounts(fill("plan_came", five.manager))["Chosen"] == 1


def test_the_page_shows_one_plan_and_nobody_without_figures_sees_it(twice, client):
    five, first, _ = twice
    address = f"/learning/plans/{first.pk}/"
    client.force_login(five.manager)
    page = client.get(address).content.decode()
    for text in ("What did choosing otherwise cost?", "Project D", "Promised to the board", first.title):
        assert text in page
    assert address in client.get("/learning/").content.decode()
    assert address in client.get(f"/authorise/decisions/{first.pk}/").content.decode()
    assert client.get("/learning/plans/999999/").status_code == 404
    client.force_login(five.evaluator)
    assert client.get(address).status_code in {403, 404}
    with pytest.raises(Missing):
        fill("plan_came", five.evaluator, first.pk)


def test_the_api_reads_a_part_of_one_plan(twice, client):
    five, first, _ = twice
    client.force_login(five.manager)
    told = client.get(f"/api/v1/dashboard-parts/plan_by_hand?plan={first.pk}").json()
    assert {one["label"]: one["amount"] for one in told["figures"]}["Price of choosing by hand"] == "9.0"
    assert Decision.objects.count() == 2
    assert Project.objects.filter(stage__phase="committed", code="C").exists()
