"""The figures of strategy: alignment, coverage, and what projects contribute."""

from decimal import Decimal

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.queries import Reading
from mainstay.strategy.operations.goals import create_goal, edit_goal
from mainstay.strategy.queries import Alignment, Strategy, alignment_of, delivery, register_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def shares(golden):
    """Half of the first goal, a quarter of the second."""
    golden.contribute(golden.world.pumps, golden.leaks, "50")
    golden.contribute(golden.world.meters, golden.trust, "25")
    return golden


def figures(world, who="administrator", **more):
    return Alignment(Strategy(Reading(getattr(world, who)), **more))


def test_golden_strategic_goal_contribution_is_40_per_cent_planned(shares):
    told = figures(shares.world)
    assert (told.planned, told.gap, told.elsewhere, told.achieved) == (Decimal("0.4"), Decimal("0.6"), 0, 0)
    assert [(part.project_id, part.planned) for part in told.parts] == [
        (shares.world.pumps.pk, Decimal("0.3")),
        (shares.world.meters.pk, Decimal("0.1")),
    ]


def test_golden_achieved_is_16_per_cent_once_delivery_is_measured(shares, monkeypatch):
    monkeypatch.setattr(delivery, "_delivery", [])
    register_delivery(lambda reading, ids: dict.fromkeys(ids, Decimal("0.4")))
    assert figures(shares.world).achieved == Decimal("0.16")


def test_weights_are_tried_out_without_being_published(shares):
    tried = {shares.leaks.pk: Decimal(20), shares.trust.pk: Decimal(80)}
    assert figures(shares.world, weights=tried).planned == Decimal("0.3")
    assert figures(shares.world).planned == Decimal("0.4")


def test_a_share_of_a_goal_leaves_the_rest_to_the_goals_below(shares):
    below = create_goal(None, actor=MAINSTAY, name="Find leaks", parent=shares.leaks)
    shares.contribute(shares.world.meters, below, "100")
    # .6 x .5 of the goal itself, .6 x (1 - .5) x 1 of what is below, .4 x .25 of the other.
    assert figures(shares.world).planned == Decimal("0.7")


def test_alignment_is_the_share_of_the_investment_behind_open_goals(shares):
    told = figures(shares.world, counted="open")
    # 1.2m and 0.8m of 2.4m; the confidential project is out of the administrator's sight.
    assert (told.currency, told.share) == ("GBP", Decimal(2_000_000) / Decimal(2_400_000))
    assert (told.mapped.count, told.orphans.count) == (2, 1)
    assert [project.code for project in told.orphaned()] == ["DEPOT"]
    edit_goal(shares.trust, actor=MAINSTAY, is_closed=True)
    assert figures(shares.world, counted="open").share == Decimal("0.5")


def test_a_project_is_aligned_through_its_programme(golden):
    golden.contribute(golden.world.programme, golden.trust, "50")
    told = figures(golden.world)
    assert (told.share, told.mapped.count) == (Decimal("0.6"), 1)
    assert told.planned == Decimal("0.2")


def test_currencies_are_never_added_up(shares):
    edit_project(shares.world.meters, actor=MAINSTAY, currency="EUR")
    told = figures(shares.world, counted="open")
    assert (told.share, told.others) == (Decimal("0.75"), [("EUR", 1)])


def test_coverage_counts_objectives_with_work_behind_them_or_below(golden):
    below = create_goal(None, actor=MAINSTAY, name="Find leaks", parent=golden.leaks)
    golden.contribute(golden.world.pumps, below, "50")
    told = figures(golden.world)
    assert (told.coverage, [node.goal.name for node in told.strategy.unfunded]) == (
        Decimal(2) / 3,
        ["Trusted by customers"],
    )


def test_proposals_do_not_fund_an_objective_until_they_are_counted(golden):
    golden.contribute(golden.world.depot, golden.leaks, "50")
    assert (figures(golden.world).coverage, figures(golden.world, counted="open").coverage) == (0, Decimal("0.5"))
    told = figures(golden.world)
    assert (told.planned, told.elsewhere, told.gap) == (0, Decimal("0.3"), Decimal("0.7"))


def test_hidden_work_counts_in_the_total_and_is_told_nowhere_else(golden):
    golden.contribute(golden.world.heron, golden.leaks, "50")
    told = figures(golden.world, "portfolio_manager", counted="all")
    assert (told.planned, told.elsewhere, told.gap) == (0, Decimal("0.3"), Decimal("0.7"))
    assert told.parts == []


def test_who_may_not_see_figures_is_told_no_money(shares):
    told = figures(shares.world, "controller")
    hidden = figures(shares.world, "stranger")
    assert (told.share, hidden.share, hidden.coverage) == (1, None, None)


def test_a_goal_counts_each_project_once_with_what_lies_below(shares):
    below = create_goal(None, actor=MAINSTAY, name="Find leaks", parent=shares.leaks)
    shares.contribute(shares.world.pumps, below, "10")
    strategy = Strategy(Reading(shares.world.administrator))
    node = strategy.by_id[shares.vision.pk]
    assert (node.totals.count, node.totals.costs["GBP"].amount) == (2, 2_000_000)
    assert strategy.by_id[shares.leaks.pk].totals.count == 1


def test_the_figures_can_be_narrowed_to_a_portfolio(shares):
    told = figures(shares.world, portfolio=shares.world.networks, counted="open")
    assert (told.share, told.orphans.count) == (1, 0)


def test_projects_are_told_what_they_contribute(shares):
    world = shares.world
    told = alignment_of([world.pumps, world.meters, world.depot], world.administrator)
    assert told == {world.pumps.pk: Decimal("0.3"), world.meters.pk: Decimal("0.1"), world.depot.pk: 0}


def test_the_number_of_queries_does_not_grow_with_goals_and_projects(shares, django_assert_num_queries):
    for number in range(12):
        goal = create_goal(None, actor=MAINSTAY, name=f"Goal {number}", parent=shares.leaks)
        shares.contribute(shares.world.pumps, goal, "5")
    with django_assert_num_queries(11):
        told = figures(shares.world)
        assert len(told.strategy.nodes) == 15
        assert told.share == 1
