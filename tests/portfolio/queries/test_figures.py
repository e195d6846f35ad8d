"""Sums keep currencies apart and count what gives no figure."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.queries import Money, Reading, columns, grouped, totals


def test_a_list_is_counted_and_summed_by_currency(world):
    edit_project(world.depot, actor=MAINSTAY, currency="EUR")
    whole = totals(Reading(world.sponsor).projects())
    assert whole.count == 3
    assert whole.money == [Money("GBP", Decimal("2000000.00"), 2), Money("EUR", Decimal("400000.00"), 1)]
    assert whole.without_cost == 0


def test_what_gives_no_cost_is_counted_apart(world):
    edit_project(world.pumps, actor=MAINSTAY, cost=None)
    whole = totals(Reading(world.sponsor).projects())
    assert (whole.count, whole.without_cost) == (3, 1)
    assert whole.money == [Money("GBP", Decimal("1200000.00"), 2)]


def test_figures_out_of_sight_are_in_no_sum(world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    give_grant(world.stranger, actor=MAINSTAY, role=Role.SPONSOR, path=world.networks.path)
    whole = totals(Reading(world.stranger).projects())
    assert whole.count == 3
    assert whole.money == [Money("GBP", Decimal("2000000.00"), 2)]


def test_who_sees_no_figures_at_all_gets_no_sum(world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    whole = totals(Reading(world.stranger).projects())
    assert (whole.count, whole.money, whole.without_cost) == (3, [], 3)


def test_groups_have_their_own_sums(world):
    grace = Reading(world.sponsor)
    groups = grouped(grace.projects(), columns(grace)["portfolio"], grace)
    assert {value: group.totals.count for value, group in groups.items()} == {world.top.pk: 1, world.networks.pk: 2}
    assert groups[world.networks.pk].totals.money == [Money("GBP", Decimal("2000000.00"), 2)]


def test_custom_choices_make_groups(world):
    create_field(None, actor=MAINSTAY, key="region", label="Region", kind="choice", options=["North", "South"])
    edit_project(world.pumps, actor=MAINSTAY, custom={"region": "North"})
    grace = Reading(world.sponsor)
    groups = grouped(grace.projects(), columns(grace)["custom.region"], grace)
    assert {value: group.totals.count for value, group in groups.items()} == {"North": 1, None: 2}


def test_sums_are_those_that_were_known_then(world):
    moment = timezone.now()
    edit_project(world.pumps, actor=MAINSTAY, cost=Decimal(1))
    assert totals(Reading(world.sponsor).projects()).money[0].amount == Decimal("1200001.00")
    assert totals(Reading(world.sponsor, moment).projects()).money[0].amount == Decimal("2400000.00")
    assert totals(Reading(world.sponsor, moment - timedelta(days=1)).projects()).count == 0
