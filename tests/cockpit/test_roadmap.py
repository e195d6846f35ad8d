"""The roadmap: lanes, what is critical, conflicts, the effect of a move, and the move itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.authorisation.models import Baseline, PlanLine, Scenario
from mainstay.cockpit.queries import roadmap as query
from mainstay.cockpit.queries.roadmap import Ghost
from mainstay.cockpit.roadmap import Roadmap
from mainstay.core.models import Channel
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.parts import add_dependency, add_milestone
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.operations.setup import open_year
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.resources.operations.demands import DemandEntry, enter_demand
from tests.resources.people import hire

pytestmark = pytest.mark.django_db
START = date(2027, 1, 1)
CLASH = (
    "Replace the pumps ends on 30\N{NO-BREAK SPACE}Jun\N{NO-BREAK SPACE}2027, but Smart meters needs it and starts "
    "on 1\N{NO-BREAK SPACE}Jun\N{NO-BREAK SPACE}2027: 30 days too early."
)


def plan(project, start, end):
    return edit_project(project, actor=MAINSTAY, start_date=start, end_date=end)


@pytest.fixture
def planned(world):
    """The pumps from January to June, the meters, which need them, from June to September; the depot has no dates."""
    plan(world.pumps, START, date(2027, 6, 30))
    plan(world.meters, date(2027, 6, 1), date(2027, 9, 30))
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="finish_to_start")
    return world


def roadmap(user, lanes="portfolio", **asked):
    return Roadmap(ProjectFilter.read(asked, Reading(user)), lanes)


def laid(found):
    return [(found.lanes[bar.lane].name, bar.kind, bar.code) for bar in found.bars]


def test_a_conflict_names_both_projects_and_the_days(planned):
    assert [clash.sentence for clash in roadmap(planned.sponsor).clashes] == [CLASH]


def test_a_project_that_starts_the_day_after_is_in_no_conflict(planned):
    plan(planned.meters, date(2027, 7, 1), date(2027, 9, 30))
    assert roadmap(planned.sponsor).clashes == []


def test_projects_that_exclude_each_other_do_not_wait_for_each_other(world):
    plan(world.pumps, START, date(2027, 6, 30))
    plan(world.meters, START, date(2027, 6, 30))
    add_dependency(world.meters, actor=MAINSTAY, needs=world.pumps, kind="excludes")
    found = roadmap(world.sponsor)
    assert (found.clashes, found.slack) == ([], {})


def test_slack_is_what_a_project_may_slip_before_the_end_of_its_chain_moves(planned):
    plan(planned.meters, date(2027, 7, 11), date(2027, 9, 30))
    plan(planned.depot, date(2027, 2, 1), date(2027, 3, 31))
    add_dependency(planned.meters, actor=MAINSTAY, needs=planned.depot, kind="finish_to_start")
    slack = roadmap(planned.sponsor).slack
    assert slack == {planned.pumps.pk: 10, planned.depot.pk: 101, planned.meters.pk: 0}


def test_a_chain_in_conflict_has_less_than_no_day_to_spare(planned):
    found = roadmap(planned.sponsor)
    assert found.slack == {planned.pumps.pk: -30, planned.meters.pk: -30}
    assert {bar.code for bar in found.bars if bar.is_critical} == {"PUMPS", "METERS"}


def test_projects_lie_in_the_lanes_asked_for(planned):
    user = planned.sponsor
    assert laid(roadmap(user)) == [
        ("Networks", "programme", "SMART"),
        ("Networks", "project", "PUMPS"),
        ("Networks", "project", "METERS"),
    ]
    assert laid(roadmap(user, "programme")) == [
        ("Smart network", "programme", "SMART"),
        ("Smart network", "project", "PUMPS"),
        ("No programme", "project", "METERS"),
    ]
    assert laid(roadmap(user, "theme")) == [("Resilience", "project", "PUMPS"), ("Resilience", "project", "METERS")]
    edit_project(planned.meters, actor=MAINSTAY, owner=planned.controller)
    assert laid(roadmap(user, "owner"))[0] == ("Mei Tanaka", "project", "METERS")
    assert {lane for lane, *_ in laid(roadmap(user, "stage"))} == {"Proposed"}


def test_a_project_without_dates_is_listed_apart_with_the_way_to_plan_it(planned, client):
    client.force_login(planned.director)
    page = client.get("/roadmap/?portfolio=NM").content.decode()
    assert "New depot" in page
    assert 'href="/projects/DEPOT/edit/"' in page


def test_what_a_filter_leaves_out_still_counts_in_conflicts(planned):
    found = roadmap(planned.sponsor, code="METERS")
    assert [bar.code for bar in found.bars] == ["METERS"]
    assert [clash.sentence for clash in found.clashes] == [CLASH]
    told = found.data()["beyond"]
    assert told == [{"code": "PUMPS", "name": "Replace the pumps", "start": "2027-01-01", "end": "2027-06-30"}]


def test_what_one_may_not_see_is_in_no_chain(planned):
    plan(planned.heron, START, date(2027, 12, 31))
    add_dependency(planned.pumps, actor=MAINSTAY, needs=planned.heron, kind="finish_to_start")
    assert len(roadmap(planned.director).clashes) == 2
    found = roadmap(planned.sponsor)
    assert [clash.sentence for clash in found.clashes] == [CLASH]
    assert "Heron" not in str(found.data())


def test_what_was_promised_is_shown_beside_it(planned, monkeypatch):
    monkeypatch.setattr(query, "_ghosts", [])
    query.add_ghosts(lambda reading, ids: {planned.pumps.pk: Ghost(START, date(2027, 5, 31), 2)})
    told = {bar["code"]: bar["baseline"] for bar in roadmap(planned.sponsor).data()["bars"]}
    assert told["PUMPS"] == {"start": "2027-01-01", "end": "2027-05-31", "number": 2}
    assert told["METERS"] is None


def test_the_current_baseline_is_what_was_promised(planned):
    more = {"frozen_at": timezone.now(), "reason": "Authorised"}
    dates = {"start_date": START, "end_date": date(2027, 4, 30)}
    Baseline.objects.create(project=planned.pumps, number=1, is_current=False, **dates, **more)
    Baseline.objects.create(project=planned.pumps, number=2, **dates | {"end_date": date(2027, 5, 31)}, **more)
    Baseline.objects.create(project=planned.meters, number=1, **more)
    told = {bar["code"]: bar["baseline"] for bar in roadmap(planned.sponsor).data()["bars"]}
    assert told == {
        "SMART": None,
        "PUMPS": {"start": "2027-01-01", "end": "2027-05-31", "number": 2},
        "METERS": None,
    }


def test_milestones_come_with_their_project(planned):
    add_milestone(
        planned.pumps, actor=MAINSTAY, name="Ordered", due_date=date(2027, 2, 1), done_date=date(2027, 2, 3)
    )
    told = next(bar for bar in roadmap(planned.sponsor).data()["bars"] if bar["code"] == "PUMPS")
    assert told["milestones"] == [{"name": "Ordered", "due": "2027-02-01", "forecast": None, "done": "2027-02-03"}]


def test_the_past_is_read_as_it_was_known_and_cannot_be_moved(world, client):
    with acting(Channel.SYSTEM, at=timezone.now() - timedelta(days=10)):
        plan(world.pumps, START, date(2027, 6, 30))
    then = (timezone.localdate() - timedelta(days=5)).isoformat()
    plan(world.pumps, START, date(2028, 6, 30))
    client.force_login(world.director)
    now = client.get("/roadmap/data/").json()["bars"]
    past = client.get(f"/roadmap/data/?as_of={then}").json()["bars"]
    assert [(bar["end"], bar["may_move"]) for bar in now if bar["kind"] == "project"] == [("2028-06-30", True)]
    assert [(bar["end"], bar["may_move"]) for bar in past if bar["kind"] == "project"] == [("2027-06-30", False)]
    assert "data-move-url" not in client.get(f"/roadmap/?as_of={then}").content.decode()


def move(client, **changed):
    sent = {"project": "METERS", "start": "2027-07-01", "end": "2027-10-30", "version": "2"} | changed
    return client.post("/roadmap/moves/", sent)


def test_a_move_is_saved_and_tells_what_contradicts_it(planned, client):
    client.force_login(planned.portfolio_manager)
    told = move(client).json()
    planned.meters.refresh_from_db()
    assert (planned.meters.start_date, planned.meters.end_date) == (date(2027, 7, 1), date(2027, 10, 30))
    assert (told["conflicts"], told["version"]) == ([], 3)


def test_a_move_of_a_project_that_changed_meanwhile_is_refused_with_what_changed(planned, client):
    edit_project(planned.meters, actor=planned.director, end_date=date(2027, 8, 31))
    client.force_login(planned.portfolio_manager)
    answer = move(client)
    planned.meters.refresh_from_db()
    assert answer.status_code == 409
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in answer.json()["changes"]] == [
        "End: 30 Sep 2027 became 31 Aug 2027 (Dora Director)"
    ]
    assert planned.meters.end_date == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"end": "2027-06-30"}, "The end lies before the start."),
        ({"start": "soon"}, "Enter a valid date."),
        ({"version": ""}, "This field is required."),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(planned, client, sent, message):
    client.force_login(planned.portfolio_manager)
    answer = move(client, **sent)
    planned.meters.refresh_from_db()
    assert (answer.status_code, answer.json()["message"]) == (422, message)
    assert planned.meters.version == 2


def test_somebody_without_the_right_moves_nothing(planned, client):
    client.force_login(planned.controller)
    assert move(client).status_code == 403
    planned.meters.refresh_from_db()
    assert planned.meters.version == 2
    bars = client.get("/roadmap/data/").json()["bars"]
    assert not any(bar["may_move"] for bar in bars)


def effect(client, start, end, project="METERS"):
    return client.get("/roadmap/effect/", {"project": project, "start": start, "end": end})


def test_a_move_tells_conflicts_that_come_and_go_before_it_is_made(planned, client):
    client.force_login(planned.portfolio_manager)
    assert effect(client, "2027-07-01", "2027-10-30").json()["conflicts_removed"] == [CLASH]
    told = effect(client, "2027-02-01", "2027-07-31", "PUMPS").json()
    assert (told["conflicts_added"], told["conflicts_removed"]) == ([], [])
    planned.meters.refresh_from_db()
    assert planned.meters.version == 2


def test_cost_moves_with_the_days_to_another_fiscal_year(planned, client):
    for year in (2027, 2028):
        ends = {"start_date": date(year, 1, 1), "end_date": date(year, 12, 31)}
        open_year(None, actor=MAINSTAY, name=str(year), **ends)
    edit_project(planned.pumps, actor=MAINSTAY, cost=Decimal(1810))
    client.force_login(planned.portfolio_manager)
    told = effect(client, "2027-07-05", "2028-01-01", "PUMPS").json()
    assert told["years"] == [
        {"year": "2027", "before": "1810.00", "after": "1800.00"},
        {"year": "2028", "before": "0.00", "after": "10.00"},
    ]
    assert told["budget"] == "Cost: 2027 \N{MINUS SIGN}GBP 10, 2028 +GBP 10."


def test_cost_that_may_not_be_seen_is_not_told(planned, client):
    give_grant(planned.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=planned.networks.path)
    client.force_login(planned.stranger)
    told = effect(client, "2027-07-05", "2028-01-01", "PUMPS").json()
    assert (told["years"], told["budget"], told["currency"]) == ([], "", "")


def needed(planned, hours):
    """A role of one person, of whom the pumps need hours in March; a fifth of them is likely to come."""
    staff = hire(planned)
    entry = DemandEntry(role=staff.role, hours={date(2027, 3, 1): Decimal(hours)})
    enter_demand(planned.pumps, actor=MAINSTAY, entries=[entry])
    return staff.role.name


def test_overloaded_months_of_roles_move_along(planned, client):
    role = needed(planned, 1000)
    client.force_login(planned.portfolio_manager)
    told = effect(client, "2027-03-01", "2027-08-31", "PUMPS").json()
    assert told["roles"] == [{"role": role, "added": ["2027-05-01"], "removed": ["2027-03-01"]}]
    assert told["capacity"] == (
        f"1 overloaded role-month more ({role}: May 2027), 1 overloaded role-month fewer ({role}: Mar 2027)."
    )


def test_a_longer_project_needs_its_people_in_more_months_and_less_in_each(planned, client):
    role = needed(planned, 1000)
    client.force_login(planned.portfolio_manager)
    told = effect(client, "2027-01-01", "2027-12-31", "PUMPS").json()
    assert told["roles"] == [{"role": role, "added": [], "removed": ["2027-03-01"]}]


def test_capacity_is_told_to_nobody_who_may_not_see_people(planned, client):
    needed(planned, 1000)
    client.force_login(planned.sponsor)
    told = effect(client, "2027-03-01", "2027-08-31", "PUMPS").json()
    assert (told["roles"], told["capacity"]) == ([], "")


def test_the_effect_of_dates_the_wrong_way_round_is_refused(planned, client):
    client.force_login(planned.portfolio_manager)
    assert effect(client, "2027-07-05", "2027-01-01").status_code == 422
    assert effect(client, "2027-07-05", "2027-07-06", "DEPOT").status_code == 404


@pytest.fixture
def scenario(planned):
    """A scenario of Networks in which the meters wait for the pumps."""
    more = {"branched_at": timezone.now(), "starts_on": START, "maximise": "benefit", "currency": "GBP"}
    made = Scenario.objects.create(portfolio=planned.networks, name="Later", owner=planned.portfolio_manager, **more)
    dates = {"start_date": date(2027, 7, 1), "end_date": date(2027, 10, 30)}
    PlanLine.objects.create(scenario=made, project=planned.meters, is_in=True, **dates)
    return made


def test_a_scenario_shows_its_own_dates_and_takes_moves_at_its_own_address(planned, scenario, client):
    client.force_login(planned.portfolio_manager)
    page = client.get(f"/roadmap/?scenario={scenario.pk}").content.decode()
    assert f'data-move-url="/authorise/scenarios/{scenario.pk}/moves/"' in page
    bars = client.get(f"/roadmap/data/?scenario={scenario.pk}").json()["bars"]
    told = {bar["code"]: (bar["start"], bar["end"], bar["may_move"]) for bar in bars if bar["kind"] == "project"}
    assert told == {"PUMPS": ("2027-01-01", "2027-06-30", False), "METERS": ("2027-07-01", "2027-10-30", True)}


def test_a_scenario_that_is_not_open_to_one_does_not_exist(planned, scenario, client):
    client.force_login(planned.sponsor)
    assert client.get(f"/roadmap/?scenario={scenario.pk}").status_code == 404
    assert client.get("/roadmap/?scenario=none").status_code == 404
    client.force_login(planned.portfolio_manager)
    assert effect(client, "2027-07-01", "2027-10-30").status_code == 200
    answer = client.get(f"/roadmap/effect/?project=METERS&start=2027-06-30&end=2027-10-30&scenario={scenario.pk}")
    assert len(answer.json()["conflicts_added"]) == 1


def test_the_table_is_sorted_and_exported_as_it_is_shown(planned, client):
    client.force_login(planned.sponsor)
    rows = client.get("/roadmap/export/?format=csv&sort=-end").getvalue().decode("utf-8-sig").splitlines()
    assert rows[0] == 'Name,Code,Stage,Health,Owner,Start,End,Days,"Slack, days",Conflicts,Milestones'
    assert [row.split(",")[1] for row in rows[1:]] == ["METERS", "PUMPS"]
    assert rows[2] == "Replace the pumps,PUMPS,Proposed,Not reported,,2027-01-01,2027-06-30,181,-30,1,"


def test_an_empty_register_teaches_the_next_step(world, client):
    client.force_login(world.stranger)
    page = client.get("/roadmap/").content.decode()
    assert "No projects yet" in page
    assert "m-roadmap" not in page


def test_the_page_costs_the_same_queries_however_many_projects(planned, client):
    client.force_login(planned.director)
    client.get("/roadmap/")
    few = _queries(client)
    for number in range(30):
        code = f"X-{number}"
        made = propose_project(planned.networks, actor=MAINSTAY, code=code, name=code, programme=planned.programme)
        plan(made, START, date(2027, 12, 31))
        add_milestone(made, actor=MAINSTAY, name="Half way", due_date=date(2027, 6, 30))
        add_dependency(made, actor=MAINSTAY, needs=planned.pumps, kind="finish_to_start")
    client.get("/roadmap/")
    assert _queries(client) == few


def _queries(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/roadmap/").status_code == 200
    return len(asked)


def test_a_program_reads_the_roadmap_and_the_effect_of_a_move(planned, client):
    client.force_login(planned.portfolio_manager)
    told = client.get("/api/v1/roadmap?lanes=stage").json()
    assert [one["sentence"] for one in told["conflicts"]] == [CLASH]
    assert {bar["code"]: bar["slack"] for bar in told["bars"]} == {"PUMPS": -30, "METERS": -30}
    moved = client.get("/api/v1/projects/METERS/move-effect?start=2027-07-01").json()
    assert moved["conflicts_removed"] == [CLASH]
