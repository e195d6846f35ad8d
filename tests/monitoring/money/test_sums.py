"""What is kept of money equals what its lines add up to, for everybody exactly what they may see."""

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.models import KeptMoney, LedgerLine, MoneyLine
from mainstay.monitoring.money.operations.entering import MoneyEntry, enter_money
from mainstay.monitoring.money.operations.keeping import keep_all
from mainstay.monitoring.money.place_page import portfolio_money
from mainstay.monitoring.money.queries import (
    Part,
    add_up,
    in_one_currency,
    money_of,
    parts_below,
    whole_of,
    with_figures,
)
from mainstay.monitoring.money.sums import Adding, Sums
from mainstay.portfolio.queries.reading import Reading
from tests.monitoring.money.conftest import APRIL, HEADER, MARCH, MAY

pytestmark = pytest.mark.django_db
KINDS = ("budget", "forecast", "committed")


def naive(project, kind):
    """Every line of a kind by month, added up one by one."""
    found = defaultdict(Decimal)
    for line in MoneyLine.objects.filter(project=project, kind=kind):
        found[line.month] += line.amount
    ledger = {"actual": False, "committed": True}
    for line in LedgerLine.objects.filter(project=project, is_order=ledger[kind]) if kind in ledger else ():
        found[line.month] += line.own_amount
    return {month: amount for month, amount in found.items() if amount}


def shuffled(books, seed):
    """Random amounts entered, changed and taken away, and postings with corrections."""
    dice = random.Random(seed)  # noqa: S311  (nothing secret)
    projects = [books.world.pumps, books.world.meters]
    for _ in range(12):
        month = date(2025 + dice.randrange(3), 1 + dice.randrange(12), 1)
        amount = Decimal(dice.randrange(0, 10_000_000)) / 100 * dice.randrange(2)
        treatment, cost_type = dice.choice(("capex", "opex")), dice.choice(("people", "other"))
        entry = MoneyEntry(dice.choice(KINDS), month, amount, treatment, cost_type)
        enter_money(dice.choice(projects), actor=MAINSTAY, entries=[entry])
    rows = [_posting(f"{seed}-{number}", dice) for number in range(20)]
    assert books.book("\n".join([HEADER, *rows]), name=f"{seed}.csv").committed
    return projects


def _posting(key, dice):
    amount = f"{dice.randrange(-99999, 999999) / 100:.2f}"
    words = [dice.choice(some) for some in (("GBP", "EUR", "USD"), ("PUMPS", "METERS"), ("CAPEX", "OPEX"))]
    state = dice.choice(("spent", "ordered"))
    return f"{key},2026-{1 + dice.randrange(12):02}-09,{amount},{words[0]},{words[1]},,,{words[2]},,,{state}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kept_sums_equal_adding_up_line_by_line(books, seed):
    projects = shuffled(books, seed)
    kept = money_of(projects)
    for project in projects:
        for kind in ("budget", "committed", "actual", "forecast"):
            shown = {month: amount for month, amount in kept[project.pk].by_month(kind).items() if amount}
            assert shown == naive(project, kind), (project, kind)
    (part,) = parts_below(Reading(books.world.director), books.world.networks)
    for kind in ("budget", "committed", "actual", "forecast"):
        assert part.sums.total(kind) == sum(kept[project.pk].total(kind) for project in projects)
    before = {row.pk: bytes(row.cents) for row in KeptMoney.objects.all()}
    assert keep_all() == 2
    assert {row.pk: bytes(row.cents) for row in KeptMoney.objects.all()} == before


def test_a_roll_up_has_what_somebody_may_see_and_nothing_else(books):
    books.enter("100")
    books.enter("40", project=books.world.depot)
    enter_money(books.world.heron, actor=MAINSTAY, entries=[MoneyEntry("forecast", MARCH, Decimal(7_000))])
    assert portfolio_money(books.mei, "NM", None).whole.forecast == 140
    assert portfolio_money(books.world.director, "NM", None).whole.forecast == 7140
    give_grant(books.world.stranger, actor=MAINSTAY, role=Role.SPONSOR, path=books.world.depot.path)
    assert [part.sums.total("forecast") for part in parts_below(Reading(books.world.stranger), books.world.top)] == [
        40
    ]


def test_the_remembered_sum_knows_of_every_change(books):
    books.enter("100")
    reading = Reading(books.mei)
    assert parts_below(reading, books.world.networks)[0].sums.total("forecast") == 100
    books.enter("130")
    assert parts_below(reading, books.world.networks)[0].sums.total("forecast") == 130


def test_money_as_known_on_a_past_moment(books):
    books.enter("100")
    then = timezone.now()
    books.enter("130")
    books.book()
    past = money_of([books.world.pumps], as_of=then)[books.world.pumps.pk]
    assert (past.total("forecast"), past.total("actual")) == (100, 0)
    (part,) = add_up(Reading(books.mei, then), with_figures(Reading(books.mei, then)))
    assert part.sums.total("forecast") == 100


def test_the_outlook_is_what_was_spent_and_then_what_is_forecast():
    spent = [(MARCH, "actual", "capex", Decimal("10.50")), (MAY, "actual", "opex", Decimal(3))]
    planned = [(MARCH, "forecast", "capex", Decimal(99)), (MAY, "forecast", "opex", Decimal(7))]
    sums = Sums.of([*spent, *planned, (MARCH, "budget", "opex", Decimal(20))])
    assert sums.outlook(APRIL) == Decimal("17.50")
    assert sums.outlook(MARCH) == Decimal(106)
    assert sums.available == Decimal("6.50")
    assert sums.within(APRIL, MAY).actual == {APRIL: 0, MAY: 3}
    assert Sums.nothing().outlook(MARCH) == 0


def test_sums_of_projects_that_begin_in_other_months_lie_on_each_other():
    adding = Adding()
    for month in (APRIL, MARCH, MAY):
        one = Sums.of([(month, "budget", "capex", Decimal(1)), (APRIL, "budget", "capex", Decimal(1))])
        adding.add(one.first, one.cents)
    assert adding.sums.budget == {MARCH: 1, APRIL: 4, MAY: 1}


def test_months_of_several_currencies_become_one_at_the_rates_of_the_day(books):
    pounds = Part("GBP", 1, Sums.of([(MARCH, "budget", "capex", Decimal(100))]))
    euros = Part("EUR", 1, Sums.of([(APRIL, "budget", "opex", Decimal("10.01"))]))
    yen = Part("JPY", 1, Sums.of([(MAY, "budget", "opex", Decimal(500))]))
    assert in_one_currency([pounds, euros, yen], "GBP", MAY).budget == {MARCH: 100, APRIL: Decimal("8.51"), MAY: 0}
    whole = whole_of([pounds, euros, yen], "GBP", MAY)
    assert (whole.budget, whole.missing) == (Decimal("108.51"), ("JPY",))
