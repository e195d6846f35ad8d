"""Ledger files: booked whole or not at all, once only, matched by rules, reconciled to the cent."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mainstay.authorisation.models import Baseline
from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.models import Event
from mainstay.monitoring.models import LedgerFile, LedgerLine, LedgerRule
from mainstay.monitoring.money.effect import effects_of_project
from mainstay.monitoring.money.operations.ledger import match_ledger
from mainstay.monitoring.money.queries import money_of
from mainstay.monitoring.money.reconciling import balances, unmatched
from tests.monitoring.money.conftest import APRIL, FILE, HEADER, MARCH, MAY

pytestmark = pytest.mark.django_db


def match(books, text, project, field="cost_centre", actor=None):
    terms = {"source": "Ledger", "field": field, "text": text, "project": project}
    return match_ledger(books.world.networks, actor=actor or books.mei, **terms)


def test_lines_find_their_project_and_are_taken_at_the_rate_of_their_day(books):
    plan = books.book()
    assert (plan.rows, len(plan.new), len(plan.unmatched), plan.committed) == (6, 6, 2, True)
    euros = LedgerLine.objects.get(external_key="L-2")
    assert (euros.project, euros.rate, euros.own_amount) == (books.world.pumps, Decimal("0.85"), Decimal("1700.00"))
    sums = money_of([books.world.pumps, books.world.meters])
    assert sums[books.world.pumps.pk].actual == {MARCH: Decimal("2700.10"), APRIL: Decimal("-50.00")}
    assert sums[books.world.pumps.pk].by_month("actual", "capex")[MARCH] == Decimal("2700.10")
    assert sums[books.world.meters.pk].committed == {MAY: Decimal("700.00")}


def test_the_same_file_again_makes_no_event_and_no_version(books):
    books.book()
    before = Event.objects.count(), LedgerLine.Version.objects.count(), LedgerFile.objects.count()
    plan = books.book()
    assert (len(plan.new), plan.known, plan.refused) == (0, 6, 0)
    assert (Event.objects.count(), LedgerLine.Version.objects.count(), LedgerFile.objects.count()) == before


def test_a_changed_line_of_a_known_key_refuses_the_whole_file(books):
    books.book()
    changed = FILE.replace("1000.10", "1000.20") + "L-7,2026-05-02,1.00,GBP,PUMPS,,,,,,\n"
    plan = books.book(changed)
    assert (plan.changed, plan.committed) == (1, False)
    (problem,) = plan.problems
    assert (problem.row, problem.column) == (2, "Amount")
    assert "with a key of its own" in problem.advice
    assert not LedgerLine.objects.filter(external_key="L-7").exists()
    assert LedgerLine.objects.get(external_key="L-1").amount == Decimal("1000.10")


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_booked(books):
    plan = books.book(
        f"{HEADER}\nA,2026-03-05,12,GBP,PUMPS,,,,,,\nA,2026-03-05,12,GBP,PUMPS,,,,,,\nB,soon,12,GBP,,,,,,,\n"
        "C,2026-03-05,12,XXX,,,,,,,\nD,2025-12-31,12,EUR,PUMPS,,,,,,\n"
    )
    places = {(problem.row, problem.column) for problem in plan.problems}
    assert places == {(3, "Key"), (4, "Date"), (5, "Currency"), (6, "Currency")}
    assert not LedgerLine.objects.exists()
    assert not LedgerFile.objects.exists()


def test_a_file_without_its_columns_says_which(books):
    plan = books.book("Key,Amount\nA,12\n")
    assert {problem.column for problem in plan.problems} == {"Date", "Currency"}


def test_unmatched_lines_are_matched_once_and_the_rule_is_remembered(books):
    books.book()
    groups = {group.text: group for group in unmatched(books.world.networks, books.mei)}
    assert {text: group.amounts for text, group in groups.items()} == {
        "CC-2": (("GBP", Decimal("500.05")),),
        "CC-3": (("USD", Decimal("300.00")),),
    }
    assert match(books, "CC-3", books.world.pumps) == 1
    assert LedgerLine.objects.get(external_key="L-4").own_amount == Decimal("225.00")
    plan = books.book(f"{HEADER}\nL-8,2026-05-04,10.00,USD,,cc-3,,,,,\n", name="may.csv")
    assert plan.unmatched == []
    assert LedgerLine.objects.get(external_key="L-8").project == books.world.pumps
    assert money_of([books.world.pumps])[books.world.pumps.pk].total("actual") == Decimal("2882.60")


def test_a_rule_that_names_another_project_takes_its_lines_along(books):
    books.book()
    match(books, "CC-2", books.world.pumps)
    assert match(books, "CC-2", books.world.meters) == 1
    sums = money_of([books.world.pumps, books.world.meters])
    assert sums[books.world.pumps.pk].total("actual") == Decimal("2650.10")
    assert sums[books.world.meters.pk].total("actual") == Decimal("500.05")
    assert LedgerRule.objects.get().project == books.world.meters


def test_a_file_reconciles_to_the_cent_in_every_currency(books):
    books.book()
    match(books, "CC-3", books.world.pumps)
    books.book(FILE + "L-9,2026-05-09,0.07,GBP,PUMPS,,,,,,\n", name="again.csv")
    first, second = LedgerFile.objects.order_by("pk")
    found = balances([first, second])
    told = {one.currency: (one.total, one.known, one.matched, one.unmatched) for one in found[first.pk]}
    assert told == {
        "GBP": (Decimal("2150.15"), 0, Decimal("1650.10"), Decimal("500.05")),
        "EUR": (Decimal("2000.00"), 0, Decimal("2000.00"), 0),
        "USD": (Decimal("300.00"), 0, Decimal("300.00"), 0),
    }
    pounds = next(one for one in found[second.pk] if one.currency == "GBP")
    assert (pounds.total, pounds.known, pounds.matched) == (Decimal("2150.22"), Decimal("2150.15"), Decimal("0.07"))
    assert not any(one.difference for rows in found.values() for one in rows)


def test_the_effect_of_the_rate_stands_apart(books):
    frozen = datetime(2026, 2, 1, tzinfo=UTC)
    Baseline.objects.create(project=books.world.pumps, number=1, reason="Chosen", frozen_at=frozen)
    books.book()
    (effect,) = effects_of_project(books.world.pumps)
    assert (effect.currency, effect.amount, effect.own) == ("EUR", Decimal("2000.00"), Decimal("1700.00"))
    assert (effect.plan_rate, effect.at_plan, effect.effect) == (
        Decimal("0.8"),
        Decimal("1600.00"),
        Decimal("100.00"),
    )


def test_a_code_of_a_confidential_project_stays_unmatched_whoever_imports(books):
    plan = books.book(f"{HEADER}\nS-1,2026-03-05,12,GBP,HERON,,,,,,\n", actor=books.world.director)
    assert len(plan.unmatched) == 1
    with pytest.raises(Impossible, match="a confidential part has a ledger of its own"):
        match(books, "HERON", books.world.heron, field="project", actor=books.world.director)
    assert not LedgerRule.objects.exists()


def test_who_does_not_keep_the_books_imports_nothing(books):
    with pytest.raises(Forbidden):
        books.book(actor=books.world.portfolio_manager)
    assert not LedgerLine.objects.exists()
