"""Ranked lists, matrices and the check of a model in the browser, with 2,000 projects and by keyboard."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import RankOverride, Score
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.ranking import override_rank
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.models import Project, Stage
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 2000


@pytest.fixture
def model(world):
    """Little risk is all that counts."""
    safety = Wanted("Safety", "risk", Decimal(100), Decimal(0), Decimal(100))
    return create_model(world.networks, actor=MAINSTAY, name="Calm", criteria=[safety])


@pytest.fixture
def few(world, model):
    """The pumps (70 points) and the meters (40), scored."""
    score_projects(model, actor=MAINSTAY)
    return model


@pytest.fixture
def many(world, model):
    """Two thousand scored projects, written at once: R-0000 has 100 points, each next one a little less."""
    stage = Stage.objects.get(key="proposed")
    networks = world.networks
    rows = [
        Project(
            portfolio=networks,
            stage=stage,
            code=f"R-{number:04}",
            name=f"Row {number}",
            key=f"r{number}",
            path=f"{networks.path}r{number}/",
            seal=networks.seal,
            cost=Decimal(1000),
            benefit=Decimal(3000),
            risk=number % 100,
        )
        for number in range(MANY)
    ]
    projects = Project.objects.bulk_create(rows)
    Score.objects.bulk_create(
        Score(project=project, model=model, total=100 - number / 25, rated_share=1, edition=1, project_version=1)
        for number, project in enumerate(projects)
    )
    return model


@pytest.fixture
def open_page(page: Page, live_server, world):
    """Opens an address as somebody."""

    def opened(path: str, person=None):
        page.set_viewport_size({"width": 1440, "height": 900})
        sign_in(page.context, live_server, person or world.portfolio_manager)
        page.goto(live_server.url + path)
        return page

    return opened


def row(page: Page, key: str):
    return page.locator(f'#ranking [data-row="{key}"]')


def place(page: Page, key: str) -> str:
    return row(page, key).locator(".rank-place").inner_text()


def test_among_2000_projects_one_is_dragged_and_the_reason_stands_wherever_the_rank_is_shown(
    open_page, many, live_server
):
    page = open_page(f"/evaluate/ranking/?model={many.pk}&budget=5000")
    page.wait_for_selector("#ranking [data-find]:visible")
    expect(page.locator("#ranking [data-row]")).to_have_count(MANY)
    assert page.locator("#ranking [data-count=above]").inner_text() == "5"
    grip = row(page, "R-0009").locator(".rank-place").bounding_box()
    target = row(page, "R-0004").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, target["y"] + 4, steps=8)
    page.mouse.up()
    expect(page.locator("#ranking-position")).to_have_value("5")
    page.fill("#ranking-reason", "the regulator expects it")
    page.click(".rank-move .btn-primary")
    told = "Moved from 10 to 5 by Amara Diallo, because the regulator expects it"
    expect(row(page, "R-0009").locator(".rank-note")).to_contain_text(told, timeout=20_000)
    kept = RankOverride.objects.get()
    assert (kept.position, kept.computed, kept.project.code) == (5, 10, "R-0009")
    page.goto(f"{live_server.url}/evaluate/projects/R-0009/")
    expect(page.locator(".rank-of")).to_contain_text("Rank 5 of 2,000")
    expect(page.locator(".rank-of")).to_contain_text("because the regulator expects it")


def test_by_keyboard_a_project_is_moved_and_taken_back_while_the_sums_follow(open_page, many):
    page = open_page(f"/evaluate/ranking/?model={many.pk}&budget=5000")
    page.wait_for_selector("#ranking [data-find]:visible")
    page.click("#ranking [data-to-line]")
    assert page.evaluate("document.activeElement.dataset.row") == "R-0004"
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#ranking [data-settle-words]")).to_have_text("Row 4: from 5 to 6, below the line.")
    page.keyboard.press("Enter")
    page.keyboard.type("can wait")
    page.click(".rank-move .btn-primary")
    expect(row(page, "R-0004").locator(".rank-note")).to_contain_text(
        "Moved from 5 to 6 by Amara Diallo", timeout=20_000
    )
    page.keyboard.press("Control+z")
    expect(row(page, "R-0004").locator(".rank-note")).to_have_count(0, timeout=20_000)
    assert place(page, "R-0004") == "5"
    assert not RankOverride.objects.exists()


def test_a_budget_that_is_typed_moves_the_line_without_a_reload(open_page, many):
    page = open_page(f"/evaluate/ranking/?model={many.pk}")
    page.wait_for_selector("#ranking [data-find]:visible")
    page.evaluate("window.stayed = true")
    page.fill("#ranking [data-budget]", "40k")
    expect(page.locator("#ranking [data-count=above]")).to_have_text("40")
    assert page.locator('#ranking [data-above="benefit"]').inner_text() == "GBP 120,000"
    assert page.evaluate("window.stayed")


def test_what_somebody_else_moves_is_told_while_one_looks(open_page, world, few):
    page = open_page(f"/evaluate/ranking/?model={few.pk}")
    page.wait_for_selector("#ranking [data-find]:visible")
    override_rank(world.meters, actor=world.director, model=few, position=1, reason="the board wants it")
    page.evaluate("document.getElementById('ranking-news').dispatchEvent(new CustomEvent('live'))")
    expect(page.locator("#ranking-news")).to_contain_text("Dora Director moved Smart meters.")
    page.click("#ranking-news a")
    expect(row(page, "METERS").locator(".rank-note")).to_contain_text("because the board wants it")


def test_who_may_only_read_sees_the_reason_and_no_way_to_move(open_page, world, few):
    override_rank(world.meters, actor=world.director, model=few, position=1, reason="the board wants it")
    page = open_page(f"/evaluate/ranking/?model={few.pk}", world.controller)
    expect(row(page, "METERS")).to_contain_text("because the board wants it")
    expect(page.locator("#ranking [data-move]")).to_have_count(0)


def test_the_matrix_is_drawn_and_opens_a_project_by_keyboard_from_its_table(open_page, world, few):
    page = open_page("/evaluate/matrix/?x=risk&y=score")
    page.wait_for_selector("m-chart[drawn] svg")
    page.focus("#matrix-table a:has-text('Replace the pumps')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/PUMPS/")
    expect(page.locator("h1")).to_contain_text("Replace the pumps")


def test_the_check_comes_onto_the_page_of_the_model(open_page, few):
    page = open_page(f"/evaluate/models/{few.pk}/")
    expect(page.locator("#check")).to_contain_text("2 projects are scored so far.")


def test_weights_are_tried_out_and_their_effect_is_shown_before_they_count(open_page, world):
    criteria = [
        Wanted("Safety", "risk", Decimal(100), Decimal(0), Decimal(70)),
        Wanted("Benefit", "benefit", Decimal(0), Decimal(4_000_000), Decimal(30)),
    ]
    two = create_model(world.networks, actor=MAINSTAY, name="Two", criteria=criteria)
    score_projects(two, actor=MAINSTAY)
    page = open_page(f"/evaluate/sensitivity/?model={two.pk}&cut=1")
    page.fill("[name=weight-c1]", "90")
    page.keyboard.press("Tab")
    page.click("#weights .btn-primary")
    expect(page.locator(".finding")).to_contain_text("Nothing is changed yet.")
    page.fill("#reason", "money is short")
    page.click("text=Save as a new edition")
    expect(page.locator(".toast-item").first).to_contain_text("The weights are edition 2 of Two")
