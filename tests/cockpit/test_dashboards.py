"""Dashboards by role: parts of every room, arranged by each person, with every figure explained."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.cockpit.dashboards.arrangement import ROLES, Arrangement, own_role
from mainstay.cockpit.value.board import ONE_PLAN
from mainstay.core.models import Event, Row, SavedView
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.dashboard import Question, Sight, parts_for
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.queries import ProjectFilter, Reading

EXECUTIVE = "/dashboards/executive/"
ARRANGING = "/dashboards/executive/arranging/"


def sight_of(person, **asked):
    return Sight(ProjectFilter.read(asked, Reading(person)))


def test_every_part_says_what_it_shows_and_depends_on_rows_whose_changes_are_marked(world):
    rows = {model._meta.model_name for model in apps.get_models() if issubclass(model, Row)}
    told = {key for keys in ONE_PLAN.values() for key in keys}
    for part in parts_for(world.director).values():
        assert part.moved_by <= rows, part.key
        assert part.definition.endswith("."), part.key
        assert bool(part.roles) is (part.key not in told), part.key


def test_every_figure_of_every_part_has_a_definition(world, bring):
    bring(world.pumps, "active", health="red")
    for part in parts_for(world.director).values():
        for one in part.fill(sight_of(world.director)).indicators:
            assert one.definition.endswith("."), (part.key, one.label)


def test_the_executive_page_answers_the_four_questions(see, world, bring):
    bring(world.pumps, "active", health="red")
    page = see("dora", EXECUTIVE)
    places = [page.index(question.text) for question in Question]
    assert places == sorted(places)
    for said in ("Planned return", "Not measured yet", "Benefit at risk", "1 project", "Last change"):
        assert said in page


def test_the_sentence_below_the_title_sums_the_questions_up(see, world, bring):
    bring(world.pumps, "active", health="red")
    finding = see("grace", EXECUTIVE).split('<span id="finding">')[1].split("<")[0]
    assert finding.startswith("The work is planned to return 67%; GBP 2.0m of benefit hangs on projects in trouble;")
    assert finding.endswith("no decision waits for you.")


def test_everybody_gets_the_dashboard_of_their_role_first(client, world):
    for person, role in ((world.portfolio_manager, "portfolio_manager"), (world.controller, "finance")):
        client.force_login(person)
        assert client.get("/dashboards/?portfolio=NET").headers["Location"] == f"/dashboards/{role}/?portfolio=NET"
    assert own_role(world.sponsor) is Role.EXECUTIVE
    assert own_role(world.administrator) is Role.PMO_DIRECTOR


@pytest.mark.parametrize("role", [role.value for role in ROLES])
def test_no_dashboard_tells_what_may_not_be_seen(see, world, role):
    marks = {
        "name": "zq7secret",
        "theme": "zq7secret",
        "cost": Decimal("77123456.78"),
        "benefit": Decimal("77123456.78"),
    }
    for project in (world.heron, world.depot):
        edit_project(project, actor=MAINSTAY, **marks)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.networks.path)
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal("55123456.78"), benefit=Decimal("66123456.78"))
    for username in ("amara", "jonas", "tom"):
        page = see(username, f"/dashboards/{role}/")
        assert not [trace for trace in ("zq7secret", "77.1m", "77123456", "77,123") if trace in page], username
    assert not [
        trace for trace in ("55.1m", "66.1m", "55123456", "66123456") if trace in see("tom", f"/dashboards/{role}/")
    ]


def test_a_dashboard_looks_at_a_programme_a_theme_or_an_owner(see, world):
    edit_project(world.meters, actor=MAINSTAY, theme="Metering", owner=world.sponsor)
    page = "/dashboards/portfolio_manager/"
    assert "3 projects for GBP 2.4m" in see("grace", page)
    assert "1 project for GBP 1.2m" in see("grace", f"{page}?programme=SMART")
    assert "1 project for GBP 800k" in see("grace", f"{page}?theme=Metering")
    assert "1 project for GBP 800k" in see("grace", f"{page}?owner=me")
    assert "No project here yet" in see("amara", f"{page}?owner=me")


def test_what_is_asked_of_a_portfolio_out_of_reach_is_refused(client, world):
    client.force_login(world.sponsor)
    assert client.get(f"{EXECUTIVE}?portfolio=UND").status_code == 400
    assert client.get("/dashboards/nobody/").status_code == 404
    assert client.get("/dashboards/parts/nothing/").status_code == 404


def test_yesterday_shows_what_was_known_yesterday_and_is_not_live(see, world):
    for model in (type(world.top), type(world.depot)):
        model.Version.objects.update(known_from=timezone.now() - timedelta(days=3))
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(9_400_000))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    page = see("grace", f"/dashboards/portfolio_manager/?portfolio=NM&as_of={yesterday}")
    assert "3 projects for GBP 2.4m" in page
    assert "data-live" not in page
    assert "As known on" in page
    assert f"as_of={yesterday}" in page
    assert "3 projects for GBP 11.4m" in see("grace", "/dashboards/portfolio_manager/?portfolio=NM")


def test_one_part_is_a_page_and_a_fragment(see, world):
    page = see("grace", "/dashboards/parts/figures/?portfolio=NET")
    assert "<html" in page
    assert "2 projects for GBP 2.0m" in page
    part = see("grace", "/dashboards/parts/figures/?portfolio=NET", hx_request="true")
    assert part.startswith('<section class="card part')


@pytest.fixture
def arrange(client, world):
    """Sends moves as the sponsor and gives the parts that stand there then."""

    def send(*moves):
        client.force_login(world.sponsor)
        for move in moves:
            assert client.post(ARRANGING, {"move": move}).status_code == 302
        return list(Arrangement.of(world.sponsor, Role.EXECUTIVE).keys)

    return send


def test_a_person_adds_takes_away_and_orders_parts(arrange, world):
    start = arrange()
    assert start[0] == "returns"
    assert "themes" not in start
    assert "themes" in arrange("add:themes")
    assert "returns" not in arrange("remove:returns")
    assert arrange("down:health")[:2] == ["contribution", "health"]
    assert arrange("up:health")[:2] == ["health", "contribution"]
    assert Arrangement.of(world.director, Role.EXECUTIVE).is_own is False


def test_a_part_moves_among_those_of_its_question_only(arrange):
    before = arrange("up:changes")
    assert arrange("up:changes", "down:decisions") == before


def test_the_arrangement_is_shown_and_can_be_given_up(arrange, see, world):
    arrange("remove:health")
    assert 'id="part-health"' not in see("grace", EXECUTIVE)
    assert 'id="part-health"' in see("dora", EXECUTIVE)
    arrange("reset")
    assert not SavedView.objects.exists()
    assert 'id="part-health"' in see("grace", EXECUTIVE)


def test_a_move_that_makes_no_sense_changes_nothing(client, world):
    client.force_login(world.sponsor)
    before = Event.objects.count()
    for move in ("", "sideways:health", "up:nothing", "up"):
        assert client.post(ARRANGING, {"move": move}).status_code == 400
    assert (SavedView.objects.count(), Event.objects.count()) == (0, before)


def test_everything_can_be_taken_away_and_the_page_says_how_to_go_on(arrange, see):
    for key in arrange():
        arrange(f"remove:{key}")
    assert "Nothing stands on this dashboard" in see("grace", EXECUTIVE)


def test_who_holds_no_role_is_told_so(see, world):
    assert "Nothing to show yet" in see("tom", "/dashboards/portfolio_manager/")


def queries_of(client, person, url):
    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_work(client, world, bring):
    bring(world.pumps, "active", health="red")
    url = f"{EXECUTIVE}?portfolio=NM"
    for model in (type(world.top), type(world.depot)):
        model.Version.objects.update(known_from=timezone.now() - timedelta(days=60))
    queries_of(client, world.director, url)
    bring(world.meters, "active", health="amber")
    few = queries_of(client, world.director, url)
    for number in range(30):
        propose_project(
            world.networks, actor=MAINSTAY, name=f"Project {number}", cost=Decimal(number), benefit=Decimal(9)
        )
    assert (few, queries_of(client, world.director, url)) == (91, 91)


def test_a_dashboard_that_is_remembered_needs_few_queries(client, world):
    for _ in range(2):
        queries_of(client, world.director, f"{EXECUTIVE}?portfolio=NM")
    assert queries_of(client, world.director, f"{EXECUTIVE}?portfolio=NM") == 10


def test_a_program_reads_dashboards_and_arranges_them(client, world):
    client.force_login(world.sponsor)
    told = client.get("/api/v1/dashboards").json()
    assert [one["role"] for one in told["dashboards"]] == [role.value for role in ROLES]
    view = {"page": "dashboard", "name": "executive", "query": "parts=health,figures"}
    assert client.post("/api/v1/views", view, content_type="application/json").status_code == 201
    parts = client.get("/api/v1/dashboards/executive?portfolio=NET").json()["parts"]
    assert [part["key"] for part in parts] == ["health", "figures"]
    cost = parts[1]["figures"][1]
    assert (cost["label"], cost["value"], cost["url"][:24]) == (
        "Whole-life cost",
        "GBP 2.0m",
        "/projects/?portfolio=NET",
    )
    one = client.get("/api/v1/dashboard-parts/figures?portfolio=NM").json()
    assert one["sentence"] == "3 projects for GBP 2.4m; none is committed yet."
    assert client.get("/api/v1/dashboards/nothing").status_code == 404
