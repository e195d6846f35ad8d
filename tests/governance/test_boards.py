"""Boards, the history of their seats, and how much they or a role may decide."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.authorisation.authority import conflict_of, refuse_unauthorised, why_beyond
from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.governance.boards.queries import seats_of
from mainstay.governance.models import Board, Delegation, Seat
from mainstay.governance.operations.boards import create_board, edit_board, end_seat, give_seat
from mainstay.governance.operations.delegations import remove_delegation, set_delegation
from mainstay.portfolio.operations.projects import edit_project

FROM = date(2026, 1, 1)


@pytest.fixture
def board(world):
    """The board of Networks."""
    return create_board(world.networks, actor=world.administrator, key="net", name="Network board", quorum=2)


def delegate(world, **terms):
    terms = {"currency": "GBP"} | terms
    return set_delegation(world.networks, actor=world.administrator, **terms)


def test_a_seat_that_ended_stays_in_the_history(world, board):
    seat = give_seat(board, actor=world.administrator, person=world.sponsor, starts_on=FROM)
    end_seat(seat, actor=world.administrator, ends_on=date(2026, 6, 30))
    give_seat(board, actor=world.administrator, person=world.sponsor, starts_on=date(2026, 9, 1))
    told = [(row.starts_on, row.ends_on) for row in seats_of(board)]
    assert told == [(date(2026, 9, 1), None), (FROM, date(2026, 6, 30))]
    with pytest.raises(Impossible, match="Grace Okafor left Network board on 30 June 2026 already"):
        end_seat(seat, actor=world.administrator, ends_on=date(2026, 7, 1))
    assert Seat.objects.get(pk=seat.pk).ends_on == date(2026, 6, 30)


def test_nobody_sits_twice_and_there_is_one_chair(world, board):
    give_seat(board, actor=world.administrator, person=world.sponsor, part="chair", starts_on=FROM)
    with pytest.raises(ValidationError, match="has a seat on Network board"):
        give_seat(board, actor=world.administrator, person=world.sponsor, starts_on=FROM)
    with pytest.raises(ValidationError, match="Grace Okafor is in the chair"):
        give_seat(board, actor=world.administrator, person=world.controller, part="chair", starts_on=FROM)
    assert Seat.objects.count() == 1


def test_a_board_out_of_use_gives_no_seats(world, board):
    edit_board(board, actor=world.administrator, is_active=False)
    with pytest.raises(Impossible, match="out of use"):
        give_seat(board, actor=world.administrator, person=world.sponsor, starts_on=FROM)
    with pytest.raises(Stale):
        edit_board(board, actor=world.administrator, expected_version=1, name="Other")
    assert (Seat.objects.count(), Board.objects.get().name) == (0, "Network board")


def test_a_delegation_is_replaced_by_the_next_for_the_same(world, board):
    delegate(world, board=board, up_to=Decimal(100))
    row = delegate(world, board=board, up_to=Decimal(200))
    assert [str(each) for each in Delegation.objects.all()] == ["Network board: up to 200 GBP"]
    remove_delegation(row, actor=world.administrator)
    assert not Delegation.objects.exists()


def test_a_delegation_goes_to_a_board_or_a_role_and_not_to_both(world, board):
    for terms in ({}, {"board": board, "role": "sponsor"}):
        with pytest.raises(ValidationError):
            delegate(world, **terms)
    with pytest.raises(ValidationError, match="does not decide on Undisclosed"):
        set_delegation(world.secret, actor=MAINSTAY, board=board)
    assert not Delegation.objects.exists()


def test_where_nothing_is_delegated_the_role_is_enough(world, board):
    assert why_beyond(world.pumps, world.pumps.cost, "GBP", board=board) == ""
    assert why_beyond(world.pumps, world.pumps.cost, "GBP", person=world.portfolio_manager) == ""


def test_a_board_decides_up_to_its_amount(world, board):
    delegate(world, board=board, up_to=Decimal(1_000_000))
    assert why_beyond(world.meters, world.meters.cost, "GBP", board=board) == ""
    told = why_beyond(world.pumps, world.pumps.cost, "GBP", board=board)
    assert told == "Replace the pumps costs GBP 1,200,000; Network board decides up to 1,000,000 GBP."
    assert why_beyond(world.pumps, None, "GBP", board=board).startswith("The cost of Replace the pumps is not known")


def test_a_delegation_for_the_theme_counts_instead_of_the_general_one(world, board):
    delegate(world, board=board)
    delegate(world, board=board, theme="Resilience", up_to=Decimal(500_000))
    assert "decides up to 500,000 GBP" in why_beyond(world.meters, world.meters.cost, "GBP", board=board)
    edit_project(world.meters, actor=MAINSTAY, theme="Growth")
    world.meters.refresh_from_db()
    assert why_beyond(world.meters, world.meters.cost, "GBP", board=board) == ""


def test_an_amount_without_a_rate_is_beyond_every_limit(world, board):
    delegate(world, board=board, up_to=Decimal(1_000_000))
    assert why_beyond(world.meters, Decimal(1), "EUR", board=board) != ""


@pytest.mark.parametrize("role", list(Role))
def test_once_delegated_each_role_decides_by_its_own_delegation_only(world, board, role):
    delegate(world, role=role.value, up_to=Decimal(900_000))
    person = world.stranger
    give_grant(person, actor=MAINSTAY, role=role, path=world.networks.path)
    person = world.stranger
    assert why_beyond(world.meters, world.meters.cost, "GBP", person=person) == ""
    assert "Tom Stranger decides up to 900,000 GBP" in why_beyond(world.pumps, world.pumps.cost, "GBP", person=person)
    other = Role.AUDITOR if role is not Role.AUDITOR else Role.EVALUATOR
    Delegation.objects.update(role=other.value)
    told = why_beyond(world.meters, world.meters.cost, "GBP", person=world.stranger)
    assert told == "Nothing is delegated to Tom Stranger for Smart meters."


@pytest.mark.parametrize(("field", "word"), [("owner", "owns"), ("manager", "manages"), ("proposed_by", "proposed")])
@pytest.mark.parametrize(
    "role", [role for role in Role if "project.authorise" in {verb.value for verb in role.verbs}]
)
def test_nobody_decides_on_their_own_cause_whatever_their_role(world, field, word, role):
    give_grant(world.stranger, actor=MAINSTAY, role=role, path=world.networks.path)
    setattr(world.pumps, field, world.stranger)
    assert conflict_of(world.stranger, project=world.pumps) == f"Tom Stranger {word} Replace the pumps"
    with pytest.raises(Forbidden, match=f"Nobody decides on their own cause: Tom Stranger {word} Replace the pumps"):
        refuse_unauthorised(world.stranger, world.pumps)


def test_only_those_with_the_right_set_up_boards(world, board):
    with pytest.raises(Forbidden):
        give_seat(board, actor=world.portfolio_manager, person=world.portfolio_manager, starts_on=FROM)
    with pytest.raises(Forbidden):
        set_delegation(world.networks, actor=world.sponsor, role="sponsor")
    assert (Seat.objects.count(), Delegation.objects.count()) == (0, 0)


def test_a_board_is_set_up_in_the_pages(world, client):
    client.force_login(world.administrator)
    sent = {"portfolio": "NET", "key": "small", "name": "Small works", "quorum": "2", "is_active": "on"}
    assert client.post("/governance/boards/new/", sent)["Location"] == "/governance/boards/small/"
    assert client.post("/governance/boards/new/", sent).status_code == 422
    url = "/governance/boards/small/"
    grace = world.sponsor.pk
    assert (
        client.post(f"{url}seats/", {"person": grace, "part": "chair", "starts_on": "2026-01-01"}).status_code == 302
    )
    assert (
        client.post(f"{url}seats/", {"person": grace, "part": "chair", "starts_on": "2026-01-01"}).status_code == 422
    )
    delegation = {"board": Board.objects.get().pk, "up_to": "500000", "currency": "GBP"}
    assert client.post(f"{url}delegations/", delegation).status_code == 302
    page = client.get(url).content.decode()
    assert "1 member with a vote; 2 of them decide on Networks. There are too few for a quorum." in page
    assert "Grace Okafor" in page
    client.post(f"/governance/seats/{Seat.objects.get().pk}/ending/")
    assert "1 former seat" in client.get(url).content.decode()
    client.post(f"/governance/delegations/{Delegation.objects.get().pk}/removal/", {"board": "small"})
    assert not Delegation.objects.exists()
