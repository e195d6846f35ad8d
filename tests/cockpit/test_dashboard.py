"""The dashboard counts what its reader may see, at the moment asked for, and says what cannot be added up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.cockpit.charts import Charts
from mainstay.cockpit.queries.dashboard import facts_of
from mainstay.cockpit.tiles import HIDDEN, Tiles
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.surrounding import acting
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Stage
from mainstay.portfolio.operations.projects import authorise_project, edit_project, propose_project
from mainstay.value.operations import add_currency, set_rate


def tiles_of(portfolio, person, as_of=None, all_figures=True):
    tiles = Tiles(facts_of(portfolio, person, as_of), "GBP", Links(portfolio.code), may_see_all_figures=all_figures)
    return {tile.label: tile for tile in tiles.all()}


def charts_of(portfolio, person, as_of=None):
    return Charts(facts_of(portfolio, person, as_of), "GBP", Links(portfolio.code))


def test_the_sums_are_those_of_everything_below_that_may_be_seen(world):
    tiles = tiles_of(world.top, world.sponsor)
    assert tiles["Projects"].value == "3"
    assert tiles["Whole-life cost"].value == "GBP 2.4m"
    assert tiles["Whole-life benefit"].value == "GBP 4.0m"
    assert tiles["Whole-life cost"].comparison == "all 3 give a cost"


def test_the_return_is_the_ratio_of_sums(world):
    tile = tiles_of(world.top, world.sponsor)["Planned return"]
    assert (tile.value, tile.comparison) == ("65%", "over 3 projects with both figures")


def test_the_golden_return_is_a_ratio_of_sums_and_not_a_mean_of_ratios(world):
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(100), benefit=Decimal(150))
    edit_project(world.meters, actor=MAINSTAY, cost=Decimal(300), benefit=Decimal(330))
    assert tiles_of(world.networks, world.sponsor)["Planned return"].value == "20%"


def test_a_project_without_a_cost_is_counted_and_said(world):
    edit_project(world.depot, actor=MAINSTAY, cost=None)
    tiles = tiles_of(world.top, world.sponsor)
    assert tiles["Whole-life cost"].value == "GBP 2.0m"
    assert tiles["Whole-life cost"].comparison == "2 of 3 give a cost"
    assert tiles["Planned return"].comparison == "over 2 projects with both figures"


def test_what_is_confidential_is_in_no_count_of_somebody_outside(world):
    facts = facts_of(world.top, world.sponsor, None)
    assert sum(cell.count for cell in facts.cells) == 3
    assert {place.name for place in facts.places} == {"Networks", "Smart network"}
    assert sum(cell.count for cell in facts_of(world.top, world.director, None).cells) == 4


def test_people_with_other_grants_get_other_figures_from_the_same_store(world):
    assert tiles_of(world.top, world.director)["Projects"].value == "4"
    assert tiles_of(world.top, world.sponsor)["Projects"].value == "3"
    assert tiles_of(world.top, world.director)["Projects"].value == "4"


def test_figures_that_may_not_be_seen_are_in_no_sum(world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    tiles = tiles_of(world.top, world.stranger, all_figures=False)
    assert tiles["Projects"].value == "3"
    assert tiles["Whole-life cost"].value == HIDDEN
    assert tiles["Planned return"].value == HIDDEN
    assert tiles["Whole-life cost"].comparison == "0 of 3 give a cost that you may see"
    assert facts_of(world.top, world.stranger, None).bubbles == ()


def test_a_change_shows_at_once_although_answers_are_remembered(world):
    assert tiles_of(world.top, world.sponsor)["Whole-life cost"].value == "GBP 2.4m"
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(1_400_000))
    assert tiles_of(world.top, world.sponsor)["Whole-life cost"].value == "GBP 3.4m"


def test_yesterday_keeps_its_figures_after_todays_changes(world):
    type(world.top).Version.objects.update(known_from=timezone.now() - timedelta(days=3))
    type(world.depot).Version.objects.update(known_from=timezone.now() - timedelta(days=3))
    yesterday = timezone.now() - timedelta(days=1)
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(1_400_000))
    propose_project(world.networks, actor=MAINSTAY, name="New today", cost=Decimal(5_000_000))
    now, then = tiles_of(world.top, world.sponsor), tiles_of(world.top, world.sponsor, yesterday)
    assert (now["Projects"].value, now["Whole-life cost"].value) == ("4", "GBP 8.4m")
    assert (then["Projects"].value, then["Whole-life cost"].value) == ("3", "GBP 2.4m")


def test_the_trend_compares_with_a_month_ago(world):
    type(world.top).Version.objects.update(known_from=timezone.now() - timedelta(days=60))
    type(world.depot).Version.objects.update(known_from=timezone.now() - timedelta(days=60))
    propose_project(world.networks, actor=MAINSTAY, name="New today", cost=Decimal(5_000_000))
    tiles = tiles_of(world.top, world.sponsor)
    assert tiles["Projects"].trend.startswith("+1 since ")
    assert tiles["Whole-life cost"].trend.startswith("+GBP 5.0m since ")


def test_a_currency_without_a_rate_is_left_out_and_said(world):
    propose_project(world.top, actor=MAINSTAY, name="Foreign", cost=Decimal(3_000_000), currency="EUR")
    tile = tiles_of(world.top, world.sponsor)["Whole-life cost"]
    assert (tile.value, tile.note) == ("GBP 2.4m", "without EUR 3.0m: no exchange rate")


def test_a_currency_with_a_rate_is_converted(world):
    euro = add_currency(None, actor=MAINSTAY, code="EUR", name="Euro")
    set_rate(euro, actor=MAINSTAY, date=date(2020, 1, 1), rate=Decimal("0.8"))
    propose_project(world.top, actor=MAINSTAY, name="Foreign", cost=Decimal(3_000_000), currency="EUR")
    tile = tiles_of(world.top, world.sponsor)["Whole-life cost"]
    assert (tile.value, tile.note) == ("GBP 4.8m", "")


def test_troubled_work_is_a_share_of_what_is_committed(world, bring):
    bring(world.pumps, "active", health="red")
    bring(world.meters, "authorised")
    tile = tiles_of(world.top, world.sponsor)["At risk or off track"]
    assert (tile.value, tile.comparison, tile.note) == ("50%", "1 of 2 committed", "1 not reported")


def test_the_finding_tells_the_state_in_one_sentence(world, bring):
    tiles = Tiles(facts_of(world.top, world.sponsor, None), "GBP", Links("NM"), may_see_all_figures=True)
    assert tiles.finding == "3 projects for GBP 2.4m; none is committed yet."
    bring(world.pumps, "active", health="red")
    tiles = Tiles(facts_of(world.top, world.sponsor, None), "GBP", Links("NM"), may_see_all_figures=True)
    assert tiles.finding == "3 projects for GBP 2.4m; 1 of 1 committed is at risk or off track."


def test_silence_is_not_taken_for_good_news(world, bring):
    bring(world.pumps, "active")
    tiles = Tiles(facts_of(world.top, world.sponsor, None), "GBP", Links("NM"), may_see_all_figures=True)
    assert tiles.finding == "3 projects for GBP 2.4m; none of 1 committed has reported its health."
    assert (tiles.troubled().value, tiles.troubled().note) == ("–", "1 not reported")
    edit_project(world.pumps, actor=MAINSTAY, confidence="amber_red")
    tiles = Tiles(facts_of(world.top, world.sponsor, None), "GBP", Links("NM"), may_see_all_figures=True)
    assert tiles.finding == "3 projects for GBP 2.4m; delivery of 1 of 1 rated is in doubt."


def test_what_was_rejected_is_left_out_and_said(world):
    rejected = Stage.objects.get(key="rejected")
    authorise_project(world.depot, actor=MAINSTAY, target=rejected, reason="No")
    tile = tiles_of(world.top, world.sponsor)["Projects"]
    assert (tile.value, tile.comparison) == ("2", "2 wait for a decision; without 1 rejected or cancelled")


def test_the_charts_tell_their_findings(world, bring):
    bring(world.pumps, "active", health="red", confidence="amber_red")
    charts = charts_of(world.top, world.sponsor)
    assert charts.stages().title == "2 of 3 projects are in stage Proposed, with 50% of the cost"
    assert charts.health().title == "1 of 1 project is off track and 0 at risk"
    assert charts.confidence().title == "1 of 1 rated project is red or amber/red"
    assert charts.themes().title == "Resilience takes 100% of the cost, GBP 2.4m of GBP 2.4m"
    assert [row["project"] for row in charts.bubbles().rows] == ["Replace the pumps", "Smart meters", "New depot"]


def test_value_is_the_score_where_that_is_asked_for(world):
    wanted = [Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(100))]
    model = create_model(world.top, actor=MAINSTAY, name="Calm", criteria=wanted)
    score_projects(model, actor=MAINSTAY)
    facts = facts_of(world.networks, world.sponsor, None)
    assert facts.judged.model == "Calm"
    by_score, by_benefit = (Charts(facts, "GBP", Links("NET"), by_score=choice).bubbles() for choice in (True, False))
    assert [(row["project"], row["value"]) for row in by_score.rows] == [
        ("Replace the pumps", 70.0),
        ("Smart meters", 40.0),
    ]
    assert [row["value"] for row in by_benefit.rows] == [2_000_000.0, 1_500_000.0]


def test_scores_are_not_shown_to_those_who_may_not_see_figures(world):
    wanted = [Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(100))]
    score_projects(create_model(world.top, actor=MAINSTAY, name="Calm", criteria=wanted), actor=MAINSTAY)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    assert facts_of(world.top, world.stranger, None).judged.model == ""


def test_every_mark_of_the_bubbles_opens_its_project(world):
    rows = charts_of(world.top, world.sponsor).bubbles().rows
    assert [row["url"] for row in rows] == ["/projects/PUMPS/", "/projects/METERS/", "/projects/DEPOT/"]


def test_the_timeline_says_what_it_does_not_show(world):
    today = timezone.localdate()
    edit_project(world.pumps, actor=MAINSTAY, end_date=today)
    edit_project(world.meters, actor=MAINSTAY, end_date=today + timedelta(days=4000))
    figure = charts_of(world.top, world.sponsor).ends()
    assert sum(row["count"] for row in figure.rows) == 1
    assert figure.description.endswith("Not shown: 1 end later and 1 give no end.")


@pytest.fixture
def queries_of_the_page(client, world):
    def count():
        client.force_login(world.sponsor)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/portfolios/NM/").status_code == 200
        return len(queries)

    return count


def test_the_number_of_queries_does_not_grow(world, queries_of_the_page):
    type(world.top).Version.objects.update(known_from=timezone.now() - timedelta(days=60))
    propose_project(world.networks, actor=MAINSTAY, name="One more")
    queries_of_the_page()
    propose_project(world.networks, actor=MAINSTAY, name="Another one")
    few = queries_of_the_page()
    for number in range(40):
        propose_project(world.networks, actor=MAINSTAY, name=f"Project {number}", theme=f"Theme {number}")
    assert (few, queries_of_the_page()) == (44, 44)


def test_a_page_that_is_remembered_needs_few_queries(world, queries_of_the_page):
    for _ in range(2):
        queries_of_the_page()
    assert queries_of_the_page() == 9


def test_a_late_commit_does_not_leave_old_figures_behind(world):
    """An event with a smaller number may become visible after one with a larger number."""
    facts_of(world.top, world.sponsor, None)
    with acting(at=timezone.now() - timedelta(days=1)):
        edit_project(world.depot, actor=MAINSTAY, cost=Decimal(1_400_000))
    assert tiles_of(world.top, world.sponsor)["Whole-life cost"].value == "GBP 3.4m"
