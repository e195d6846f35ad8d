"""Strategy in the browser: entered in the page, weighed with its effect shown, mapped, and linked by keyboard."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import propose_project
from mainstay.strategy.models import Cause, CheckIn, Goal
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal, weigh_goals
from tests.signing_in import sign_in
from tests.strategy.conftest import authorise, measure

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 60


@pytest.fixture
def open_as(page: Page, live_server, world):
    """Opens a page as somebody and notes what the browser complains of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 1440, "height": 1000})

    def opened(person, path: str) -> Page:
        sign_in(page.context, live_server, person)
        page.goto(live_server.url + path)
        return page

    yield opened
    # The live stream lives outside Django, so the test server has none.
    assert [line for line in said if "404" not in line and "422" not in line] == []


def goal_of(world, name: str, **more) -> Goal:
    return create_goal(world.networks, actor=MAINSTAY, name=name, **more)


def test_strategy_is_entered_in_the_page(open_as, world):
    authorise(world.pumps)
    page = open_as(world.portfolio_manager, "/strategy/")
    expect(page.get_by_role("heading", name="No goal yet")).to_be_visible()
    page.fill("#add [name=name]", "Halve the leaks")
    page.select_option("#add [name=portfolio]", "NET")
    page.click("text=Add the goal")
    page.click("th a:has-text('Halve the leaks')")
    page.click("text=Add a key result or a measure")
    for name, value in (("name", "Leakage"), ("unit", "Ml a day"), ("start_value", "20"), ("target_value", "10")):
        page.fill(f"[name={name}]", value)
    page.fill("[name=due_date]", "2031-01-01")
    page.click("text=Add it")
    page.fill("[name=value]", "15")
    page.select_option("[name=confidence]", "4")
    page.click("text=Record it")
    expect(page.locator(".finding")).to_contain_text("50% of the way.")
    page.wait_for_selector("m-chart[drawn] svg")
    page.click("nav a:has-text('Halve the leaks')")
    page.click("text=Say what work contributes")
    page.fill("[name=work]", "PUMPS")
    page.fill("[name=share]", "120")
    page.click("text=Save the share")
    page.fill("[name=share]", "40")
    page.click("text=Save the share")
    expect(page.locator("#contributions tbody")).to_contain_text("40%")
    page.goto(page.url.split("/strategy/")[0] + "/strategy/")
    expect(page.locator(".finding")).to_have_text(
        "1 open goal; 1 of 1 objective have work behind them; 100% of the money in committed work serves a goal."
    )
    assert (CheckIn.objects.get().value, Goal.objects.get().contributions.get().share) == (15, 40)


def test_changed_weights_show_their_effect_before_they_are_published(open_as, world):
    authorise(world.pumps, world.meters)
    leaks, trust = goal_of(world, "Halve the leaks"), goal_of(world, "Trusted by customers")
    weigh_goals([leaks, trust], actor=MAINSTAY, weights={leaks.pk: Decimal(60), trust.pk: Decimal(40)})
    for project, goal, share in ((world.pumps, leaks, 50), (world.meters, trust, 25)):
        set_contribution(project, actor=MAINSTAY, goal=goal, share=Decimal(share))
    page = open_as(world.portfolio_manager, "/strategy/weights/?portfolio=NET")
    page.fill(f"[name=weight-{leaks.pk}]", "20")
    page.fill(f"[name=weight-{trust.pk}]", "80")
    page.click("text=Show the effect")
    planned = page.locator("#effect tr:has-text('Strategic Goal Contribution')")
    expect(planned).to_contain_text("40.0%")
    expect(planned).to_contain_text("30.0%")
    expect(page.locator("#effect tr:has-text('Smart meters')")).to_contain_text("1 up")
    assert set(Goal.objects.values_list("weight", flat=True)) == {60, 40}
    page.fill("[name=reason]", "Customers first, says the board")
    page.click("text=Publish these weights")
    expect(page.get_by_text("The weights are published.")).to_be_visible()
    assert set(Goal.objects.values_list("weight", flat=True)) == {20, 80}


def test_a_value_map_of_sixty_projects_marks_orphans_and_gaps_and_opens_records(open_as, world):
    goals = [goal_of(world, f"Objective {number}") for number in range(8)]
    empty = goal_of(world, "Nobody works on this")
    result = measure(goals[0])
    for number in range(MANY - 2):
        name = f"Renew the mains of district {number}"
        project = propose_project(world.networks, actor=MAINSTAY, name=name, code=f"MAINS-{number}", cost=Decimal(5))
        if number % 10:
            goal = goals[number % 8]
            through = result if goal == goals[0] else None
            set_contribution(project, actor=MAINSTAY, goal=goal, share=Decimal(5), key_result=through)
    authorise(*Project.objects.filter(portfolio=world.networks))
    page = open_as(world.portfolio_manager, "/strategy/value-map/")
    page.wait_for_selector("#value-map[shows]")
    expect(page.locator("#value-map [data-node]")).to_have_count(MANY + 1 + 9)
    expect(page.locator(".finding")).to_have_text(
        "8 projects contribute to no goal; 1 objective without work behind it."
    )
    expect(page.locator("#value-map .map-marks")).to_contain_text("8 × No goal")
    expect(page.get_by_role("link", name=empty.name).last).to_be_visible()
    page.locator("#value-map [data-node^=goal-]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/strategy/goals/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_strategy_map_is_linked_by_keyboard_alone(open_as, world):
    crews = goal_of(world, "Skilled crews", perspective="learning")
    leaks = goal_of(world, "Halve the leaks", perspective="internal")
    page = open_as(world.portfolio_manager, "/strategy/scorecard/")
    page.wait_for_selector("#strategy-map[shows]")
    page.locator(f"#strategy-map [data-node=goal-{crews.pk}]").focus()
    for key in ("l", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    drawn = page.locator(f"#strategy-map [data-source=goal-{crews.pk}][data-target=goal-{leaks.pk}]")
    expect(drawn).to_have_count(1)
    assert Cause.objects.filter(source=crews, target=leaks).count() == 1
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(drawn).to_have_count(0)
    assert not Cause.objects.exists()
