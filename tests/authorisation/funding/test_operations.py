"""What money may do: it is promised within its envelope, released by somebody else, returned and carried over."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.authorisation.funding.balance import balance_of, balances
from mainstay.authorisation.funding.keeping import keep_within_envelopes
from mainstay.authorisation.funding.operations import (
    carry_over,
    divide_commitment,
    release_tranche,
    return_funding,
)
from mainstay.authorisation.models import CarryOver, Commitment, Condition, Tranche
from mainstay.core.errors import Forbidden, Impossible, Missing
from mainstay.core.exchange import sheet_named
from mainstay.core.history import Touched
from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.operations.projects import edit_project
from mainstay.value.models import Envelope
from mainstay.value.operations import edit_fund, set_envelope
from tests.api.conftest import program_of


def left(money):
    return balance_of(Envelope.objects.get(pk=money.first.pk)).available


def test_what_is_left_of_an_envelope_is_the_amount_less_what_is_held_back_and_committed(money):
    assert left(money) == Decimal(900)
    money.commit("400")
    assert left(money) == Decimal(500)


def test_more_than_is_left_is_refused_with_what_is_left(money):
    money.commit("400")
    with pytest.raises(
        Impossible, match=r"Growth fund 2027 has GBP 500.00 left, not GBP 500.01; nothing was committed"
    ):
        money.commit("500.01")
    assert (Commitment.objects.count(), left(money)) == (1, Decimal(500))


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_a_commitment_is_of_some_money(money, amount):
    with pytest.raises(ValidationError):
        money.commit(amount)
    assert Commitment.objects.count() == 0


def test_a_fund_pays_only_for_projects_below_its_portfolio(money):
    with pytest.raises(Impossible, match="pays for projects of Networks only"):
        money.commit(project=money.world.depot)
    assert Commitment.objects.count() == 0


def test_a_confidential_project_takes_no_money_of_an_open_fund(money):
    with pytest.raises(Impossible, match="a confidential part needs a fund of its own"):
        money.commit(project=money.world.heron, actor=MAINSTAY)
    with pytest.raises(Missing):
        money.commit(project=money.world.heron)
    assert Commitment.objects.count() == 0


def test_a_closed_fund_and_a_closed_year_take_no_commitment(money):
    edit_fund(money.fund, actor=money.world.controller, is_open=False)
    with pytest.raises(Impossible, match="Growth fund is closed for commitments"):
        money.commit()
    edit_fund(money.fund, actor=money.world.controller, is_open=True)
    money.first.year.is_closed = True
    money.first.year.save()
    with pytest.raises(Impossible, match="2027 is closed"):
        money.commit()
    assert Commitment.objects.count() == 0


def test_only_those_with_the_right_commit(money):
    events = Event.objects.count()
    for person in (money.world.sponsor, money.world.project_manager):
        with pytest.raises(Forbidden):
            money.commit(actor=person)
    assert (Commitment.objects.count(), Event.objects.count()) == (0, events)


def test_an_envelope_is_not_lowered_below_what_is_promised(money):
    money.commit("400")
    with pytest.raises(ValidationError, match=r"400.00 GBP of Growth fund 2027 are promised"):
        set_envelope(money.fund, actor=money.world.controller, year=money.first.year, amount=Decimal(399))
    assert Envelope.objects.get(pk=money.first.pk).amount == Decimal(1000)
    set_envelope(money.fund, actor=money.world.controller, year=money.first.year, amount=Decimal(400))
    assert left(money) == Decimal(0)


def test_tranches_come_to_no_more_than_the_commitment(money):
    made = money.commit("400")
    with pytest.raises(ValidationError, match=r"The tranches come to GBP 401.00; GBP 400.00 can be divided"):
        divide_commitment(made, actor=money.world.controller, tranches=[{"amount": Decimal(401)}])
    assert Tranche.objects.count() == 0


def test_a_new_division_replaces_what_is_not_released(money):
    first, _ = money.divided("100", "300")
    money.authorise()
    release_tranche(first, actor=money.world.portfolio_manager)
    parts = [{"amount": Decimal(150), "title": "Rest"}]
    divide_commitment(first.commitment, actor=money.world.controller, tranches=parts)
    rows = list(Tranche.objects.values_list("number", "amount", "state"))
    assert rows == [(1, Decimal(100), "released"), (2, Decimal(150), "held")]


def test_a_tranche_is_released_once_the_project_is_authorised_and_by_somebody_else(money):
    (tranche,) = money.divided("400")
    with pytest.raises(Impossible, match="Replace the pumps is proposed; money is released once it is authorised"):
        release_tranche(tranche, actor=money.world.portfolio_manager)
    money.authorise()
    with pytest.raises(Forbidden, match="You committed this money"):
        release_tranche(tranche, actor=money.world.controller)
    assert Tranche.objects.get().state == "held"
    release_tranche(tranche, actor=money.world.portfolio_manager)
    row = Tranche.objects.get()
    assert (row.state, row.released_by) == ("released", money.world.portfolio_manager)
    with pytest.raises(Impossible, match="It is released already"):
        release_tranche(tranche, actor=money.world.portfolio_manager)


def test_whoever_runs_the_project_does_not_release_its_money(money):
    (tranche,) = money.divided("400")
    money.authorise()
    edit_project(money.world.pumps, actor=MAINSTAY, manager=money.world.portfolio_manager)
    with pytest.raises(Forbidden, match="Amara Diallo manages Replace the pumps; somebody else releases its money"):
        release_tranche(tranche, actor=money.world.portfolio_manager)
    assert Tranche.objects.get().state == "held"


def test_a_tranche_waits_for_its_stage(money):
    (tranche,) = money.divided("400", gate="active")
    money.authorise()
    with pytest.raises(Impossible, match="has not entered Active yet; it is authorised"):
        release_tranche(tranche, actor=money.world.portfolio_manager)
    assert Tranche.objects.get().state == "held"


def test_a_condition_that_blocks_holds_the_money_until_it_is_met(money):
    (tranche,) = money.divided("400")
    money.authorise()
    condition = Condition.objects.create(
        project=money.world.pumps, text="Permit", owner=money.world.sponsor, due_date=date(2027, 5, 1)
    )
    with pytest.raises(Impossible, match="1 condition blocks it until met"):
        release_tranche(tranche, actor=money.world.portfolio_manager)
    assert Tranche.objects.get().state == "held"
    Condition.objects.filter(pk=condition.pk).update(blocks=False)
    assert release_tranche(tranche, actor=money.world.portfolio_manager).state == "released"


def test_money_not_released_goes_back_and_the_last_tranches_give_way(money):
    money.divided("100", "100", "200")
    made = Commitment.objects.get()
    return_funding(made, actor=money.world.controller, amount=Decimal(250), reason="Cheaper")
    rows = list(Tranche.objects.values_list("number", "amount", "state"))
    assert rows == [(1, Decimal(100), "held"), (2, Decimal(50), "held"), (3, Decimal(200), "returned")]
    assert (left(money), Commitment.objects.get().held) == (Decimal(750), Decimal(150))


def test_released_money_goes_back_by_the_tranche(money):
    first, _ = money.divided("300", "100")
    money.authorise()
    release_tranche(first, actor=money.world.portfolio_manager)
    made = Commitment.objects.get()
    with pytest.raises(Impossible, match=r"GBP 100.00 are not released yet; return a released tranche as a whole"):
        return_funding(made, actor=money.world.controller, amount=Decimal(101), reason="Cheaper")
    assert Commitment.objects.get().returned == 0
    return_funding(made, actor=money.world.controller, tranche=first, reason="Stopped")
    found = balance_of(money.first)
    assert (found.committed, found.released, found.available) == (Decimal(100), Decimal(0), Decimal(800))
    with pytest.raises(Impossible, match="returned already"):
        return_funding(made, actor=money.world.controller, tranche=first, reason="Again")
    assert balance_of(money.first).available == Decimal(800)


def test_a_return_says_why(money):
    made = money.commit()
    with pytest.raises(ValidationError, match="Say why the money goes back"):
        return_funding(made, actor=money.world.controller, amount=Decimal(1), reason=" ")
    assert Commitment.objects.get().returned == 0


def test_what_is_left_is_carried_into_another_year_and_no_more(money):
    money.commit("400")
    carry = {"actor": money.world.controller, "origin": money.first, "target": money.second, "reason": "Year end"}
    with pytest.raises(Impossible, match=r"2027 of Growth fund has GBP 500.00 left; no more can be carried over"):
        carry_over(money.fund, amount=Decimal(501), **carry)
    assert CarryOver.objects.count() == 0
    carry_over(money.fund, amount=Decimal(500), **carry)
    found = balances([money.first, money.second])
    assert [found[row.pk].available for row in (money.first, money.second)] == [Decimal(0), Decimal(1000)]


def test_money_is_carried_within_one_fund_only(money):
    with pytest.raises(ValidationError, match="Choose two years of this fund"):
        carry_over(
            money.fund,
            actor=money.world.controller,
            origin=money.first,
            target=money.first,
            amount=Decimal(1),
            reason="x",
        )
    assert CarryOver.objects.count() == 0


def test_the_balances_of_many_envelopes_take_five_questions(money, django_assert_num_queries):
    money.divided("100", "100")
    rows = list(Envelope.objects.all())
    with django_assert_num_queries(5):
        balances(rows)


def test_the_balance_is_told_as_it_was_known(money):
    before = Event.objects.order_by("-at").first().at
    money.commit("400")
    rows = list(Envelope.objects.as_of(before))
    assert balances(rows, before)[money.first.pk].available == Decimal(900)


def imported(money, amount):
    """What an import of the first envelope with another amount finds, and does where it may."""
    content = f"Fund,Fiscal year,Amount\ngrowth,2027,{amount}\n".encode()
    secret = program_of(money.world.director).secret
    file = SimpleUploadedFile("envelopes.csv", content, "text/csv")
    sent = {"file": file, "portfolio": "NET", "sheet": "envelopes"}
    return Client().post("/api/v1/imports", sent, headers={"Authorization": f"Bearer {secret}"})


def test_an_import_sets_envelopes_but_never_below_what_is_promised(money):
    money.commit("400")
    assert b"More is promised than this." in imported(money, "399").content
    assert Envelope.objects.get(pk=money.first.pk).amount == Decimal(1000)
    imported(money, "700")
    assert Envelope.objects.get(pk=money.first.pk).amount == Decimal(700)


def test_only_those_who_may_set_envelopes_import_them(money):
    sheet = sheet_named("envelopes")
    assert sheet.targets_for(money.world.portfolio_manager).count() == 0
    assert sheet.targets_for(money.world.director).filter(code="NET").count() == 1
    rows = [row.amount for row in sheet.rows_for(money.world.controller)]
    assert (rows, list(sheet.rows_for(money.world.stranger))) == ([Decimal(1000), Decimal(500)], [])


def test_whatever_wrote_an_envelope_is_refused_where_more_was_promised(money):
    made = money.commit("400")
    Envelope.objects.filter(pk=money.first.pk).update(amount=400, held_back=0)
    keep_within_envelopes([Touched(made, None)])
    Envelope.objects.filter(pk=money.first.pk).update(amount=399)
    with pytest.raises(Impossible, match=r"Growth fund 2027 would be promised GBP 1.00 beyond what it holds"):
        keep_within_envelopes([Touched(made, None)])
