"""The tree rolls up what lies below each place, and every figure opens exactly its records."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Portfolio, Programme, Project
from mainstay.portfolio.operations.parts import add_dependency
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.tree import create_portfolio
from mainstay.portfolio.queries import Money, Reading
from mainstay.portfolio.queries.tree import Tree
from tests.portfolio.views.test_inventory import finding, rows


@pytest.fixture
def grace(world, client):
    client.force_login(world.sponsor)
    return client


def rolled(person, as_of=None):
    """Depth, projects and sums of each portfolio somebody may see."""
    tree = Tree(Reading(person, as_of))
    return {
        branch.portfolio.code: (branch.depth, branch.rolled.totals.count, branch.rolled.totals.money)
        for branch in tree.branches()
    }


def test_a_portfolio_counts_what_lies_in_and_below_it(world):
    assert rolled(world.sponsor) == {
        "NM": (0, 3, [Money("GBP", Decimal("2400000.00"), 3)]),
        "NET": (1, 2, [Money("GBP", Decimal("2000000.00"), 2)]),
    }
    assert rolled(world.director)["NM"] == (0, 4, [Money("GBP", Decimal("12399999.00"), 4)])


def test_a_part_of_the_tree_stands_at_the_top_for_who_sees_only_it(world):
    assert rolled(world.portfolio_manager) == {"NET": (0, 2, [Money("GBP", Decimal("2000000.00"), 2)])}


def test_a_member_of_a_project_in_a_sealed_part_counts_it_where_they_see(world):
    give_grant(world.sponsor, actor=MAINSTAY, role=Role.PROJECT_MANAGER, path=world.heron.path)
    assert rolled(world.sponsor)["NM"][1] == 4
    reading = Reading(world.sponsor)
    assert len(rows_of(reading, "NM")) == 4


def rows_of(reading, code):
    from mainstay.portfolio.queries import ProjectFilter

    return ProjectFilter.read({"portfolio": code}, reading).apply()


def test_siblings_stand_in_the_order_of_their_names(world):
    for name in ("Zebra", "Alpha"):
        create_portfolio(world.networks, actor=MAINSTAY, name=name, code=name[0])
    assert list(rolled(world.director)) == ["NM", "NET", "A", "Z", "UND"]
    assert rolled(world.director)["A"][0] == 2


def test_the_tree_is_shown_as_it_was_known(world):
    moment = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(1))
    assert rolled(world.sponsor)["NET"][2] == [Money("GBP", Decimal("800001.00"), 2)]
    assert rolled(world.sponsor, moment)["NET"][2] == [Money("GBP", Decimal("2000000.00"), 2)]


def test_every_figure_opens_exactly_its_records(world, grace):
    edit_project(world.meters, actor=MAINSTAY, currency="EUR", health="red")
    edit_project(world.pumps, actor=MAINSTAY, cost=None)
    text = grace.get("/portfolios/").content.decode()
    row = re.search(r"Networks</a></th>(.*?)</tr>", text, re.DOTALL)[1]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/projects/[^"]+)"', row)]
    assert links[:4] == [
        "/projects/?portfolio=NET",
        "/projects/?portfolio=NET&currency=EUR&cost=given",
        "/projects/?portfolio=NET&health=red",
        "/projects/?portfolio=NET&health=none",
    ]
    opened = [rows(grace.get(link).content.decode()) for link in links[:4]]
    assert opened == [["METERS", "PUMPS"], ["METERS"], ["METERS"], ["PUMPS"]]
    assert finding(grace.get(links[1]).content.decode()) == "1 project; whole-life cost EUR 800k."


def test_hidden_figures_are_in_no_roll_up(world, client):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    client.force_login(world.stranger)
    text = client.get("/portfolios/").content.decode() + client.get("/programmes/SMART/").content.decode()
    assert "GBP" not in text
    assert ">2<" in text


def test_a_portfolio_is_opened_changed_and_moved(world, client):
    client.force_login(world.director)
    sent = {"name": "Water", "currency": "EUR", "code": ""}
    client.post("/tree/new/?under=NM", sent)
    made = Portfolio.objects.get(name="Water")
    assert (made.code, made.parent, made.currency) == ("PF-0001", world.top, "EUR")
    change = {"name": "Clean water", "code": "WATER", "currency": "EUR", "is_confidential": "on", "version": "1"}
    assert client.post("/portfolios/PF-0001/edit/", change).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.code, made.seal) == ("Clean water", "WATER", made.path)
    assert client.post("/portfolios/WATER/edit/", change | {"name": "Late"}).status_code == 409
    client.post("/portfolios/WATER/place/", {"parent": ""})
    made.refresh_from_db()
    assert (made.parent, made.name) == (None, "Clean water")


def test_nobody_seals_a_portfolio_away_from_themselves(world, client):
    client.force_login(world.administrator)
    sent = {"name": "Networks", "code": "NET", "currency": "GBP", "is_confidential": "on", "version": "1"}
    assert client.post("/portfolios/NET/edit/", sent).status_code == 422
    assert not Portfolio.objects.get(code="NET").is_confidential
    client.force_login(world.portfolio_manager)
    assert client.post("/portfolios/NET/edit/", sent).status_code == 302
    assert Portfolio.objects.get(code="NET").is_confidential


@pytest.mark.parametrize("sent", [{}, {"name": "Networks", "currency": "GBP"}, {"name": "x", "code": "NET"}])
def test_a_wrong_portfolio_is_refused(world, client, sent):
    client.force_login(world.administrator)
    count = Portfolio.objects.count()
    assert client.post("/tree/new/?under=NM", sent).status_code == 422
    assert Portfolio.objects.count() == count


def test_a_portfolio_cannot_be_moved_below_itself(world, client):
    client.force_login(world.administrator)
    assert client.post("/portfolios/NM/place/", {"parent": "NET"}).status_code == 422
    assert Portfolio.objects.get(code="NM").parent is None


def test_a_programme_is_opened_and_changed(world, client):
    client.force_login(world.portfolio_manager)
    answer = client.post("/portfolios/NET/programmes/new/", {"name": "Leaks", "objective": "Halve the leaks"})
    assert answer["Location"] == "/programmes/PG-0001/"
    sent = {"name": "Leaks", "code": "LEAKS", "objective": "End the leaks", "version": "1"}
    assert client.post("/programmes/PG-0001/edit/", sent)["Location"] == "/programmes/LEAKS/"
    assert Programme.objects.get(code="LEAKS").objective == "End the leaks"


def test_a_programme_says_what_it_adds_up_to_and_where_dates_clash(world, grace):
    edit_project(world.pumps, actor=MAINSTAY, start_date=date(2026, 12, 1), health="green")
    edit_project(world.meters, actor=MAINSTAY, end_date=date(2027, 3, 31))
    add_dependency(world.pumps, actor=MAINSTAY, needs=world.meters)
    add_dependency(world.pumps, actor=MAINSTAY, needs=world.heron)
    text = grace.get("/programmes/SMART/").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", "", re.search(r'<p class="finding">(.*?)</p>', text, re.DOTALL)[1]).split())
    assert words == "1 project, GBP 1.2m; 1 dependency clashes in dates."
    assert "Smart meters ends on 31\xa0Mar\xa02027, but Replace the pumps starts on 1\xa0Dec\xa02026." in text
    assert "Heron" not in text
    assert rows(grace.get("/projects/?programme=SMART").content.decode()) == ["PUMPS"]


def test_a_programme_of_the_past_has_the_projects_of_the_past(world, grace):
    moment = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, programme=None)
    assert "No project yet" in grace.get("/programmes/SMART/").content.decode()
    then = grace.get("/programmes/SMART/", {"as_of": moment.isoformat()}).content.decode()
    assert "Replace the pumps" in then
    assert Project.objects.get(code="PUMPS").programme is None
