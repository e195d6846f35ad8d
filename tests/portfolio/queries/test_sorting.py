"""Lists are sorted by any column, the same way every time, and never by what a person may not see."""

from decimal import Decimal

import pytest

from mainstay.core.errors import Unreadable
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field
from mainstay.portfolio.queries import Reading, columns, sorted_by


def order(reading, text, **more):
    return list(sorted_by(reading.projects(), text, reading, **more).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["DEPOT", "METERS", "PUMPS"]),
        ("-code", ["PUMPS", "METERS", "DEPOT"]),
        ("cost", ["DEPOT", "METERS", "PUMPS"]),
        ("-cost,name", ["PUMPS", "METERS", "DEPOT"]),
        ("name", ["DEPOT", "PUMPS", "METERS"]),
        ("theme,-risk", ["METERS", "PUMPS", "DEPOT"]),
        ("portfolio,-code", ["PUMPS", "METERS", "DEPOT"]),
        ("stage,cost,-cost", ["DEPOT", "METERS", "PUMPS"]),
    ],
)
def test_a_list_is_sorted_as_its_address_says(world, text, expected):
    assert order(Reading(world.sponsor), text) == expected


def test_equal_rows_keep_the_order_in_which_they_came(world):
    assert order(Reading(world.sponsor), "theme") == ["PUMPS", "METERS", "DEPOT"]


def test_what_is_missing_comes_last_both_ways(world):
    edit_project(world.meters, actor=MAINSTAY, cost=None)
    grace = Reading(world.sponsor)
    assert order(grace, "cost") == ["DEPOT", "PUMPS", "METERS"]
    assert order(grace, "-cost") == ["PUMPS", "DEPOT", "METERS"]


def test_custom_numbers_are_sorted_as_numbers(world):
    create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    edit_project(world.pumps, actor=MAINSTAY, custom={"votes": "950"})
    edit_project(world.meters, actor=MAINSTAY, custom={"votes": "1000"})
    assert order(Reading(world.sponsor), "-custom.votes") == ["METERS", "PUMPS", "DEPOT"]


@pytest.mark.parametrize("text", ["colour", "cost_seen", "-", "custom.x", "name,code,cost,risk,end,start"])
def test_an_unknown_or_endless_order_is_refused(world, text):
    if text == "-":
        assert order(Reading(world.sponsor), text) == ["PUMPS", "METERS", "DEPOT"]
        return
    with pytest.raises(Unreadable):
        order(Reading(world.sponsor), text)


def test_an_order_tells_nothing_about_hidden_figures(world):
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.top.path)
    edit_project(world.depot, actor=MAINSTAY, cost=Decimal(1))
    evaluator = Reading(world.stranger)
    assert order(evaluator, "cost") == order(evaluator, "-cost") == ["PUMPS", "METERS", "DEPOT"]


def test_groups_come_together_before_the_order_within_them(world):
    edit_project(world.meters, actor=MAINSTAY, theme="Customers")
    grace = Reading(world.sponsor)
    assert order(grace, "-cost", first=columns(grace)["theme"]) == ["METERS", "PUMPS", "DEPOT"]
