"""The inventory shows exactly what its address asks for and what its reader may see."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, edit_project
from mainstay.portfolio.operations.setup import create_field


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(text):
    """The codes of the rows, in their order."""
    return re.findall(r'<tr data-href="/projects/([^/]+)/', text)


def finding(text):
    """The sentence under the title, as somebody reads it."""
    inner = re.search(r'<span id="finding">(.*?)</span>\s*</p>', text, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", "", inner).split())


def cells(text, code):
    """Label and words of each cell of a row."""
    row = re.search(rf'<tr data-href="/projects/{code}/.*?</tr>', text, re.DOTALL)[0]
    found = re.findall(r'data-label="([^"]*)">(.*?)</td>', row)
    return {label: re.sub(r"<[^>]+>", "", words).replace("\xa0", " ") for label, words in found}


@pytest.fixture
def grace(world, client):
    client.force_login(world.sponsor)
    return client


def many(world, count):
    stage = Stage.objects.get(key="active")
    made = [
        Project(
            code=f"P{number:05d}",
            name=f"Project {number}",
            portfolio=world.networks,
            stage=stage,
            owner=world.sponsor,
            cost=Decimal(1000),
            theme="Resilience",
        )
        for number in range(count)
    ]
    for project in made:
        project.put_under(world.networks)
    Project.objects.bulk_create(made)


def test_it_lists_what_the_person_may_see_with_a_computed_sentence(grace):
    text = page(grace, "/projects/")
    assert rows(text) == ["DEPOT", "METERS", "PUMPS"]
    assert finding(text) == "3 projects; whole-life cost GBP 2.4m."
    assert "HERON" not in text


def test_a_row_says_name_code_stage_health_and_owner_in_this_order(world, grace):
    edit_project(world.pumps, actor=MAINSTAY, owner=world.sponsor, health="amber", end_date=date(2027, 3, 31))
    shown = cells(page(grace, "/projects/"), "PUMPS")
    assert list(shown) == ["Code", "Stage", "Health", "Owner", "Theme", "Whole-life cost", "End"]
    assert list(shown.values()) == [
        "PUMPS",
        "Proposed",
        "At risk",
        "Grace Okafor",
        "Resilience",
        "GBP 1.2m",
        "31 Mar 2027",
    ]


def test_currencies_are_never_added_up(world, grace):
    edit_project(world.depot, actor=MAINSTAY, currency="EUR")
    edit_project(world.meters, actor=MAINSTAY, cost=None)
    assert finding(page(grace, "/projects/")) == ("3 projects; whole-life cost EUR 400k, GBP 1.2m; 1 gives no cost.")


def test_quick_filters_count_the_phases_and_keep_the_other_filters(world, grace):
    advance_project(world.meters, actor=MAINSTAY, target=Stage.objects.get(key="candidate"))
    Project.objects.filter(code="PUMPS").update(stage=Stage.objects.get(key="active"))
    cache.clear()
    text = page(grace, "/projects/?portfolio=NET")
    tabs = re.findall(r'<li><a href="([^"]+)"[^>]*>(\w+) <span class="quiet">(\d+)</span>', text)
    assert [(label, count) for _, label, count in tabs] == [
        ("All", "2"),
        ("Pipeline", "1"),
        ("Committed", "1"),
        ("Finished", "0"),
        ("Dropped", "0"),
    ]
    committed = page(grace, tabs[2][0].replace("&amp;", "&"))
    assert rows(committed) == ["PUMPS"]
    assert finding(committed) == "1 project; whole-life cost GBP 1.2m."


def test_headings_sort_once_up_and_once_down(grace):
    text = page(grace, "/projects/?sort=cost")
    assert rows(text) == ["DEPOT", "METERS", "PUMPS"]
    assert '<th scope="col" class="number" aria-sort="ascending"><a href="/projects/?sort=-cost">' in text
    assert rows(page(grace, "/projects/?sort=-cost")) == ["PUMPS", "METERS", "DEPOT"]


def test_groups_say_count_and_cost_and_keep_their_rows_together(grace):
    text = page(grace, "/projects/?group=portfolio&sort=-cost")
    heads = [
        " ".join(re.sub(r"<[^>]+>", " ", head).split())
        for head in re.findall(r'<tr class="group">(.*?)</tr>', text, re.DOTALL)
    ]
    assert heads == ["Networks 2 projects, GBP 2.0m", "Northmoor 1 project, GBP 400k"]
    assert rows(text) == ["PUMPS", "METERS", "DEPOT"]


def test_columns_can_be_chosen_also_custom_ones(world, grace):
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="choice", options=["North"])
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number", unit="votes")
    edit_project(world.pumps, actor=MAINSTAY, custom={"region": "North", "votes": "1200"})
    text = page(grace, "/projects/?column=custom.region&column=custom.votes&column=risk")
    assert cells(text, "PUMPS") == {"Region": "North", "Votes": "1,200 votes", "Risk": "30"}
    assert cells(text, "DEPOT") == {"Region": "", "Votes": "", "Risk": "10"}


def test_text_in_a_cell_is_only_text(world, grace):
    edit_project(world.pumps, actor=MAINSTAY, name="<script>alert('%s {}')</script>", theme="a & b")
    text = page(grace, "/projects/")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#x27;%s {}&#x27;)&lt;/script&gt;" in text
    assert 'data-label="Theme">a &amp; b</td>' in text


def test_a_list_has_pages_of_a_hundred_rows(world, grace):
    many(world, 205)
    first, last = page(grace, "/projects/"), page(grace, "/projects/?page=3")
    assert (len(rows(first)), len(rows(last))) == (100, 8)
    assert rows(first)[0] == "DEPOT"
    assert rows(last)[-1] == "PUMPS"
    assert "1–100 of 208" in first
    assert 'rel="next"' not in last
    assert rows(page(grace, "/projects/?page=9")) == rows(last)


def test_the_number_of_queries_does_not_grow_with_the_rows(world, grace):
    def queries():
        page(grace, "/profile/")
        cache.clear()
        with CaptureQueriesContext(connection) as made:
            page(grace, "/projects/?sort=-cost")
        return len(made)

    many(world, 96)
    small = queries()
    Project.objects.filter(code__startswith="P0").delete()
    many(world, 996)
    assert (small, queries()) == (14, 14)


def test_a_part_of_the_page_comes_alone(grace):
    answer = grace.get("/projects/?q=depot", headers={"HX-Request": "true", "HX-Target": "list"})
    text = answer.content.decode()
    assert text.lstrip().startswith("<m-list")
    assert '<span id="finding" hx-swap-oob="true">1 project; ' in text
    assert rows(text) == ["DEPOT"]


def test_the_bar_keeps_what_it_has_no_field_for(grace):
    text = page(grace, "/projects/?owner=none&sort=-cost&health=none&theme=Resilience")
    kept = re.findall(r'<input type="hidden" form="filter" name="([^"]+)" value="([^"]+)">', text)
    assert kept == [("owner", "none"), ("sort", "-cost")]
    assert '<option value="none" selected>Not reported</option>' in text
    assert '<option value="Resilience" selected>Resilience</option>' in text


def test_each_filter_can_be_let_go(grace):
    text = page(grace, "/projects/?portfolio=NET&cost_min=900000")
    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+)<', text)
    assert chips == [
        ("/projects/?cost_min=900000", "Portfolio: Networks"),
        ("/projects/?portfolio=NET", "Cost from: 900000"),
    ]


def test_yesterday_is_shown_as_it_was_known_and_cannot_be_changed(world, grace):
    moment = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, name="Replace all pumps", cost=Decimal(1_000_000))
    then = page(grace, f"/projects/?as_of={moment.isoformat().replace('+', '%2B')}")
    assert "Replace the pumps" in then
    assert "Replace all pumps" not in then
    assert finding(then) == "3 projects; whole-life cost GBP 2.4m."
    assert 'name="selected"' not in then
    today = page(grace, "/projects/")
    assert "Replace all pumps" in today
    assert finding(today) == "3 projects; whole-life cost GBP 2.2m."
    long_ago = timezone.localdate() - timedelta(days=400)
    assert "Nothing was known yet" in page(grace, f"/projects/?as_of={long_ago.isoformat()}")


def test_hidden_figures_stand_nowhere_in_the_page(world, client):
    create_field(None, actor=MAINSTAY, key="offer", label="Offer", kind="money", is_confidential=True)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("1234567.89"), custom={"offer": "7654321"})
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    client.force_login(world.stranger)
    address = "/projects/?columns=name,cost,benefit,custom.offer&group=portfolio&sort=-cost"
    text = page(client, address)
    assert rows(text) == ["METERS", "PUMPS", "DEPOT"] or rows(text) == ["PUMPS", "METERS", "DEPOT"]
    for figure in ("1234567", "1,234,567", "1.2m", "7654321", "7,654,321", "2.4m", "2,434,567"):
        assert figure not in text
    client.force_login(world.sponsor)
    shown = page(client, address)
    assert "GBP 1,234,567.89" in shown
    assert "GBP 7,654,321" in shown


def test_sums_follow_a_change_at_once(world, grace):
    assert finding(page(grace, "/projects/")) == "3 projects; whole-life cost GBP 2.4m."
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(5_200_000))
    assert finding(page(grace, "/projects/")) == "3 projects; whole-life cost GBP 6.4m."


def test_people_with_other_grants_get_other_sums(world, grace, client):
    page(grace, "/projects/")
    client.force_login(world.portfolio_manager)
    assert finding(page(client, "/projects/")) == "2 projects; whole-life cost GBP 2.0m."
    client.force_login(world.stranger)
    assert finding(page(client, "/projects/")) == "0 projects."


def test_empty_lists_teach_the_next_step(world, client):
    client.force_login(world.sponsor)
    assert "Nothing matches" in page(client, "/projects/?q=nowhere")
    client.force_login(world.stranger)
    assert "ask your portfolio manager for a role" in page(client, "/projects/")
